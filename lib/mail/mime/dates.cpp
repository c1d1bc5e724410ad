// Date headers: a reader of words in any order, because senders agree on little. Source: RFC 5322
// sections 3.3 and 4.3, RFC 2822 for zone names.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "core/text.hpp"
#include "mail/mime/headers.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct ZoneName {
  std::string_view name;
  int minutes;  ///< east of UTC
};
constexpr std::array<ZoneName, 32> kZones{{
    {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"z", 0},      {"wet", 0},    {"west", 60},  {"bst", 60},
    {"cet", 60},   {"met", 60},   {"mez", 60},   {"cest", 120}, {"mest", 120}, {"mesz", 120}, {"eet", 120},
    {"eest", 180}, {"msk", 180},  {"msd", 240},  {"jst", 540},  {"kst", 540},  {"ist", 330},  {"sgt", 480},
    {"hkt", 480},  {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"est", -300}, {"edt", -240},
    {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},
}};

/// What was read so far; -1: not yet.
struct Pieces {
  std::int64_t day = -1, month = -1, year = -1, hour = -1, minute = 0, second = 0;
  std::optional<int> zone;  ///< minutes
};

std::string without_comments(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c == ',' || c == '\t' || c == '\r' || c == '\n' ? ' ' : c;
    if (c == ')' && depth > 0) --depth;
  }
  return out;
}

