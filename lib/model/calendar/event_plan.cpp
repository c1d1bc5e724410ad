// What an update means, before anything of it is written: members, attendees, exceptions that follow,
// answers, numbers. Source: spec chronos sections 3, 5 and 8, calendar section 4.
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/series_edits.hpp"
#include "recurrence/rule.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;

constexpr EventFields kSeriesMembers{EventField::Rrule, EventField::RecurrenceDates,
                                     EventField::DeleteExceptionDates};

std::string id_text(const EventData& event) { return std::to_string(event.id.value); }

/// Clients send whole events back: another spelling of the same rule is no change.
void keep_same_rule(EventData& after, const EventData& before) {
  if (!after.rrule || !before.rrule || after.rrule == before.rrule || !(after.start == before.start)) return;
  const auto now = recurrence::parse_rule(*after.rrule), was = recurrence::parse_rule(*before.rrule);
  const bool is_day = after.start.kind == TimeKind::Date;
  if (was.state == recurrence::RuleState::Ok &&
      recurrence::means_same(now.rule, was.rule, after.start.local, is_day))
    after.rrule = before.rrule;
}

bool has_same_rule(const EventData& a, const EventData& b) {
  if (!a.rrule || !b.rrule) return false;
  const auto one = recurrence::parse_rule(*a.rrule), other = recurrence::parse_rule(*b.rrule);
  return one.state == recurrence::RuleState::Ok && other.state == one.state && one.rule == other.rule;
}

/// Single, series, or no series any more.
void settle_series(EventData& event) {
  const bool recurs = event.rrule || !event.recurrence_dates.empty();
  if (recurs) {
    event.series = event.id;
    return;
  }
  event.series = {};
  event.delete_exception_dates.clear();
}

void check_fixed_members(const EventData& before, const EventInput& input, bool is_part) {
  if (input.sent.has(EventField::Uid) && !input.event.uid.empty() && input.event.uid != before.uid)
    throw ApiError(cal::kForbiddenChange, {id_text(before), "uid"});
  if (input.sent.has(EventField::Sequence) && input.event.sequence < before.sequence)
    throw ApiError(cal::kOutOfSequence, {id_text(before)});
  if (!input.sent.has(EventField::Organizer) || !input.event.organizer || !before.organizer) return;
  const CalendarUser& sent = *input.event.organizer;
  if (sent.entity == 0 && sent.uri.empty()) return;
  const bool is_same = sent.entity != 0 ? sent.entity == before.organizer->entity
                                        : address_of_uri(sent.uri) == address_of_uri(before.organizer->uri);
  if (is_same) return;
  if (is_part) throw ApiError(cal::kDifferentOrganizers);
  throw ApiError(cal::kForbiddenChange, {id_text(before), "organizer"});
}

/// Of exceptions: they are of the series' class and repeat nothing.
void check_exception_members(const EventData& before, const EventInput& input, const EventData& master) {
  if (input.sent.has(EventField::Class) && input.event.classification != master.classification)
    throw ApiError(cal::kClassDiffers);
  if (!input.sent.has(EventField::Rrule) || !input.event.rrule || input.event.rrule == master.rrule) return;
  const auto now = recurrence::parse_rule(*input.event.rrule);
  const auto is = recurrence::parse_rule(master.rrule.value_or(""));
  if (now.state == is.state && now.rule == is.rule) return;
  throw ApiError(cal::kForbiddenChange, {id_text(before), "rrule"});
}

const Attendee* find_line(const std::vector<Attendee>& attendees, UserId user) {
  for (const Attendee& attendee : attendees)
    if (attendee.entity == user.value && attendee.cu_type == CuType::Individual) return &attendee;
  return nullptr;
}

/// His own answer is the only one that somebody may send along.
void take_answer(Attendee& own, const Attendee& sent) {
  own.part_stat = sent.part_stat;
  own.comment = sent.comment;
  if (sent.part_stat != PartStat::Declined) own.is_hidden = false;
}

}  // namespace

