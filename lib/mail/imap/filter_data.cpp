#include "mail/imap/filter_data.hpp"

#include "core/text.hpp"
#include "mail/imap/value.hpp"

namespace gw::mail::imap {

FilterOutcome parse_filtered(std::string_view text) {
  Cursor cursor(text);
  FilterOutcome outcome;
  if (cursor.peek() == '(') cursor.next();
  if (to_upper(cursor.next_word()) == "UID") {
    outcome.uid = static_cast<Uid>(parse_number(cursor.next_word()).value_or(0));
  } else {
    throw BadResponse("FILTERED names no mail");
  }
  const std::string word = to_upper(cursor.next_word());
  if (word == "WARNINGS") outcome.kind = FilterOutcome::Kind::Warnings;
  if (word == "ERRORS") outcome.kind = FilterOutcome::Kind::Errors;
  if (outcome.uid == 0) throw BadResponse("FILTERED names no mail");
  if (!cursor.at_end()) outcome.text = cursor.next().string().value_or("");
  return outcome;
}

}  // namespace gw::mail::imap
