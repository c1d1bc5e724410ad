// Answers of attendees to what is organized here, and what the organizer tells one of them. Source: RFC 5546
// sections 3.2.3, 3.2.6, 3.2.7 and 3.2.8.
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/delegation.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/invitation.hpp"
#include "model/calendar/invitation_notes.hpp"
#include "model/calendar/series_edits.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;

std::string shown_address(const CalendarUser& user) {
  const std::string address = address_of_uri(user.uri);
  return address.empty() ? user.uri : address;
}

std::optional<Millis> answered_at(const Attendee& line) {
  for (const auto& [name, value] : line.parameters)
    if (name == kStampNote) return parse_basic_utc(value);
  return std::nullopt;
}

void note_answered(Attendee& line, Millis stamp) {
  std::erase_if(line.parameters, [](const auto& each) { return each.first == kStampNote; });
  line.parameters.emplace_back(kStampNote, format_basic_utc(stamp));
}

/// The event as it was when he answered takes place at the same time.
bool is_for_same_time(const InvitationPart& part, const EventData& event) {
  return part.input.sent.has(EventField::StartDate) &&
         in_terms_of(part.input.event.start, event.start) == event.start;
}

}  // namespace

/// Errors: CAL-4043 nobody of this address takes part; CAL-4121 he answered something older.
Attendee EventWriter::answered_line(const EventData& event, const InvitationPart& part, bool adds_unknown,
                                    std::string_view words) {
  const std::string id = std::to_string(event.id.value);
  if (part.input.event.attendees.empty()) throw ApiError(cal::kAttendeeNotFound, {"", id});
  const Attendee& sent = part.input.event.attendees.front();
  const auto user = people_.user_with(shown_address(sent));
  const auto found = std::find_if(event.attendees.begin(), event.attendees.end(), [&](const Attendee& each) {
    if (is_group(each) || is_resource(each)) return false;
    return each.entity != 0 ? user && each.entity == user->value : is_same_user(each, sent);
  });
  Attendee line;
  if (found != event.attendees.end()) {
    line = *found;
  } else if (adds_unknown) {
    line.uri = mail_uri(shown_address(sent));
    line.email = shown_address(sent);
    line.cn = sent.cn;
    line.role = AttendeeRole::Optional;
    if (const Attendee* delegator = find_delegator(event, line.email)) {
      line.role = delegator->role;
      line.parameters.emplace_back(kDelegatedFrom, delegator->uri);
    }
  } else {
    throw ApiError(cal::kAttendeeNotFound, {shown_address(sent), id});
  }
  const std::int64_t sequence = part.input.sent.has(EventField::Sequence) ? part.input.event.sequence : 0;
  const auto before = answered_at(line);
  if ((sequence < event.sequence && !is_for_same_time(part, event) && found != event.attendees.end()) ||
      (before && part.stamp < *before))
    throw ApiError(cal::kOutOfSequence, {id});
  line.part_stat = sent.part_stat;
  take_delegation(line, sent);
  line.is_hidden = line.is_hidden && line.part_stat == PartStat::Declined;
  if (!words.empty())
    line.comment = std::string(words);
  else if (!part.comment.empty())
    line.comment = part.comment;
  note_answered(line, part.stamp);
  return line;
}

void EventWriter::take_line(const EventData& event, const EventData* master, const InvitationPart& part,
                            bool adds_unknown, std::string_view words) {
  // `master`: the event is an occurrence of it that has no exception yet.
  const Attendee line = answered_line(event, part, adds_unknown, words);
  const auto before = std::find_if(event.attendees.begin(), event.attendees.end(),
                                   [&](const Attendee& each) { return is_same_attendee(each, line); });
  const bool is_new = before == event.attendees.end();
  if (!is_new && master == nullptr) return store_answer(event, Attendee(*before), line, {});
  EventEdit edit;
  edit.before = event;
  edit.after = event;
  if (is_new) {
    edit.after.attendees.push_back(line);
    ++edit.after.sequence;
    edit.attendees = {{line}, {}, true};
  } else {
    edit.after.attendees[static_cast<std::size_t>(before - event.attendees.begin())] = line;
  }
  sign(edit.after);
  if (master != nullptr) {
    store_exception(*master, edit.after, {});
  } else {
    replace(edit.before, edit.after);
    updated_.push_back(edit.after.id);
  }
  if (is_new) schedule_change(edit);
}

