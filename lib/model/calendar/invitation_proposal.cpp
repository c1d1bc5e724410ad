// What the calendar user does with an invitation beside answering it: another time, somebody else in his
// place; and the files that come with it. Source: RFC 5546 sections 3.2.2.3 and 3.2.7.
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/attachments/attachment_service.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/delegation.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/invitation.hpp"
#include "model/users/account_rules.hpp"

namespace gw::model::calendar {
namespace {

std::string address_of_delegate(const Attendee& delegate) {
  const std::string address = address_of_uri(delegate.uri);
  return address.empty() ? delegate.email : address;
}

bool has_address(const CalendarUser& user, const std::string& address) {
  return equal_ignoring_ascii_case(address_of_uri(user.uri), address) ||
         equal_ignoring_ascii_case(user.email, address);
}

/// Whether the copy is what the part tells of: the series or event, or the occurrence.
bool is_copy_of(const EventData& event, const InvitationPart& part) {
  const auto& id = part.input.event.recurrence_id;
  const std::string alone = occurrence_of(event);
  if (!id) return !is_exception(event) && alone.empty();
  return (event.recurrence_id && in_terms_of(*event.recurrence_id, *id) == *id) ||
         (!alone.empty() && alone == format_recurrence_id(*id));
}

}  // namespace

std::vector<EventData> EventWriter::all_copies(const Invitation& invitation) {
  std::vector<EventData> copies;
  for (store::EventRow& row : store::find_uid(connection_, caller_.context, invitation.uid)) {
    const EventData& event = row.event;
    if (event.organizer && event.organizer->entity == 0 && event.calendar_user == user_)
      copies.push_back(std::move(row.event));
  }
  return copies;
}

std::vector<EventData> EventWriter::copies_of(const Invitation& invitation) {
  std::vector<EventData> copies = all_copies(invitation);
  std::erase_if(copies, [&](const EventData& event) {
    if (invitation.main) return !is_copy_of(event, *invitation.main);
    return std::none_of(invitation.occurrences.begin(), invitation.occurrences.end(),
                        [&](const InvitationPart& part) { return is_copy_of(event, part); });
  });
  return copies;
}

void EventWriter::take_files(const Invitation& invitation, std::span<const PartFiles> files) {
  if (files.empty() || !conflicts_.empty()) return;
  for (const EventData& copy : all_copies(invitation)) {
    // What the message did not change, as it is older or the same, keeps its files.
    if (copy.timestamp != stamp_) continue;
    const auto mine = std::find_if(files.begin(), files.end(),
                                   [&](const PartFiles& each) { return is_copy_of(copy, each.part); });
    if (mine == files.end()) continue;
    attachments::remove_with_parents(transaction_, caller_.context, attachments::ParentModule::Appointment,
                                     std::span(&copy.id, 1));
    mine->files.belong_to({attachments::ParentModule::Appointment, place_.folder, copy.id});
    attachments::attach_unasked(transaction_, mine->files);
  }
}

void EventWriter::note_updated(ObjectId event) {
  for (const auto* list : {&created_, &updated_})
    if (std::find(list->begin(), list->end(), event) != list->end()) return;
  updated_.push_back(event);
}

void EventWriter::note_tentative(const EventData& event) {
  const Attendee* own = find_attendee(event, user_);
  if (own == nullptr || own->part_stat != PartStat::NeedsAction) return;
  Attendee answer = *own;
  answer.part_stat = PartStat::Tentative;
  EventData after = event;
  store_line(event, after, answer);
  note_updated(event.id);
}

void EventWriter::propose_time(const Invitation& invitation, const ProposedTime& proposal) {
  take_request(invitation, std::nullopt);
  const std::vector<EventData> copies = copies_of(invitation);
  if (copies.empty()) throw ApiError(errors::cal::kNotFound, {invitation.uid});
  EventData asked = copies.front();
  if (proposal.occurrence) {
    const auto slot =
        is_series_master(asked) ? find_occurrence(asked, *proposal.occurrence, true) : std::nullopt;
    if (!slot)
      throw ApiError(errors::cal::kOccurrenceNotFound,
                     {std::to_string(asked.id.value), format_recurrence_id(*proposal.occurrence)});
    EventData occurrence = occurrence_event(asked, *slot);
    for (EventData& exception : load_exceptions(asked))
      if (in_terms_of(*exception.recurrence_id, slot->recurrence_id) == slot->recurrence_id)
        occurrence = std::move(exception);
    asked = std::move(occurrence);
  } else {
    note_tentative(asked);
  }
  if (Attendee* own = find_attendee(asked, user_); own != nullptr && own->part_stat == PartStat::NeedsAction)
    own->part_stat = PartStat::Tentative;
  asked.start = proposal.start;
  asked.end = proposal.end;
  complete_end(asked, true);
  settle_times(asked);
  asked.last_modified = stamp_;
  schedule(SchedulingMethod::Counter, asked, {*asked.organizer},
           {EventField::StartDate, EventField::EndDate});
}

void EventWriter::delegate_invitation(const Invitation& invitation, const Attendee& delegate) {
  const std::string address = address_of_delegate(delegate);
  if (!users::is_mail_address(address)) throw ApiError(errors::cal::kBadCalendarUser, {address});
  take_request(invitation, std::nullopt);
  const std::vector<EventData> copies = copies_of(invitation);
  if (copies.empty()) throw ApiError(errors::cal::kNotFound, {invitation.uid});
  Attendee line;
  line.uri = mail_uri(address);
  line.email = address;
  line.cn = delegate.cn;
  for (const EventData& event : copies) send_delegate(event, line);
}

void EventWriter::send_delegate(const EventData& event, Attendee delegate) {
  const auto is_he = [&](const CalendarUser& user) { return has_address(user, delegate.email); };
  EventData after = event;
  Attendee* own = find_attendee(after, user_);
  if (own == nullptr || is_he(*after.organizer) ||
      std::any_of(after.attendees.begin(), after.attendees.end(), is_he))
    throw ApiError(errors::cal::kForbiddenAttendeeChange, {std::to_string(event.id.value), delegate.email});
  delegate.role = own->role;
  delegate_to(*own, delegate);
  own->is_transparent = true;
  if (!options_.comment.empty()) own->comment = options_.comment;
  const Attendee delegator = *own;
  after.attendees.push_back(delegate);
  sign(after);
  replace(event, after);
  note_updated(after.id);
  schedule(SchedulingMethod::Reply, after, {*after.organizer}, {EventField::Attendees});
  // He, not the organizer, tells the one who is to come.
  schedule_from(delegator, SchedulingMethod::Request, after, {delegate}, EventFields::all(), true);
}

void EventWriter::tell_of_files(const EventData& event) {
  if (!is_scheduled(event) || !event.organizer) return;
  std::vector<CalendarUser> elsewhere;
  for (const Attendee& attendee : event.attendees)
    if (attendee.entity == 0) elsewhere.push_back(attendee);
  schedule(SchedulingMethod::Request, event, std::move(elsewhere), {EventField::Attachments});
}

}  // namespace gw::model::calendar