void EventWriter::plan_members(EventEdit& edit, const EventInput& input, const EventData* master) {
  const EventData& before = edit.before;
  check_fixed_members(before, input, master != nullptr);
  EventFields sent = both_of(input.sent, changeable_members());
  if (master != nullptr) {
    check_exception_members(before, input, *master);
    sent = without(sent, kSeriesMembers);
    sent.set(EventField::Class, false);
  }
  EventData& after = edit.after;
  copy_members(after, input.event, sent);
  if (sent.has(EventField::StartDate) || sent.has(EventField::EndDate)) complete_end(after, true);
  if (!(after.start == before.start) && has_same_rule(after, before)) keep_end(after, before);
  settle_times(after);
  keep_same_rule(after, before);
  if (master == nullptr) settle_series(after);
  edit.changed = differing_members(before, after, changeable_members());
  if (is_series_master(after)) {
    // Where the client said nothing new about deleted dates they move with the series.
    if (is_series_master(before) && !edit.changed.has(EventField::DeleteExceptionDates) &&
        differs_in_time(before, after)) {
      const SlotMap slots(before, after);
      std::vector<EventTime> moved;
      for (const EventTime& date : before.delete_exception_dates)
        if (auto slot = slots.find(date)) moved.push_back(std::move(*slot));
      after.delete_exception_dates = std::move(moved);
    }
    const OccurrenceFinder occurrences(after);
    std::erase_if(after.delete_exception_dates,
                  [&](const EventTime& date) { return !occurrences.find(date, true); });
    edit.changed = differing_members(before, after, changeable_members());
  }
}

void EventWriter::plan_attendees(EventEdit& edit, const EventInput& input) {
  EventData& after = edit.after;
  if (!input.sent.has(EventField::Attendees)) return;
  ResolveOptions options{.checks_addresses = work_.settings().check_mail_addresses};
  // In a public folder writers need not take part.
  const bool adds_writer = !place_.is_public || find_attendee(after, user_) != nullptr;
  std::vector<Attendee> resolved =
      resolve_attendees(people_, input.event.attendees, after.attendees, place_, options);
  if (!adds_writer && find_line(input.event.attendees, user_) == nullptr)
    std::erase_if(resolved,
                  [&](const Attendee& each) { return is_internal_user(each) && each.entity == user_.value; });
  after.attendees = std::move(resolved);
  if (const Attendee* sent = find_line(input.event.attendees, user_))
    if (Attendee* own = find_attendee(after, user_);
        own != nullptr && find_attendee(edit.before, user_) != nullptr)
      take_answer(*own, *sent);
  if (after.organizer && after.organizer->entity != 0 &&
      find_attendee(after, UserId(after.organizer->entity)) == nullptr)
    throw ApiError(cal::kOrganizerNotAttendee);
}

/// Who only takes part: his own answer, his own view of free or busy, his alarms.
void EventWriter::plan_as_attendee(EventEdit& edit, const EventInput& input) {
  Attendee* own = find_attendee(edit.after, user_);
  if (own == nullptr) refuse_as_attendee(edit.before);
  EventFields changed = edit.changed;
  if (changed.has(EventField::Transp)) {
    own->is_transparent = edit.after.is_transparent;
    changed.set(EventField::Transp, false);
  }
  if (!changed.is_empty()) refuse_as_attendee(edit.before);
  copy_members(edit.after, edit.before, changeable_members());
  edit.after.series = edit.before.series;
  edit.changed = {};
  if (!input.sent.has(EventField::Attendees)) return;
  // The others are sent back as they are: nobody may come or go.
  const auto names = [&](const Attendee& wanted, const std::vector<Attendee>& list) {
    return std::any_of(list.begin(), list.end(), [&](const Attendee& each) {
      return is_same_attendee(each, wanted) || (!each.uri.empty() && each.uri == wanted.uri);
    });
  };
  const bool adds = std::any_of(input.event.attendees.begin(), input.event.attendees.end(),
                                [&](const Attendee& each) { return !names(each, edit.before.attendees); });
  const bool drops = std::any_of(edit.before.attendees.begin(), edit.before.attendees.end(),
                                 [&](const Attendee& each) { return !names(each, input.event.attendees); });
  if (adds || drops) throw ApiError(cal::kForbiddenAttendeeChange, {id_text(edit.before), ""});
  if (const Attendee* sent = find_line(input.event.attendees, user_)) take_answer(*own, *sent);
}

