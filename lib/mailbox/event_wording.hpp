// When an event takes place, in words of the reader's language and on the clocks of his zone: for mails about
// events. Languages without a table here read English.
#pragma once

#include <string>
#include <string_view>

#include "core/time.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::mailbox {

/// `Monday, 1 July 2024, 09:00 - 10:00 (Europe/Berlin)`. All-day ones are days without zone, and floating
/// times show their own clock. The end is left out where it tells nothing more.
std::string describe_time(const model::calendar::EventData& event, const TimeZone& reader,
                          std::string_view locale);

/// What stands before facts in mails, and for an event without title.
struct EventLabels {
  std::string_view when, where, untitled;
};
const EventLabels& event_labels(std::string_view locale);

}  // namespace gw::mailbox