int digits_value(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return false;
  for (const char c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

/// `+0200`, `+02:00`, `+2`, `-330`.
std::optional<int> offset_minutes(std::string_view text) {
  if (text.size() < 2 || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  int number = 0, count = 0;
  for (const char c : text.substr(1)) {
    if (c == ':') continue;
    if (c < '0' || c > '9' || ++count > 4) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  if (count == 0) return std::nullopt;
  const int minutes = count <= 2 ? number * 60 : number / 100 * 60 + number % 100;
  if (minutes > 24 * 60) return 0;
  return text.front() == '-' ? -minutes : minutes;
}

/// Names, and a name with an offset behind it (`GMT+0200`).
std::optional<int> zone_minutes(const std::string& word) {
  const std::size_t sign = word.find_first_of("+-");
  if (sign == 0) return offset_minutes(word);
  if (sign != std::string::npos) {
    const std::string name = word.substr(0, sign);
    if (name == "gmt" || name == "utc" || name == "ut")
      return offset_minutes(std::string_view(word).substr(sign));
  }
  if (word == "pst") return -480;
  if (word == "pdt") return -420;
  for (const ZoneName& zone : kZones)
    if (zone.name == word) return zone.minutes;
  return offset_minutes(word);
}

/// `12:34`, `12:34:56`, `12:34:56.789`, also with dots.
bool read_time(std::string_view word, Pieces& to) {
  if (to.hour >= 0) return false;
  const char separator = word.find(':') != std::string_view::npos ? ':' : '.';
  const auto parts = split(word, separator);
  if (parts.size() < 2 || parts.size() > 4 || !is_digits(parts[0], 1, 2) || !is_digits(parts[1], 1, 2))
    return false;
  to.hour = digits_value(parts[0]);
  to.minute = digits_value(parts[1]);
  if (parts.size() > 2) {
    const std::string_view second = parts[2].substr(0, parts[2].find('.'));
    if (!is_digits(second, 1, 2)) return false;
    to.second = digits_value(second);
  }
  return true;
}

void read_year(std::string_view digits, Pieces& to) {
  to.year = digits_value(digits);
  // RFC 5322 section 4.3: two digits up to 49 are this century, three digits count from 1900.
  if (digits.size() <= 2) to.year += to.year < 50 ? 2000 : 1900;
  if (digits.size() == 3) to.year += 1900;
}

void read_word(std::string_view word, Pieces& to) {
  const std::string lower = to_lower_ascii(word);
  if (is_digits(word, 1, 4)) {
    if (to.day < 0 && word.size() <= 2) {
      to.day = digits_value(word);
    } else if (to.year < 0 && (to.month >= 0 || word.size() == 4)) {
      read_year(word, to);
    } else if (!to.zone && word.size() == 4 && to.hour >= 0) {
      to.zone = offset_minutes("+" + lower);
    }
    return;
  }
  if (lower.size() >= 3 && to.month < 0)
    for (std::size_t i = 0; i < kMonths.size(); ++i)
      if (lower.starts_with(kMonths[i])) {
        to.month = static_cast<int>(i) + 1;
        return;
      }
  if (word.find_first_of(":.") != std::string_view::npos && read_time(word, to)) return;
  if (!to.zone && to.hour >= 0) to.zone = zone_minutes(lower);
}

void read_words(std::string_view text, Pieces& to) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (const std::string_view word = trim(text.substr(0, end)); !word.empty()) read_word(word, to);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// `2024-01-31T12:00:00Z` and `31-Jan-2024` become words.
std::string spread(std::string_view from) {
  std::string text(from);
  bool has_blank = false, has_colon = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool after_digit = i > 0 && is_digit(text[i - 1]);
    const bool before_letter = i + 1 < text.size() && static_cast<unsigned char>(text[i + 1] | 0x20) >= 'a';
    const bool after_letter = i > 0 && static_cast<unsigned char>(text[i - 1] | 0x20) >= 'a';
    const bool is_dash = text[i] == '-' || text[i] == '/';
    const bool is_month_dash =
        is_dash && ((after_digit && before_letter) || (after_letter && i + 1 < text.size() &&
                                                       is_digit(text[i + 1]) && has_blank && !has_colon));
    if (is_month_dash) text[i] = ' ';
    has_blank = has_blank || text[i] == ' ';
    has_colon = has_colon || text[i] == ':';
  }
  return text;
}

/// `2024-01-31` or `2024/01/31` at the start, `T` or blank, time, zone.
bool read_iso(std::string_view text, Pieces& to) {
  if (text.size() < 10 || !is_digits(text.substr(0, 4), 4, 4) || !is_digits(text.substr(5, 2), 2, 2) ||
      !is_digits(text.substr(8, 2), 2, 2) || (text[4] != '-' && text[4] != '/') || text[7] != text[4])
    return false;
  to.year = digits_value(text.substr(0, 4));
  to.month = digits_value(text.substr(5, 2));
  to.day = digits_value(text.substr(8, 2));
  std::string rest(text.substr(10));
  if (!rest.empty() && (rest[0] == 'T' || rest[0] == 't')) rest[0] = ' ';
  const std::size_t zone = rest.find_first_of("Zz+-");
  if (zone != std::string::npos) rest = rest.substr(0, zone) + " " + rest.substr(zone);
  read_words(rest, to);
  return true;
}

/// `Fri, 21 Nov 1997 09:55:06 -0600`, to the letter (RFC 5322 section 3.3): what nearly all mails have, and a
/// list reads a hundred of them. Everything else is left to the reader of words.
bool read_usual(std::string_view text, Pieces& to) {
  if (text.size() > 5 && text[3] == ',' && text[4] == ' ') text.remove_prefix(5);
  const std::size_t day = text.find(' ');
  if (day > 2 || text.size() != day + 24) return false;
  const std::string_view rest = text.substr(day);
  constexpr std::string_view kForm = " --- #### ##:##:## -####";
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool is_digit = rest[i] >= '0' && rest[i] <= '9';
    if (kForm[i] == '#' ? !is_digit : kForm[i] != '-' && rest[i] != kForm[i]) return false;
  }
  const std::array<char, 3> name{static_cast<char>(rest[1] | 0x20), static_cast<char>(rest[2] | 0x20),
                                 static_cast<char>(rest[3] | 0x20)};
  const auto* const month =
      std::find(kMonths.begin(), kMonths.end(), std::string_view(name.data(), name.size()));
  to.zone = offset_minutes(rest.substr(19));
  if (month == kMonths.end() || !to.zone || !is_digits(text.substr(0, day), 1, 2)) return false;
  to.day = digits_value(text.substr(0, day));
  to.month = month - kMonths.begin() + 1;
  to.year = digits_value(rest.substr(5, 4));
  to.hour = digits_value(rest.substr(10, 2));
  to.minute = digits_value(rest.substr(13, 2));
  to.second = digits_value(rest.substr(16, 2));
  return true;
}

Pieces read_pieces(std::string_view value) {
  constexpr std::size_t kLongest = 200;
  Pieces pieces;
  if (read_usual(value, pieces)) return pieces;
  pieces = {};
  const std::string text = without_comments(value.substr(0, kLongest));
  if (!read_iso(trim(text), pieces)) read_words(spread(trim(text)), pieces);
  return pieces;
}

}  // namespace

std::optional<Millis> parse_date(std::string_view value) {
  const Pieces pieces = read_pieces(value);
  if (pieces.day < 0 || pieces.month < 0 || pieces.year < 1900 || pieces.year > 9'999) return std::nullopt;
  const auto date = date_from_civil(
      {static_cast<std::int32_t>(pieces.year), static_cast<int>(pieces.month), static_cast<int>(pieces.day)});
  if (!date || pieces.hour > 24 || pieces.minute > 59 || pieces.second > 60) return std::nullopt;
  const std::int64_t hour = pieces.hour < 0 ? 0 : pieces.hour;
  const std::int64_t minutes = hour * 60 + pieces.minute - pieces.zone.value_or(0);
  return Millis{date->to_millis() + minutes * 60'000 + pieces.second * 1'000};
}

std::string format_date(Millis instant, const TimeZone& zone) {
  const std::int64_t offset = zone.offset_at(instant) / 60'000;
  const std::int64_t local = instant.value + offset * 60'000;
  const Date date = Date::from_millis(local);
  const CivilDay day = civil_day(date);
  const std::int64_t second = (local - date.to_millis()) / 1'000;
  const auto weekday = static_cast<std::size_t>(((date.days % 7) + 11) % 7);  // 1970-01-01 was a Thursday
  std::string month(kMonths[static_cast<std::size_t>(day.month - 1)]);
  month[0] = static_cast<char>(month[0] - 'a' + 'A');
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}", kDays[weekday], day.day, month,
                     day.year, second / 3'600, second / 60 % 60, second % 60, offset < 0 ? '-' : '+',
                     std::abs(offset) / 60, std::abs(offset) % 60);
}

}  // namespace gw::mail::mime
