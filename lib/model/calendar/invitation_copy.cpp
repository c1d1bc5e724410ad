// The user's own copy of an event that somebody elsewhere organizes: made, brought up to date, cancelled.
// Source: RFC 5546 sections 3.2.2 and 3.2.5.
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/delegation.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/invitation.hpp"
#include "model/calendar/invitation_notes.hpp"
#include "model/calendar/series_edits.hpp"

namespace gw::model::calendar {
namespace {

void note(EventData& event, const char* name, const std::string& value) {
  Json extended = event.extended.is_object() ? event.extended.deep_copy() : Json::object();
  extended.set(name, Json::object().set("value", Json::string(value)));
  event.extended = std::move(extended);
}

/// What the organizer decides. What he does not say is gone; what is the user's own business stays.
EventFields members_of_organizer(const EventInput& input) {
  EventFields members = changeable_members();
  members.set(EventField::AttendeePrivileges, false);
  members.set(EventField::Filename, false);
  for (const EventField own : {EventField::Color, EventField::Categories})
    members.set(own, input.sent.has(own));
  return members;
}

/// The stored event as the message has it, people apart.
void apply_part(EventData& event, const InvitationPart& part, bool is_occurrence) {
  EventFields members = members_of_organizer(part.input);
  if (is_occurrence)
    for (const EventField of_series : {EventField::Rrule, EventField::RecurrenceDates,
                                       EventField::DeleteExceptionDates, EventField::Class})
      members.set(of_series, false);
  const std::string alone = occurrence_of(event);
  copy_members(event, part.input.event, members);
  complete_end(event, part.input.sent.has(EventField::EndDate));
  settle_times(event);
  if (!is_occurrence) {
    const bool recurs = event.rrule || !event.recurrence_dates.empty();
    event.series = recurs ? event.id : ObjectId();
    if (!recurs) event.delete_exception_dates.clear();
    std::erase_if(event.delete_exception_dates,
                  [&](const EventTime& date) { return !find_occurrence(event, date, true); });
  }
  event.sequence = part.input.sent.has(EventField::Sequence) ? part.input.event.sequence : 0;
  note(event, kStampNote, format_basic_utc(part.stamp));
  if (!alone.empty()) note(event, kOccurrenceNote, alone);
}

std::optional<PartStat> own_answer(const EventData& event, UserId user) {
  const Attendee* line = find_attendee(event, user);
  return line == nullptr ? std::nullopt : std::optional(line->part_stat);
}

[[noreturn]] void refuse_older(const EventData& event) {
  throw ApiError(errors::cal::kOutOfSequence, {std::to_string(event.id.value)});
}

bool is_series_input(const InvitationPart& part) {
  return part.input.event.rrule || !part.input.event.recurrence_dates.empty();
}

}  // namespace

/// Addresses stay addresses: no message from outside names groups and rooms of this server.
void EventWriter::set_people_of_copy(EventData& event, const InvitationPart& part, PartStat answer) {
  event.organizer = part.input.event.organizer;
  if (event.organizer) event.organizer->entity = event.organizer->sent_by_entity = 0;
  std::vector<Attendee> sent = part.input.event.attendees;
  std::erase_if(sent, [&](const Attendee& each) {
    return (each.uri.empty() && each.email.empty()) ||
           parse_entity_uri(caller_.context, each.uri).has_value();
  });
  const std::optional<Attendee> before =
      find_attendee(event, user_) != nullptr ? std::optional(*find_attendee(event, user_)) : std::nullopt;
  const ResolveOptions options{.reach = Reach::CalendarUserOnly, .checks_addresses = false};
  event.attendees = resolve_attendees(people_, sent, before ? std::vector{*before} : std::vector<Attendee>{},
                                      place_, options);
  Attendee* own = find_attendee(event, user_);
  own->part_stat = answer;
  if (answer != PartStat::Delegated) forget_delegate(*own);
  own->is_hidden = false;
  if (!options_.comment.empty()) own->comment = options_.comment;
}

EventData EventWriter::new_copy(const InvitationPart& part, PartStat answer) {
  EventInput input = part.input;
  for (const EventField field : {EventField::Attendees, EventField::Organizer, EventField::Alarms})
    input.sent.set(field, false);
  EventData event = new_event(input, false);
  set_people_of_copy(event, part, answer);
  note(event, kStampNote, format_basic_utc(part.stamp));
  return event;
}

void EventWriter::answer_copy(const EventData& event) {
  if (event.organizer) schedule(SchedulingMethod::Reply, event, {*event.organizer}, {EventField::Attendees});
}

void EventWriter::update_copy(const EventData& stored, const InvitationPart& part,
                              std::optional<PartStat> answer) {
  const Version version = compare_versions(part, stored);
  if (version == Version::Older) refuse_older(stored);
  EventData after = stored;
  if (version == Version::Newer) apply_part(after, part, false);
  const bool is_moved = gains_time(stored, after, caller_.timezone);
  const PartStat before = own_answer(stored, user_).value_or(PartStat::NeedsAction);
  const PartStat own = answer.value_or(is_moved ? PartStat::NeedsAction : before);
  if (version == Version::Newer)
    set_people_of_copy(after, part, own);
  else if (Attendee* line = find_attendee(after, user_)) {
    line->part_stat = own;
    if (own != PartStat::Delegated) forget_delegate(*line);
    line->is_hidden = false;
    if (!options_.comment.empty()) line->comment = options_.comment;
  }
  if (options_.check_conflicts && own != PartStat::Declined && !passes_conflicts(after, {})) return;
  if (version == Version::Same && !answer) return updated_.push_back(stored.id);
  sign(after);
  if (is_series_master(stored))
    for (const EventData& exception : load_exceptions(stored))
      if (!is_series_master(after) || !find_occurrence(after, *exception.recurrence_id, true))
        erase(exception);
  replace(stored, after);
  if (!part.input.original.empty())
    store::store_original(connection_, caller_.context, after.id, part.input.original);
  updated_.push_back(after.id);
  if (answer) answer_copy(after);
}

void EventWriter::store_part_of_copy(const EventData& master, const InvitationPart& part,
                                     std::optional<PartStat> answer, bool replies) {
  const auto slot = find_occurrence(master, *part.input.event.recurrence_id, true);
  if (!slot) return;
  for (const EventData& exception : load_exceptions(master)) {
    if (in_terms_of(*exception.recurrence_id, slot->recurrence_id) != slot->recurrence_id) continue;
    if (compare_versions(part, exception) == Version::Older) return;
    EventData after = exception;
    apply_part(after, part, true);
    const bool is_moved = differs_in_time(exception, after);
    const PartStat before = own_answer(exception, user_).value_or(PartStat::NeedsAction);
    set_people_of_copy(after, part, answer.value_or(is_moved ? PartStat::NeedsAction : before));
    sign(after);
    replace(exception, after);
    updated_.push_back(after.id);
    if (replies) answer_copy(after);
    return;
  }
  EventData exception = new_exception(master, slot->recurrence_id);
  const PartStat before = own_answer(exception, user_).value_or(PartStat::NeedsAction);
  apply_part(exception, part, true);
  const bool is_moved = !(exception.start == slot->start) || !(exception.end == slot->end);
  set_people_of_copy(exception, part, answer.value_or(is_moved ? PartStat::NeedsAction : before));
  store_exception(master, exception, {});
  if (replies) answer_copy(exception);
}

void EventWriter::take_parts(const EventData& master, const Invitation& invitation,
                             std::optional<PartStat> answer) {
  if (!is_series_master(master)) return;
  // An answer to the series is one to all that came with it, and is told once.
  const bool replies = answer && !invitation.main;
  for (const InvitationPart& part : invitation.occurrences) store_part_of_copy(master, part, answer, replies);
}

void EventWriter::take_request(const Invitation& invitation, std::optional<PartStat> answer) {
  std::optional<EventData> whole;
  std::vector<EventData> alone;
  for (store::EventRow& row : store::find_uid(connection_, caller_.context, invitation.uid)) {
    EventData& event = row.event;
    const bool is_copy = event.organizer && event.organizer->entity == 0 && event.calendar_user == user_;
    if (!is_copy || is_exception(event)) continue;
    if (occurrence_of(event).empty())
      whole = std::move(event);
    else
      alone.push_back(std::move(event));
  }
  if (invitation.main) {
    if (whole) {
      update_copy(*whole, *invitation.main, answer);
      if (!conflicts_.empty()) return;
      const auto now = store::find(connection_, caller_.context, whole->id);
      return take_parts(now->event, invitation, answer);
    }
    // The series comes to those who knew single occurrences of it.
    if (is_series_input(*invitation.main))
      for (const EventData& event : alone) erase(event);
    InvitationPart main = *invitation.main;
    main.input.event.uid = invitation.uid;
    main.input.sent.set(EventField::Uid);
    const EventData event = new_copy(main, answer.value_or(PartStat::NeedsAction));
    if (options_.check_conflicts && answer != PartStat::Declined && !passes_conflicts(event, {})) return;
    insert(event, {});
    if (!invitation.main->input.original.empty())
      store::store_original(connection_, caller_.context, event.id, invitation.main->input.original);
    created_.push_back(event.id);
    if (answer) answer_copy(event);
    return take_parts(event, invitation, answer);
  }
  if (whole) return take_parts(*whole, invitation, answer);
  for (const InvitationPart& part : invitation.occurrences) {
    const std::string name = format_recurrence_id(*part.input.event.recurrence_id);
    const auto known = std::find_if(alone.begin(), alone.end(),
                                    [&](const EventData& event) { return occurrence_of(event) == name; });
    if (known != alone.end()) {
      update_copy(*known, part, answer);
      continue;
    }
    InvitationPart single = part;
    // Several occurrences of one series may be told: its uid is theirs, too.
    single.input.sent.set(EventField::Uid, false);
    EventData event = new_copy(single, answer.value_or(PartStat::NeedsAction));
    event.uid = invitation.uid;
    note(event, kOccurrenceNote, name);
    if (options_.check_conflicts && answer != PartStat::Declined && !passes_conflicts(event, {})) return;
    insert(event, {});
    created_.push_back(event.id);
    if (answer) answer_copy(event);
  }
}

void EventWriter::cancel_copy(const EventData& event, const InvitationPart& part, bool removes) {
  const std::int64_t sequence = part.input.sent.has(EventField::Sequence) ? part.input.event.sequence : 0;
  if (sequence < event.sequence) refuse_older(event);
  if (removes) {
    if (is_series_master(event))
      for (const EventData& exception : load_exceptions(event)) erase(exception);
    return erase(event);
  }
  EventData after = event;
  after.status = EventStatus::Cancelled;
  after.is_transparent = true;
  after.sequence = sequence;
  note(after, kStampNote, format_basic_utc(part.stamp));
  sign(after);
  replace(event, after);
  updated_.push_back(after.id);
}

void EventWriter::take_cancel(const Invitation& invitation, bool removes) {
  std::optional<EventData> whole;
  std::vector<EventData> alone;
  for (store::EventRow& row : store::find_uid(connection_, caller_.context, invitation.uid)) {
    EventData& event = row.event;
    const bool is_copy = event.organizer && event.organizer->entity == 0 && event.calendar_user == user_;
    if (!is_copy || is_exception(event)) continue;
    (occurrence_of(event).empty() ? whole.emplace() : alone.emplace_back()) = std::move(event);
  }
  if (invitation.main && whole) return cancel_copy(*whole, *invitation.main, removes);
  if (invitation.main) {
    for (const EventData& event : alone) cancel_copy(event, *invitation.main, removes);
    return;
  }
  for (const InvitationPart& part : invitation.occurrences) {
    const EventTime& id = *part.input.event.recurrence_id;
    for (const EventData& event : alone)
      if (occurrence_of(event) == format_recurrence_id(id)) cancel_copy(event, part, removes);
    if (!whole || !is_series_master(*whole)) continue;
    const auto slot = find_occurrence(*whole, id, true);
    if (!slot) continue;
    std::optional<EventData> exception;
    for (EventData& each : load_exceptions(*whole))
      if (in_terms_of(*each.recurrence_id, slot->recurrence_id) == slot->recurrence_id)
        exception = std::move(each);
    if (exception && !removes) {
      cancel_copy(*exception, part, false);
      continue;
    }
    if (removes) {
      if (exception) erase(*exception);
      EventData after = *whole;
      if (std::find(after.delete_exception_dates.begin(), after.delete_exception_dates.end(),
                    slot->recurrence_id) == after.delete_exception_dates.end())
        after.delete_exception_dates.push_back(slot->recurrence_id);
      settle_times(after);
      sign(after);
      replace(*whole, after);
      updated_.push_back(after.id);
      whole = std::move(after);
      continue;
    }
    EventData cancelled = new_exception(*whole, slot->recurrence_id);
    cancelled.status = EventStatus::Cancelled;
    cancelled.is_transparent = true;
    note(cancelled, kStampNote, format_basic_utc(part.stamp));
    store_exception(*whole, cancelled, {});
  }
}

}  // namespace gw::model::calendar