void EventWriter::take_reply(const Invitation& invitation, bool adds_unknown) {
  std::vector<const InvitationPart*> parts;
  if (invitation.main) parts.push_back(&*invitation.main);
  for (const InvitationPart& part : invitation.occurrences) parts.push_back(&part);
  std::optional<EventData> stored;
  for (store::EventRow& row : store::find_uid(connection_, caller_.context, invitation.uid)) {
    const bool is_ours = row.event.organizer && row.event.organizer->entity != 0 && !is_exception(row.event);
    if (is_ours && (row.event.folder == place_.folder || is_organizer(row.event, user_)))
      stored = std::move(row.event);
  }
  if (!stored) throw ApiError(cal::kNotFound, {invitation.uid});
  if (user_ != caller_.user) check_write(*stored);
  for (const InvitationPart* part : parts) {
    const EventData event = store::find(connection_, caller_.context, stored->id)->event;
    if (!part->input.event.recurrence_id) {
      take_line(event, nullptr, *part, adds_unknown, {});
      continue;
    }
    const EventTime& id = *part->input.event.recurrence_id;
    const auto slot = is_series_master(event) ? find_occurrence(event, id, true) : std::nullopt;
    if (!slot)
      throw ApiError(cal::kOccurrenceNotFound, {std::to_string(event.id.value), format_recurrence_id(id)});
    std::optional<EventData> exception;
    for (EventData& each : load_exceptions(event))
      if (in_terms_of(*each.recurrence_id, slot->recurrence_id) == slot->recurrence_id)
        exception = std::move(each);
    if (exception)
      take_line(*exception, nullptr, *part, adds_unknown, {});
    else
      take_line(new_exception(event, slot->recurrence_id), &event, *part, adds_unknown, {});
  }
}

void EventWriter::take_proposal(const Invitation& invitation, std::string_view words) {
  Invitation noted = invitation;
  const auto word = [&](InvitationPart& part) {
    part.comment = words;
    if (!part.input.event.attendees.empty() &&
        part.input.event.attendees.front().part_stat == PartStat::NeedsAction)
      part.input.event.attendees.front().part_stat = PartStat::Tentative;
    // It tells another time than ours, and may be about no older one.
    part.input.sent.set(EventField::StartDate, false);
  };
  if (noted.main) word(*noted.main);
  for (InvitationPart& part : noted.occurrences) word(part);
  take_reply(noted, false);
}

void EventWriter::resend(const EventData& event, const CalendarUser& attendee) {
  for (const Attendee& each : event.attendees)
    if (is_same_user(each, attendee) || (each.entity == 0 && shown_address(each) == shown_address(attendee)))
      return schedule(SchedulingMethod::Request, event, {each}, EventFields::all());
  throw ApiError(cal::kAttendeeNotFound, {shown_address(attendee), std::to_string(event.id.value)});
}

void EventWriter::send_refresh(const Invitation& invitation) {
  const InvitationPart& part = invitation.main ? *invitation.main : invitation.occurrences.front();
  EventData asked = part.input.event;
  asked.uid = invitation.uid;
  asked.attendees = {calendar_user_line(people_, place_)};
  asked.last_modified = stamp_;
  if (!asked.organizer) return;
  asked.organizer->entity = 0;
  schedule(SchedulingMethod::Refresh, asked, {*asked.organizer}, {});
}

void EventWriter::decline_proposal(const Invitation& invitation) {
  const InvitationPart& part = invitation.main ? *invitation.main : invitation.occurrences.front();
  if (part.input.event.attendees.empty()) return;
  for (store::EventRow& row : store::find_uid(connection_, caller_.context, invitation.uid)) {
    EventData event = std::move(row.event);
    if (is_exception(event) || !is_organizer(event, user_)) continue;
    if (part.input.event.recurrence_id && is_series_master(event))
      if (const auto slot = find_occurrence(event, *part.input.event.recurrence_id, true))
        event = occurrence_event(event, *slot);
    event.last_modified = stamp_;
    schedule(SchedulingMethod::DeclineCounter, event, {part.input.event.attendees.front()}, {});
    return;
  }
}

}  // namespace gw::model::calendar
