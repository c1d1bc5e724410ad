// Finding the event that a message is about, versions, and the transactions.
#include "model/calendar/invitation.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/attachments/attachment_service.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/invitation_notes.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::calendar {
namespace {

std::string note_of(const EventData& event, const char* name) {
  return event.extended.is_object() ? std::string(event.extended.get(name).get("value").as_string()) : "";
}

/// How near the event is to the caller; 0: not his.
int rank(const EventData& event, UserId user) {
  if (!event.organizer) return 0;
  if (event.organizer->entity == 0) return event.calendar_user == user ? 4 : 0;
  if (is_organizer(event, user)) return 3;
  if (event.organizer->sent_by_entity == user.value) return 2;
  return find_attendee(event, user) != nullptr ? 1 : 0;
}

FolderId acted_through(const EventData& event, UserId user) {
  if (event.folder) return event.folder;
  const Attendee* line = find_attendee(event, user);
  if (line != nullptr) return line->folder;
  return event.organizer ? folder_for(event, UserId(event.organizer->entity)) : FolderId();
}

void check_parts(const Invitation& invitation) {
  const auto check = [](const InvitationPart& part) {
    EventInput input = part.input;
    input.sent.set(EventField::Alarms, false);
    check_sent(input);
  };
  if (invitation.main) check(*invitation.main);
  for (const InvitationPart& part : invitation.occurrences) check(part);
}

/// All parts of a series are one organizer's: whoever may tell of the series may not bring in others.
void check_one_organizer(const Invitation& invitation) {
  const auto organizer_of = [](const InvitationPart& part) {
    const auto& organizer = part.input.event.organizer;
    return organizer ? to_lower_ascii(address_of_uri(organizer->uri)) : std::string();
  };
  const InvitationPart* first = invitation.main ? &*invitation.main : nullptr;
  for (const InvitationPart& part : invitation.occurrences) {
    if (first == nullptr) first = &part;
    if (organizer_of(part) != organizer_of(*first)) throw ApiError(errors::cal::kDifferentOrganizers);
  }
}

const InvitationPart& first_part(const Invitation& invitation) {
  return invitation.main ? *invitation.main : invitation.occurrences.front();
}

FolderId default_calendar(UnitOfWork& work) {
  return users::load_user(work.connection(), work.context(), work.caller().user).calendar_folder;
}

FolderId folder_of_copy(UnitOfWork& work, const Invitation& invitation) {
  const auto stored = find_invitation(work, invitation.uid);
  return stored && stored->is_copy ? stored->folder : default_calendar(work);
}

StoredInvitation need_stored(UnitOfWork& work, const Invitation& invitation) {
  std::optional<EventTime> occurrence;
  if (!invitation.main && !invitation.occurrences.empty())
    occurrence = invitation.occurrences.front().input.event.recurrence_id;
  auto stored = find_invitation(work, invitation.uid, occurrence);
  if (!stored) throw ApiError(errors::cal::kNotFound, {invitation.uid});
  return std::move(*stored);
}

template <class Act>
CalendarResult act(UnitOfWork& work, FolderId folder, const WriteOptions& options, Act action) {
  CalendarResult result;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, folder, options);
    action(writer);
    result = writer.finish();
  });
  return result;
}

}  // namespace

bool is_scheduling_note(std::string_view name) { return name == kStampNote || name == kOccurrenceNote; }

std::string occurrence_of(const EventData& event) { return note_of(event, kOccurrenceNote); }

Version compare_versions(const InvitationPart& part, const EventData& stored) {
  const std::int64_t sequence = part.input.sent.has(EventField::Sequence) ? part.input.event.sequence : 0;
  if (sequence != stored.sequence) return sequence < stored.sequence ? Version::Older : Version::Newer;
  const auto known = parse_basic_utc(note_of(stored, kStampNote));
  // Whole seconds: that is all that messages tell.
  if (!known || part.stamp.value / 1000 == known->value / 1000) return Version::Same;
  return part.stamp < *known ? Version::Older : Version::Newer;
}

