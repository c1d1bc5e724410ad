// What scheduling messages of others do to the calendar: copies of events that somebody elsewhere organizes,
// and answers to events that are organized here. Who may send what was judged before (mailbox/scheduling);
// versions are judged here again, inside the transaction. Source: RFC 5546; spec chronos sections 5 and 12.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/calendar_writing.hpp"

namespace gw::model::calendar {

/// One component of a message. Its people are addresses; none of them is believed to be a user of ours but
/// the calendar user.
struct InvitationPart {
  EventInput input;  ///< organizer always, attendees as the message has them
  Millis stamp;      ///< DTSTAMP: the order of messages with the same sequence number
  std::string comment;
};

/// All components of one UID.
struct Invitation {
  std::string uid;
  std::optional<InvitationPart> main;       ///< the event or the series
  std::vector<InvitationPart> occurrences;  ///< with recurrence ids
};

/// An event that a message is about, as it is here.
struct StoredInvitation {
  EventData event;  ///< single event, series, or a copy of one occurrence (see occurrence_of)
  FolderId folder;  ///< through which the caller acts on it
  /// The caller's copy of what somebody elsewhere organizes.
  bool is_copy = false;
  /// He organizes it, or somebody for whom he acts does.
  bool is_organized = false;
  std::vector<EventData> exceptions;
};
/// Of the caller: his copy, else what he organizes, else where he takes part. `occurrence`: he may have been
/// invited to this one alone. Errors: empty. Cost: two selects.
std::optional<StoredInvitation> find_invitation(UnitOfWork& work, std::string_view uid,
                                                const std::optional<EventTime>& occurrence = {});
/// The occurrence of a series that the event is, where only that was told; as format_recurrence_id gives it.
std::string occurrence_of(const EventData& event);
/// Our own notes among extended properties and parameters, which nobody else should get.
bool is_scheduling_note(std::string_view name);

enum class Version { Older, Same, Newer };
/// The message against what is stored: SEQUENCE, then DTSTAMP (RFC 5546 section 2.1.5).
Version compare_versions(const InvitationPart& part, const EventData& stored);

/// The caller's copy is made in his default calendar, or brought up to date. Without an answer the user's
/// line stays, or needs action where the event is new or takes other time; with one it goes to the organizer.
/// With conflicts (options.check_conflicts) nothing is stored. Errors: CAL-4121 an older version than the
/// stored one, and those of create.
CalendarResult take_request(UnitOfWork& work, const Invitation& invitation, std::optional<PartStat> answer,
                            const WriteOptions& options);
/// The copy, or its occurrences, become cancelled ones; `removes`: they go. Nobody is told. Errors: CAL-4040,
/// CAL-4121.
CalendarResult take_cancel(UnitOfWork& work, const Invitation& invitation, bool removes);
/// The answer of one attendee to an event that the caller organizes. `adds_unknown`: who was not invited
/// comes along, and everybody is told. Errors: CAL-4040, 4043, 4121, 4042.
CalendarResult take_reply(UnitOfWork& work, const Invitation& invitation, bool adds_unknown);
/// A proposal for another time is noted at the attendee's line: `words` become his comment.
CalendarResult take_proposal(UnitOfWork& work, const Invitation& invitation, std::string_view words);

/// To an attendee who asked: the event as it is. Errors: CAL-4040, 4043.
void resend(UnitOfWork& work, std::string_view uid, const CalendarUser& attendee);
/// Asks the organizer for the present state.
void send_refresh(UnitOfWork& work, const Invitation& invitation);
/// Tells the attendee that the time stays.
void decline_proposal(UnitOfWork& work, const Invitation& invitation);

}  // namespace gw::model::calendar
