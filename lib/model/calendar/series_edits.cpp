#include "model/calendar/series_edits.hpp"

#include <algorithm>

#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kMostCompared = 1'000;
constexpr Millis kYearOne{-62'135'596'800'000};
constexpr std::int64_t kSecondsOfDay = LocalTime::kDaySeconds;

EventTime slot_at(const EventData& master, LocalTime wall) {
  if (master.start.kind == TimeKind::Date) wall = LocalTime::at_midnight(wall.date());
  return start_time_at(master, wall);
}

bool hits(const EventData& master, LocalTime wall) {
  return find_occurrence(master, slot_at(master, wall), true).has_value();
}

LocalTime on_day_of(LocalTime day, LocalTime time) {
  return {LocalTime::at_midnight(day.date()).seconds + time.second_of_day()};
}

Attendee* find_same(std::vector<Attendee>& attendees, const Attendee& wanted) {
  const auto found = std::find_if(attendees.begin(), attendees.end(),
                                  [&](const Attendee& each) { return is_same_attendee(each, wanted); });
  return found == attendees.end() ? nullptr : &*found;
}
const Attendee* find_same(const std::vector<Attendee>& attendees, const Attendee& wanted) {
  const auto found = std::find_if(attendees.begin(), attendees.end(),
                                  [&](const Attendee& each) { return is_same_attendee(each, wanted); });
  return found == attendees.end() ? nullptr : &*found;
}

/// What the organizer decides of somebody who takes part.
bool has_same_part(const Attendee& a, const Attendee& b) {
  return a.cu_type == b.cu_type && a.role == b.role && a.cn == b.cn && a.rsvp == b.rsvp &&
         a.member == b.member && a.parameters == b.parameters;
}
void take_part_from(Attendee& to, const Attendee& from) {
  to.cu_type = from.cu_type;
  to.role = from.role;
  to.cn = from.cn;
  to.rsvp = from.rsvp;
  to.member = from.member;
  to.parameters = from.parameters;
}

bool inherit_attendees(EventData& exception, const EventData& before, const EventData& after) {
  bool changes = false;
  for (const Attendee& gone : before.attendees) {
    if (find_same(after.attendees, gone) != nullptr) continue;
    changes |= std::erase_if(exception.attendees,
                             [&](const Attendee& each) { return is_same_attendee(each, gone); }) > 0;
  }
  for (const Attendee& now : after.attendees) {
    const Attendee* was = find_same(before.attendees, now);
    Attendee* there = find_same(exception.attendees, now);
    if (was == nullptr && there == nullptr) {
      exception.attendees.push_back(now);
      changes = true;
    } else if (was != nullptr && there != nullptr && !has_same_part(*was, now) &&
               has_same_part(*was, *there)) {
      take_part_from(*there, now);
      changes = true;
    }
  }
  return changes;
}

}  // namespace

SlotMap::SlotMap(const EventData& before, const EventData& after)
    : before_(before), after_(after), slots_(after) {
  const LocalTime old_start = before.start.local, new_start = after.start.local;
  shift_ = new_start.second_of_day() - old_start.second_of_day();
  const std::int64_t days = std::int64_t{new_start.date().days} - old_start.date().days;
  if (days == 0) return;
  const bool begins_elsewhere =
      hits(before, on_day_of(new_start, old_start)) || hits(after, on_day_of(old_start, new_start));
  if (!begins_elsewhere) shift_ += days * kSecondsOfDay;
}

EventTime SlotMap::move(const EventTime& original_start) const {
  const LocalTime wall = in_terms_of(original_start, before_.start).local;
  return slot_at(after_, {wall.seconds + shift_});
}

std::optional<EventTime> SlotMap::find(const EventTime& original_start) const {
  const auto found = slots_.find(move(original_start), true);
  return found ? std::optional(found->recurrence_id) : std::nullopt;
}

void keep_end(EventData& after, const EventData& before) {
  recurrence::Series was = series_of(before), is = series_of(after);
  if (!was.rule || !was.rule->until || !is.rule) return;
  was.extra.clear();
  is.extra.clear();
  const auto old_last = recurrence::last_occurrence(was, recurrence::Include::All);
  if (!old_last) return;
  // Without its end the new series is seen where it hits, wherever the old UNTIL lies.
  EventData endless = after;
  recurrence::Rule rule = *is.rule;
  rule.until.reset();
  endless.rrule = recurrence::format_rule(rule);
  const LocalTime last = SlotMap(before, endless).move(start_time_at(before, old_last->start)).local;
  const auto new_last = recurrence::last_occurrence(is, recurrence::Include::All);
  if (new_last && new_last->start == last) return;
  is.rule->until = recurrence::until_at(is, last);
  after.rrule = recurrence::format_rule(*is.rule);
}

