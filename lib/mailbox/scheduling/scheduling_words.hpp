// What scheduling mails say, by language. Source: house words.
#pragma once

#include <array>
#include <string_view>

namespace gw::mailbox::scheduling {

/// $1 stands for who writes, $2 for the title of the event.
struct Words {
  std::string_view language;  ///< begin of a locale
  std::string_view invited, changed, cancelled, accepted, tentative, declined, unanswered, delegated,
      sent_along, proposed, asks, time_stays, undelivered;  ///< sentences
  std::string_view invitation, change, cancellation, accepts, maybe, declines, answers, delegates, proposal,
      question, refusal, failure;  ///< begins of subjects
  std::string_view title, who, note, repeats, left_out;
  std::array<std::string_view, 4> frequencies;  ///< daily, weekly, monthly, yearly
};

/// English where the language has no table.
const Words& words_of(std::string_view locale);

}  // namespace gw::mailbox::scheduling
