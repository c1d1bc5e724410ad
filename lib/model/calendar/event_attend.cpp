// Answers: of the calendar user himself, of deputies for him, of organizers for people outside.
// Source: spec chronos section 6 (updateAttendee), calendar section 5 (confirm).
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/delegation.hpp"
#include "model/calendar/event_audience.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/series_edits.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;

/// The line with what was sent of it.
Attendee answered(const Attendee& line, const Attendee& sent) {
  Attendee answer = line;
  answer.part_stat = sent.part_stat;
  if (sent.comment) answer.comment = sent.comment->empty() ? std::nullopt : sent.comment;
  if (sent.is_transparent) answer.is_transparent = sent.is_transparent;
  answer.is_hidden = false;
  if (answer.part_stat != PartStat::Delegated) forget_delegate(answer);
  return answer;
}

void set_line(EventData& event, const Attendee& answer) {
  for (Attendee& each : event.attendees)
    if (is_same_attendee(each, answer)) each = answer;
}

}  // namespace

/// Whose line is meant, as it is stored.
Attendee EventWriter::line_to_answer(const EventData& event, const Attendee& sent) {
  std::string address = address_of_uri(sent.uri);
  if (address.empty()) address = sent.email;
  std::int64_t entity = sent.entity;
  if (entity == 0 && !address.empty())
    if (const auto user = people_.user_with(address)) entity = user->value;
  const bool names_nobody = entity == 0 && address.empty() && sent.uri.empty();
  if (names_nobody || entity == user_.value) {
    if (const Attendee* own = find_attendee(event, user_)) return *own;
    throw ApiError(cal::kAttendeeNotFound, {std::to_string(user_.value), std::to_string(event.id.value)});
  }
  const std::string name = sent.uri.empty() ? std::to_string(entity) : sent.uri;
  // People outside cannot answer here themselves.
  if (entity != 0 || !acts_as_organizer(event))
    throw ApiError(cal::kForbiddenAttendeeChange, {std::to_string(event.id.value), name});
  CalendarUser wanted;
  wanted.uri = sent.uri.empty() ? mail_uri(address) : sent.uri;
  for (const Attendee& each : event.attendees)
    if (each.entity == 0 && is_same_user(each, wanted)) return each;
  throw ApiError(cal::kAttendeeNotFound, {name, std::to_string(event.id.value)});
}

void EventWriter::check_answer(const EventData& event) const {
  if (!may_read(access_.rights, is_own(event, caller_)) && find_attendee(event, caller_.user) == nullptr)
    throw ApiError(cal::kNoRead, {std::to_string(place_.folder.value)});
  // For himself everybody may answer where he reads; for the owner of a folder only who may write there.
  if (user_ != caller_.user) check_write(event);
}

void EventWriter::update_attendee(const EventRef& ref, const Attendee& attendee,
                                  const std::optional<std::vector<Alarm>>& alarms) {
  Target target = load(ref);
  check_answer(target.event);
  check_known(target.event);
  const Attendee before = line_to_answer(target.event, attendee);
  const Attendee answer = answered(before, attendee);
  if (!target.occurrence) return store_answer(target.event, before, answer, alarms);
  if (answer == before && !alarms) return updated_.push_back(target.event.id);
  EventData exception = new_exception(target.event, *target.occurrence);
  set_line(exception, answer);
  std::optional<std::vector<Alarm>> own;
  if (alarms) own = identified_alarms(*alarms, {}, transaction_);
  store_exception(target.event, exception, own);
  schedule_reply(target.event, exception);
}

void EventWriter::store_line(const EventData& before, EventData& after, const Attendee& answer) {
  set_line(after, answer);
  sign(after);
  const auto place = std::find_if(after.attendees.begin(), after.attendees.end(),
                                  [&](const Attendee& each) { return is_same_attendee(each, answer); });
  store::update_attendee(connection_, caller_.context, after,
                         static_cast<std::size_t>(place - after.attendees.begin()));
  store::drop_original(connection_, caller_.context, after.id);
  settle_tombstones(transaction_, &before, &after);
  touch_series_of(before, after);
  settle_alarms(after);
  raise_change(transaction_, ChangeKind::Updated, place_.folder, &before, &after);
}

void EventWriter::store_answer(const EventData& event, const Attendee& before, const Attendee& answer,
                               const std::optional<std::vector<Alarm>>& alarms) {
  updated_.push_back(event.id);
  std::optional<std::vector<Alarm>> own;
  if (alarms) own = changed_alarms(*alarms, own_alarms(event.id), transaction_);
  if (own) store::replace_alarms(connection_, caller_.context, event.id, user_, *own);
  if (answer == before && !own) return;
  EventData after = event;
  store_line(event, after, answer);
  if (answer == before) return;
  if (is_series_master(event)) {
    for (const EventData& exception : load_exceptions(event)) {
      EventData now = exception;
      if (!inherit_answer(now, event, before, answer)) continue;
      const auto line = std::find_if(now.attendees.begin(), now.attendees.end(),
                                     [&](const Attendee& each) { return is_same_attendee(each, answer); });
      store_line(exception, now, Attendee(*line));
      if (lies_in(now, access_)) updated_.push_back(now.id);
    }
  }
  schedule_reply(event, after);
}

std::vector<Alarm> EventWriter::own_alarms(ObjectId event) {
  const store::AlarmsOf found = store::load_alarms(connection_, caller_.context, user_, std::span(&event, 1));
  const auto own = found.find(event);
  return own == found.end() ? std::vector<Alarm>{} : own->second;
}

CalendarResult update_attendee(UnitOfWork& work, const EventRef& ref, const Attendee& attendee,
                               const std::optional<std::vector<Alarm>>& alarms, const WriteOptions& options) {
  EventInput input;
  input.event.attendees = {attendee};
  input.sent.set(EventField::Attendees);
  check_sent(input);
  if (alarms) check_alarms(*alarms);
  CalendarResult result;
  work.write([&](Transaction& transaction) {
    EventWriter writer(transaction, ref.folder, options);
    writer.update_attendee(ref, attendee, alarms);
    result = writer.finish();
  });
  return result;
}

}  // namespace gw::model::calendar