std::optional<StoredInvitation> find_invitation(UnitOfWork& work, std::string_view uid,
                                                const std::optional<EventTime>& occurrence) {
  const UserId user = work.caller().user;
  const std::string wanted = occurrence ? format_recurrence_id(*occurrence) : "";
  std::optional<EventData> best;
  int best_rank = 0;
  for (store::EventRow& row : store::find_uid(work.connection(), work.context(), uid)) {
    if (is_exception(row.event)) continue;
    const std::string alone = occurrence_of(row.event);
    if (!alone.empty() && alone != wanted) continue;
    const int found = rank(row.event, user);
    if (found <= best_rank) continue;
    best_rank = found;
    best = std::move(row.event);
  }
  if (!best) return std::nullopt;
  StoredInvitation stored{std::move(*best), {}, best_rank == 4, best_rank == 3 || best_rank == 2, {}};
  stored.folder = acted_through(stored.event, user);
  if (is_series_master(stored.event))
    for (store::EventRow& row :
         store::exceptions_of(work.connection(), work.context(), std::span(&stored.event.id, 1)))
      stored.exceptions.push_back(std::move(row.event));
  return stored;
}

CalendarResult take_request(UnitOfWork& work, const Invitation& invitation, std::optional<PartStat> answer,
                            const WriteOptions& options, std::span<const PartFiles> files) {
  check_parts(invitation);
  check_one_organizer(invitation);
  const FolderId folder = folder_of_copy(work, invitation);
  CalendarResult result;
  std::vector<attachments::NewFiles*> objects;
  for (const PartFiles& each : files) objects.push_back(&each.files);
  attachments::write_with(work, objects, [&](Transaction& transaction) {
    EventWriter writer(transaction, folder, options);
    writer.take_request(invitation, answer);
    writer.take_files(invitation, files);
    result = writer.finish();
  });
  return result;
}

CalendarResult propose_time(UnitOfWork& work, const Invitation& invitation, const ProposedTime& proposal,
                            const WriteOptions& options) {
  check_parts(invitation);
  EventInput times;
  times.event.start = proposal.start;
  times.event.end = proposal.end;
  times.sent = {EventField::StartDate, EventField::EndDate};
  check_sent(times);
  return act(work, folder_of_copy(work, invitation), options,
             [&](EventWriter& writer) { writer.propose_time(invitation, proposal); });
}

CalendarResult delegate_invitation(UnitOfWork& work, const Invitation& invitation, const Attendee& delegate,
                                   const WriteOptions& options) {
  check_parts(invitation);
  return act(work, folder_of_copy(work, invitation), options,
             [&](EventWriter& writer) { writer.delegate_invitation(invitation, delegate); });
}

CalendarResult take_cancel(UnitOfWork& work, const Invitation& invitation, bool removes) {
  const StoredInvitation stored = need_stored(work, invitation);
  return act(work, stored.folder, {}, [&](EventWriter& writer) { writer.take_cancel(invitation, removes); });
}

CalendarResult take_reply(UnitOfWork& work, const Invitation& invitation, bool adds_unknown) {
  check_parts(invitation);
  const StoredInvitation stored = need_stored(work, invitation);
  return act(work, stored.folder, {},
             [&](EventWriter& writer) { writer.take_reply(invitation, adds_unknown); });
}

CalendarResult take_proposal(UnitOfWork& work, const Invitation& invitation, std::string_view words) {
  check_parts(invitation);
  const StoredInvitation stored = need_stored(work, invitation);
  return act(work, stored.folder, {}, [&](EventWriter& writer) { writer.take_proposal(invitation, words); });
}

void resend(UnitOfWork& work, std::string_view uid, const CalendarUser& attendee) {
  Invitation asked;
  asked.uid = uid;
  const StoredInvitation stored = need_stored(work, asked);
  act(work, stored.folder, {}, [&](EventWriter& writer) { writer.resend(stored.event, attendee); });
}

void send_refresh(UnitOfWork& work, const Invitation& invitation) {
  WriteOptions options;
  options.comment = first_part(invitation).comment;
  act(work, default_calendar(work), options, [&](EventWriter& writer) { writer.send_refresh(invitation); });
}

void decline_proposal(UnitOfWork& work, const Invitation& invitation) {
  const StoredInvitation stored = need_stored(work, invitation);
  act(work, stored.folder, {}, [&](EventWriter& writer) { writer.decline_proposal(invitation); });
}

}  // namespace gw::model::calendar
