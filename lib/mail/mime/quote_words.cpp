// Texts in the user's language.
#include "mail/mime/quote_words.hpp"

#include <fmt/format.h>

#include <array>

namespace gw::mail::mime {
namespace {

constexpr std::array<QuoteWords, 2> kWords{{
    {"en", "On $1, $2 wrote:", "$2 wrote:", "---------- Original Message ----------", "From", "To", "Cc",
     "Date", "Subject", "Read: $1",
     "Your message to $1\nwith the subject \"$2\"\nwas displayed on $3.\n\nThis does not say that it was "
     "read or understood.\n"},
    {"de", "Am $1 schrieb $2:", "$2 schrieb:", "---------- Ursprüngliche Nachricht ----------", "Von", "An",
     "Cc", "Datum", "Betreff", "Gelesen: $1",
     "Ihre Nachricht an $1\nmit dem Betreff \"$2\"\nwurde am $3 angezeigt.\n\nDas heißt nicht, dass sie "
     "gelesen oder verstanden "
     "wurde.\n"},
}};
constexpr std::array<std::string_view, 12> kEnglishMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

const QuoteWords& quote_words(std::string_view locale) {
  const std::string_view language = locale.substr(0, locale.find_first_of("_-"));
  for (const QuoteWords& row : kWords)
    if (row.language == language) return row;
  return kWords.front();
}

std::string fill_words(std::string_view pattern, std::string_view one, std::string_view two,
                       std::string_view three) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '$' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '3') {
      ++i;
      out += pattern[i] == '1' ? one : pattern[i] == '2' ? two : three;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::string format_quote_date(Millis instant, const TimeZone& zone, std::string_view locale) {
  const std::int64_t local = to_zone_time(instant, zone);
  const Date date = Date::from_millis(local);
  const CivilDay day = civil_day(date);
  const std::int64_t minute = (local - date.to_millis()) / 60'000;
  if (quote_words(locale).language == "de")
    return fmt::format("{:02}.{:02}.{:04} {:02}:{:02}", day.day, day.month, day.year, minute / 60,
                       minute % 60);
  return fmt::format("{} {} {:04} {:02}:{:02}", day.day,
                     kEnglishMonths[static_cast<std::size_t>(day.month - 1)], day.year, minute / 60,
                     minute % 60);
}

}  // namespace gw::mail::mime