bool is_in_original_slot(const EventData& exception, const OccurrenceFinder& series) {
  const auto slot = series.find(*exception.recurrence_id, true);
  return slot && in_terms_of(exception.start, slot->start) == slot->start &&
         in_terms_of(exception.end, slot->end) == slot->end && exception.start.kind == slot->start.kind;
}

bool differs_in_time(const EventData& a, const EventData& b) {
  const EventFields times{EventField::StartDate, EventField::EndDate, EventField::Rrule,
                          EventField::RecurrenceDates, EventField::DeleteExceptionDates};
  return !differing_members(a, b, times).is_empty();
}

bool gains_time(const EventData& before, const EventData& after, const TimeZone& viewer) {
  if (!differs_in_time(before, after)) return false;
  if (span_of(after).until > span_of(before).until) return true;
  const TimeRange always{kYearOne, {recurrence::kEndless.value + 1}};
  const auto now = occurrences_in(
      after, {.range = always, .viewer = viewer, .left_out = {}, .most = kMostCompared, .last_hit = {}});
  if (now.empty()) return false;
  const TimeRange same{now.front().from, {now.back().until.value + 1}};
  const auto old = occurrences_in(
      before, {.range = same, .viewer = viewer, .left_out = {}, .most = 2 * kMostCompared, .last_hit = {}});
  std::size_t next = 0;
  for (const Occurrence& occurrence : now) {
    while (next < old.size() && old[next].until < occurrence.until) ++next;
    if (next == old.size() || old[next].from > occurrence.from) return true;
  }
  return false;
}

void reset_answers(EventData& event, UserId keeps) {
  for (Attendee& attendee : event.attendees) {
    attendee.is_hidden = false;
    const store::Kind kind = store::kind_of(attendee);
    if (kind == store::Kind::Resource || kind == store::Kind::Group) continue;
    if (kind == store::Kind::User && attendee.entity == keeps.value) continue;
    attendee.part_stat = PartStat::NeedsAction;
    attendee.comment.reset();
  }
}

bool inherit_from_master(EventData& exception, const EventData& before, const EventData& after) {
  bool changes = inherit_members(exception, before, after);
  changes |= inherit_attendees(exception, before, after);
  if (exception.organizer != after.organizer) {
    exception.organizer = after.organizer;
    changes = true;
  }
  return changes;
}

bool inherit_answer(EventData& exception, const EventData& master_before, const Attendee& before,
                    const Attendee& after) {
  Attendee* there = find_same(exception.attendees, before);
  if (there == nullptr || there->is_hidden != before.is_hidden ||
      !is_in_original_slot(exception, OccurrenceFinder(master_before)))
    return false;
  bool changes = false;
  if (there->part_stat == before.part_stat && there->part_stat != after.part_stat) {
    there->part_stat = after.part_stat;
    changes = true;
  }
  if (there->comment == before.comment && there->comment != after.comment) {
    there->comment = after.comment;
    changes = true;
  }
  if (there->is_transparent == before.is_transparent && there->is_transparent != after.is_transparent) {
    there->is_transparent = after.is_transparent;
    changes = true;
  }
  return changes;
}

SplitSeries split_series(const EventData& master, const EventTime& at) {
  const recurrence::Series series = series_of(master);
  const recurrence::Split split = recurrence::split_at(series, recurrence_id_of(at));
  if (split.state != recurrence::SplitState::Ok) return {split.state, {}, {}};
  SplitSeries parts{split.state, master, master};
  const LocalTime point = split.after.start;
  parts.earlier.rrule = recurrence::format_rule(*split.before.rule);
  parts.later.rrule = recurrence::format_rule(*split.after.rule);
  const auto is_before = [&](const EventTime& date) {
    return series.wall_of(recurrence_id_of(date)) < point;
  };
  const auto is_after = [&](const EventTime& date) { return !is_before(date); };
  for (const auto dates : {&EventData::recurrence_dates, &EventData::delete_exception_dates}) {
    std::erase_if(parts.earlier.*dates, is_after);
    std::erase_if(parts.later.*dates, is_before);
  }
  if (const auto first = find_occurrence(master, at, true)) {
    // Where clocks skip the time of the rule this occurrence shows another one; later ones do not.
    const std::int64_t skipped = first->start.local.seconds - point.seconds;
    parts.later.start = start_time_at(master, point);
    parts.later.end = first->end;
    parts.later.end.local.seconds -= skipped;
  }
  return parts;
}

}  // namespace gw::model::calendar
