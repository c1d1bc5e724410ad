// The words that mails we build carry, by language. A new language is one row; `$1`, `$2` stand for values.
#pragma once

#include <string>
#include <string_view>

#include "core/time.hpp"

namespace gw::mail::mime {

struct QuoteWords {
  std::string_view language;
  std::string_view intro;          ///< $1 date, $2 sender
  std::string_view intro_undated;  ///< $2 sender
  std::string_view forward;        ///< line above a forwarded mail
  std::string_view from, to, cc, date, subject;
  std::string_view receipt_subject;  ///< $1 subject
  std::string_view receipt;          ///< $1 recipient, $2 subject, $3 date
};
/// English for an unknown language. Valid for ever.
const QuoteWords& quote_words(std::string_view locale);
/// `$1` to `$3` replaced; a value is not searched again.
std::string fill_words(std::string_view pattern, std::string_view one, std::string_view two,
                       std::string_view three = {});
/// Day and minute in the zone, in the order of the language.
std::string format_quote_date(Millis instant, const TimeZone& zone, std::string_view locale);

}  // namespace gw::mail::mime