/// Exceptions follow their series: to their new place, with what they had in common, or away with it.
void EventWriter::plan_exceptions(EventEdit& edit, std::vector<EventData> exceptions) {
  const EventData &before = edit.before, &after = edit.after;
  if (exceptions.empty()) return;
  if (!is_series_master(after)) {
    edit.dropped = std::move(exceptions);
    return;
  }
  const bool moves = differs_in_time(before, after);
  const SlotMap slots(before, after);
  const OccurrenceFinder old_slots(before), new_slots(after);
  const auto is_deleted = [&](const EventTime& date) {
    const auto& dates = after.delete_exception_dates;
    return std::find(dates.begin(), dates.end(), date) != dates.end();
  };
  for (EventData& exception : exceptions) {
    EventEdit::Exception change{exception, exception, false};
    EventData& now = change.after;
    if (moves) {
      const auto slot = slots.find(*exception.recurrence_id);
      if (!slot || is_deleted(*slot)) {
        edit.dropped.push_back(std::move(exception));
        continue;
      }
      if (is_in_original_slot(exception, old_slots)) {
        const auto occurrence = new_slots.find(*slot, true);
        now.start = occurrence->start;
        now.end = occurrence->end;
      }
      change.changes =
          now.recurrence_id != *slot || !(now.start == exception.start) || !(now.end == exception.end);
      now.recurrence_id = *slot;
    }
    if (inherit_from_master(now, before, after)) change.changes = true;
    if (gains_time(change.before, now, caller_.timezone)) reset_answers(now, user_);
    edit.exceptions.push_back(std::move(change));
  }
}

void EventWriter::plan_numbers(EventEdit& edit, const EventInput& input) {
  EventData& after = edit.after;
  const bool is_weighty = !both_of(edit.changed, weighty_members()).is_empty() ||
                          !edit.attendees.added.empty() || !edit.attendees.removed.empty();
  if (is_weighty) ++after.sequence;
  if (input.sent.has(EventField::Sequence)) after.sequence = std::max(after.sequence, input.event.sequence);
  for (EventEdit::Exception& exception : edit.exceptions) {
    if (!exception.changes) continue;
    if (is_weighty) ++exception.after.sequence;
    sign(exception.after);
  }
  sign(after);
}

void EventWriter::check_edit(const EventEdit& edit) const {
  // What was stored is not looked at again: the folder may have changed its kind since then.
  if (edit.changed.has(EventField::Class) || !edit.attendees.added.empty())
    check_class(edit.after, is_own_private_folder());
}

void EventWriter::plan(EventEdit& edit, const EventInput& input, std::vector<EventData> exceptions,
                       const EventData* master) {
  edit.after = edit.before;
  plan_members(edit, input, master);
  if (acts_as_organizer(edit.before))
    plan_attendees(edit, input);
  else
    plan_as_attendee(edit, input);
  edit.is_rescheduled = gains_time(edit.before, edit.after, caller_.timezone);
  if (edit.is_rescheduled) reset_answers(edit.after, user_);
  edit.attendees = compare_attendees(edit.before.attendees, edit.after.attendees);
  if (input.sent.has(EventField::Alarms)) {
    const auto stored = store::load_alarms(connection_, caller_.context, edit.before.id);
    const auto own = stored.find(user_);
    const std::vector<Alarm> none;
    edit.alarms = changed_alarms(input.event.alarms, own == stored.end() ? none : own->second, transaction_);
  }
  check_edit(edit);
  plan_exceptions(edit, std::move(exceptions));
  if (!edit.is_nothing()) plan_numbers(edit, input);
}

}  // namespace gw::model::calendar
