// A letter of the outbox as iCalendar: what programs read in a scheduling mail. Source: RFC 5546 section 3.2.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "mailbox/scheduling/event_files.hpp"
#include "model/scheduling/outbox.hpp"

namespace gw::mailbox::scheduling {

/// REQUEST, CANCEL, REPLY, COUNTER, REFRESH, DECLINECOUNTER.
std::string_view method_word(model::calendar::SchedulingMethod method);

/// The VCALENDAR for this recipient. `sent_by`: the address of a deputy who writes for the originator, else
/// empty. Answers name the one attendee alone; a series comes with its exceptions; what is noted for
/// ourselves, and names of groups and rooms that only this server knows, stay here. `files` are named as
/// parts of the mail.
std::string itip_text(const model::scheduling::Letter& letter, std::string_view sent_by,
                      std::span<const EventFile> files = {});

/// An attendee sends somebody in his place: what he tells him of is organized elsewhere.
bool is_delegation(const model::calendar::SchedulingEvent& event);

}  // namespace gw::mailbox::scheduling
