#include "formats/csv/titles.hpp"

#include <array>

#include "core/text.hpp"
#include "formats/csv/title_tables.hpp"

namespace gw::formats::csv {

std::span<const TitleSet> title_sets() {
  static const std::array<TitleSet, 7> sets{{
      {"own", "UTF-8", false, own_titles()},
      {"google", "UTF-8", false, google_titles()},
      {"outlook_en", "windows-1252", false, outlook_english_titles()},
      {"outlook_de", "windows-1252", true, outlook_german_titles()},
      {"outlook_fr", "windows-1252", true, outlook_french_titles()},
      {"outlook_nl", "windows-1252", true, outlook_dutch_titles()},
      {"outlook_es", "windows-1252", true, outlook_spanish_titles()},
  }};
  return sets;
}

std::string fold_title(std::string_view title) {
  std::string out;
  for (const char c : fold(trim(title))) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

std::optional<NumberedTitle> parse_numbered_title(std::string_view folded) {
  const std::size_t dash = folded.find(" - ");
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view head = folded.substr(0, dash);
  const std::size_t blank = head.rfind(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto number = parse_integer(head.substr(blank + 1));
  if (!number || *number < 1 || *number > 99) return std::nullopt;
  NumberedTitle title{std::string(head.substr(0, blank)), static_cast<int>(*number),
                      std::string(folded.substr(dash + 3))};
  if (title.part == "label") title.part = "type";
  constexpr std::array<std::string_view, 9> kGroups{"e-mail", "phone", "address",  "organization", "website",
                                                    "im",     "event", "relation", "custom field"};
  for (const std::string_view group : kGroups)
    if (title.group == group) return title;
  return std::nullopt;
}

}  // namespace gw::formats::csv
