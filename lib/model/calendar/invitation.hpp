// What scheduling messages of others do to the calendar: copies of events that somebody elsewhere organizes,
// and answers to events that are organized here. Who may send what was judged before (mailbox/scheduling);
// versions are judged here again, inside the transaction. Source: RFC 5546; spec chronos sections 5 and 12.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/calendar_writing.hpp"

namespace gw::model::attachments {
class NewFiles;
}

namespace gw::model::calendar {

/// A file that comes with an event: its bytes, or the part of the mail that has them.
struct InvitationFile {
  std::string name, media_type;
  std::string content_id;  ///< of the part, without brackets; empty: `bytes` has them
  std::string bytes;
};

/// One component of a message. Its people are addresses; none of them is believed to be a user of ours but
/// the calendar user.
struct InvitationPart {
  EventInput input;  ///< organizer always, attendees as the message has them
  Millis stamp;      ///< DTSTAMP: the order of messages with the same sequence number
  std::string comment;
  std::vector<InvitationFile> files = {};
};

/// All components of one UID.
struct Invitation {
  std::string uid;
  std::optional<InvitationPart> main;       ///< the event or the series
  std::vector<InvitationPart> occurrences;  ///< with recurrence ids
};

/// The files of one part, in the store. Its members must outlive it.
struct PartFiles {
  const InvitationPart& part;
  attachments::NewFiles& files;
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
/// With conflicts (options.check_conflicts) nothing is stored. `files` take the place of those that the
/// event, series or changed occurrence of their part has, where it is written; of other parts they stay.
/// Errors: CAL-4121 an older version than the stored one, CAL-40310 occurrences of another organizer, those
/// of create, and those of attaching.
CalendarResult take_request(UnitOfWork& work, const Invitation& invitation, std::optional<PartStat> answer,
                            const WriteOptions& options, std::span<const PartFiles> files = {});
/// The copy, or its occurrences, become cancelled ones; `removes`: they go. Nobody is told. Errors: CAL-4040,
/// CAL-4121.
CalendarResult take_cancel(UnitOfWork& work, const Invitation& invitation, bool removes);
/// The answer of one attendee to an event that the caller organizes. `adds_unknown`: who was not invited
/// comes along, and everybody is told. Errors: CAL-4040, 4043, 4121, 4042.
CalendarResult take_reply(UnitOfWork& work, const Invitation& invitation, bool adds_unknown);
/// A proposal for another time is noted at the attendee's line: `words` become his comment.
CalendarResult take_proposal(UnitOfWork& work, const Invitation& invitation, std::string_view words);

/// Another time for an event that somebody elsewhere organizes.
struct ProposedTime {
  EventTime start, end;
  std::optional<EventTime> occurrence;  ///< of a series: the one that is meant
};
/// The caller's copy is made or brought up to date, his answer is tentative unless he gave one, and the
/// organizer gets the proposal (COUNTER); the copy keeps its time. Errors: those of take_request; CAL-4042,
/// and those of times.
CalendarResult propose_time(UnitOfWork& work, const Invitation& invitation, const ProposedTime& proposal,
                            const WriteOptions& options);
/// Somebody else comes in the caller's place: the organizer gets the answer DELEGATED, the other one the
/// invitation, and the copy leaves the caller free. Errors: those of take_request; CAL-4034 no mail address,
/// CAL-4033 he is the caller, the organizer or invited already. Source: RFC 5546 section 3.2.2.3.
CalendarResult delegate_invitation(UnitOfWork& work, const Invitation& invitation, const Attendee& delegate,
                                   const WriteOptions& options);

/// To an attendee who asked: the event as it is. Errors: CAL-4040, 4043.
void resend(UnitOfWork& work, std::string_view uid, const CalendarUser& attendee);
/// Asks the organizer for the present state.
void send_refresh(UnitOfWork& work, const Invitation& invitation);
/// Tells the attendee that the time stays.
void decline_proposal(UnitOfWork& work, const Invitation& invitation);

}  // namespace gw::model::calendar
