#include "formats/csv/title_match.hpp"

#include <algorithm>

namespace gw::formats::csv {
namespace {

constexpr int kNamingColumns[] = {500, 501, 502, 503, 515, 569, 555, 556, 557};

TitleMatch match_set(const TitleSet& set, const std::vector<std::string>& titles,
                     const std::vector<std::string>& folded) {
  std::vector<std::string> known;
  for (const Title& title : set.titles) known.push_back(fold_title(title.title));
  std::vector<bool> used(known.size(), false);
  TitleMatch match{&set, 0, {}};
  for (std::size_t i = 0; i < titles.size(); ++i) {
    Column column{titles[i], nullptr, std::nullopt};
    for (std::size_t k = 0; k < known.size() && column.known == nullptr; ++k) {
      if (used[k] || known[k] != folded[i] || folded[i].empty()) continue;
      used[k] = true;
      column.known = &set.titles[k];
    }
    if (column.known == nullptr && set.name == "google") column.numbered = parse_numbered_title(folded[i]);
    if (column.is_known()) ++match.hits;
    match.columns.push_back(std::move(column));
  }
  return match;
}

}  // namespace

TitleMatch match_titles(const std::vector<std::string>& titles) {
  std::vector<std::string> folded;
  for (const std::string& title : titles) folded.push_back(fold_title(title));
  TitleMatch best;
  for (const TitleSet& set : title_sets()) {
    TitleMatch match = match_set(set, titles, folded);
    if (match.hits > best.hits) best = std::move(match);
  }
  return best;
}

bool is_naming_column(int column) {
  return std::find(std::begin(kNamingColumns), std::end(kNamingColumns), column) != std::end(kNamingColumns);
}

bool has_naming_column(const TitleMatch& match) {
  return std::any_of(match.columns.begin(), match.columns.end(), [](const Column& column) {
    if (column.numbered)
      return column.numbered->group == "e-mail" || column.numbered->group == "organization";
    return column.known != nullptr && column.known->use == Use::Value &&
           is_naming_column(column.known->column);
  });
}

}  // namespace gw::formats::csv
