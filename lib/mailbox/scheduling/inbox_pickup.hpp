// Scheduling mails are taken when they arrive, not when somebody opens them: answers reach the organizer's
// event, cancelled events are shown so, new invitations stand in the calendar and wait for an answer. Source:
// users p5; spec chronos section 12.
#pragma once

#include <cstddef>

#include "mailbox/mailbox.hpp"
#include "mailbox/scheduling/itip_message.hpp"

namespace gw::mailbox::scheduling {

/// What one visit looks at. Mails of the last week at the first visit; beyond 2,000 new uids the oldest are
/// left to whoever opens them.
inline constexpr std::int64_t kMailsOfVisit = 200, kMostNewUids = 2'000;
/// Bytes of a part that is taken without asking.
inline constexpr std::int64_t kLargestTaken = 1'048'576;

/// The part of a mail that is for calendars: text/calendar, else application/ics. Null: none.
const mail::Part* find_calendar_part(const mail::Part& root);
/// The method that its type names.
std::string method_of(const mail::Part& part);
/// Its text. Errors: those of the mail server; empty when it is gone or larger than `most`.
std::string read_calendar_part(Mailbox& mailbox, const FolderPath& folder, mail::Uid uid,
                               const mail::Part& part, std::size_t most);

/// Whether the last visit is longer ago than `pause`, and this one is noted. Cost: one select; a write when
/// it is time.
bool is_time_for_visit(model::UnitOfWork& work, Milliseconds pause);

/// Looks through what is new in the INBOX of the primary account and takes what may be taken; a mail that
/// cannot be is left to the user (GW0604). One process at a time does it for a user. Mails marked as junk,
/// and those whose sender was proved false, are passed over. Gives how many were taken. Errors: those of the
/// mail server and of the database.
std::size_t pick_up(Mailbox& mailbox);

}  // namespace gw::mailbox::scheduling
