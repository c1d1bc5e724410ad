#include "formats/csv/values.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace gw::formats::csv {
namespace {

constexpr int kNoYear = 1604;
constexpr std::size_t kMaxMembers = 10'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A date cell taken apart: three numbers with one separator.
struct Parts {
  std::array<int, 3> numbers{};
  std::array<std::size_t, 3> digits{};
  char separator = '\0';
};

std::optional<Parts> take_apart(std::string_view text) {
  Parts parts;
  for (std::size_t i = 0; i < 3; ++i) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);  // "1. 2. 2000"
    while (!text.empty() && is_digit(text.front()) && parts.digits[i] < 5) {
      parts.numbers[i] = parts.numbers[i] * 10 + (text.front() - '0');
      ++parts.digits[i];
      text.remove_prefix(1);
    }
    if (parts.digits[i] == 0 || parts.digits[i] == 5) return std::nullopt;
    if (i == 2) break;
    if (text.empty() || std::string_view("./-").find(text.front()) == std::string_view::npos)
      return std::nullopt;
    if (i == 0) parts.separator = text.front();
    if (text.front() != parts.separator) return std::nullopt;
    text.remove_prefix(1);
  }
  const bool ends = text.empty() || text.front() == ' ' || text.front() == 'T' || text.front() == ',' ||
                    text.front() == '.';
  return ends ? std::optional(parts) : std::nullopt;
}

int full_year(int number, std::size_t digits) {
  constexpr int kPivot = 30;
  if (digits > 2) return number;
  return number < kPivot ? 2000 + number : 1900 + number;
}

bool is_one_of(std::string_view folded, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), folded) != words.end();
}

}  // namespace

bool is_empty_date(std::string_view text) {
  text = trim(text);
  return text.empty() || std::all_of(text.begin(), text.end(), [](char c) {
           return c == '0' || c == '.' || c == '/' || c == '-' || c == ' ' || c == ':';
         });
}

std::optional<Date> parse_date(std::string_view text, bool day_first) {
  text = trim(text);
  if (const auto millis = parse_integer(text)) return Date::from_millis(*millis);
  if (text.starts_with("--")) {
    const std::string with_year = std::to_string(kNoYear) + "-" + std::string(text.substr(2));
    return parse_iso_date(with_year);
  }
  const auto parts = take_apart(text);
  if (!parts) return std::nullopt;
  const auto& [numbers, digits, separator] = *parts;
  if (digits[0] >= 3) return date_from_civil({numbers[0], numbers[1], numbers[2]});
  const int year = full_year(numbers[2], digits[2]);
  const bool month_first = separator == '/' && !day_first && numbers[0] <= 12;
  if (month_first) return date_from_civil({year, numbers[0], numbers[1]});
  if (auto date = date_from_civil({year, numbers[1], numbers[0]})) return date;
  return separator == '/' ? date_from_civil({year, numbers[0], numbers[1]}) : std::nullopt;
}

std::optional<bool> parse_flag(std::string_view text) {
  const std::string word = fold(trim(text));
  if (is_one_of(word, {"true", "yes", "y", "1", "on", "wahr", "ja", "j", "ein", "vrai", "oui", "waar",
                       "verdadero", "si", "activado"}))
    return true;
  if (is_one_of(word, {"", "false", "no", "n", "0", "off", "falsch", "nein", "aus", "faux", "non", "onwaar",
                       "nee", "falso", "desactivado"}))
    return false;
  return is_private_word(text) ? std::optional(true) : std::nullopt;
}

bool is_private_word(std::string_view text) {
  return is_one_of(fold(trim(text)), {"private", "privat", "prive", "privado", "confidential", "vertraulich",
                                      "confidentiel", "vertrouwelijk", "confidencial"});
}

std::string format_members(const std::vector<model::contacts::ListMember>& members) {
  std::string out;
  for (const auto& member : members) {
    if (!member.mail) continue;
    if (!out.empty()) out += ", ";
    if (!member.display_name) {
      out += *member.mail;
      continue;
    }
    out += '"';
    for (const char c : *member.display_name) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += "\" <" + *member.mail + '>';
  }
  return out;
}

std::vector<model::contacts::ListMember> parse_members(std::string_view text) {
  std::vector<model::contacts::ListMember> members;
  std::string name;
  std::string address;
  bool quoted = false;
  bool in_brackets = false;
  bool had_brackets = false;
  const auto finish = [&] {
    std::string mail(trim(address));
    // Outside brackets the words before them were taken as the address.
    if (had_brackets && trim(name).empty()) name.clear();
    if (!mail.empty() && members.size() < kMaxMembers) {
      model::contacts::ListMember member;
      member.mail = std::move(mail);
      if (std::string shown(trim(name)); !shown.empty()) member.display_name = std::move(shown);
      members.push_back(std::move(member));
    }
    name.clear();
    address.clear();
    in_brackets = had_brackets = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\' && i + 1 < text.size())
        name += text[++i];
      else if (c == '"')
        quoted = false;
      else
        name += c;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '<') {
      name += address;
      address.clear();
      in_brackets = had_brackets = true;
    } else if (c == '>') {
      in_brackets = false;
    } else if (!in_brackets && (c == ',' || c == ';' || c == '\n')) {
      finish();
    } else if (!had_brackets || in_brackets) {
      address += c;
    }
  }
  finish();
  return members;
}

}  // namespace gw::formats::csv
