// Deleting: for everybody as organizer, for oneself as attendee; whole events, single occurrences, all later
// ones. Source: spec chronos section 8, calendar sections 4 and 7.
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_remover.hpp"
#include "model/calendar/event_search.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"
#include "model/calendar/series_edits.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kRemovedTogether = 100;

std::vector<CalendarUser> everybody_but_organizer(const EventData& event) {
  std::vector<CalendarUser> users;
  for (const Attendee& attendee : event.attendees)
    if (!event.organizer || !stands_for(attendee, *event.organizer)) users.push_back(attendee);
  return users;
}

/// Whom only this occurrence was told of.
std::vector<CalendarUser> only_in(const EventData& exception, const EventData& master) {
  std::vector<CalendarUser> users;
  for (const Attendee& attendee : exception.attendees) {
    const auto is_he = [&](const Attendee& each) { return is_same_attendee(each, attendee); };
    if (std::none_of(master.attendees.begin(), master.attendees.end(), is_he)) users.push_back(attendee);
  }
  return users;
}

void add_date(std::vector<EventTime>& dates, const EventTime& date) {
  const auto place =
      std::lower_bound(dates.begin(), dates.end(), date,
                       [](const EventTime& a, const EventTime& b) { return a.local < b.local; });
  if (place == dates.end() || !(*place == date)) dates.insert(place, date);
}

}  // namespace

/// That attendees may change an event does not let them cancel it for the others.
bool EventWriter::cancels_for_all(const EventData& event) const {
  return place_.is_public || !is_scheduled(event) || is_organizer(event, user_);
}

void EventWriter::remove(const EventRef& ref) {
  const Target target = load(ref);
  check_delete(target.event);
  check_known(target.event);
  const bool for_all = cancels_for_all(target.event);
  if (options_.this_and_future && (target.occurrence || target.master)) {
    const EventData& master = target.occurrence ? target.event : *target.master;
    if (!cancels_for_all(master)) refuse_as_attendee(master);
    return remove_from_here(master, target.occurrence ? *target.occurrence : *target.event.recurrence_id);
  }
  if (target.occurrence) {
    if (for_all) return remove_occurrence(target.event, *target.occurrence, nullptr);
    return withdraw_occurrence(target.event, *target.occurrence);
  }
  if (!target.master) return for_all ? remove_whole(target.event) : withdraw(target.event);
  if (for_all) return remove_occurrence(*target.master, *target.event.recurrence_id, &target.event);
  withdraw(target.event);
  // For him the series has one date less.
  touch(*target.master);
  if (lies_in(*target.master, access_)) updated_.push_back(target.master->id);
}

void EventWriter::remove_whole(const EventData& event) {
  schedule_cancel(event, everybody_but_organizer(event));
  if (is_series_master(event))
    for (const EventData& exception : load_exceptions(event)) {
      schedule_cancel(exception, only_in(exception, event));
      erase(exception);
    }
  erase(event);
}

void EventWriter::remove_occurrence(const EventData& master, const EventTime& original_start,
                                    const EventData* exception) {
  EventData after = master;
  add_date(after.delete_exception_dates, original_start);
  if (!first_occurrence(after)) return remove_whole(master);
  if (exception != nullptr) {
    schedule_cancel(*exception, everybody_but_organizer(*exception));
    erase(*exception);
  } else {
    const EventData occurrence = occurrence_event(master, *find_occurrence(master, original_start, true));
    schedule_cancel(occurrence, everybody_but_organizer(occurrence));
  }
  ++after.sequence;
  sign(after);
  replace(master, after);
  updated_.push_back(master.id);
}

void EventWriter::remove_from_here(const EventData& master, const EventTime& original_start) {
  if (!lies_in(master, access_)) throw ApiError(errors::cal::kNotFound, {std::to_string(master.id.value)});
  SplitSeries parts = split_series(master, original_start);
  if (parts.state == recurrence::SplitState::NoHit)
    throw ApiError(errors::cal::kBadSplit,
                   {std::to_string(master.id.value), format_recurrence_id(original_start)});
  if (parts.state == recurrence::SplitState::IsFirst || !first_occurrence(parts.earlier))
    return remove_whole(master);
  const LocalTime point = parts.later.start.local;
  for (const EventData& exception : load_exceptions(master))
    if (exception.recurrence_id->local >= point) erase(exception);
  EventData& after = parts.earlier;
  ++after.sequence;
  sign(after);
  replace(master, after);
  updated_.push_back(master.id);
  EventEdit edit;
  edit.before = master;
  edit.after = after;
  edit.changed = {EventField::Rrule};
  schedule_change(edit);
}

/// He does not come and does not want to see it any more. When it is rescheduled it comes back.
void EventWriter::withdraw(const EventData& event) {
  EventData without_him = event;
  if (Attendee* own = find_attendee(without_him, user_)) {
    own->part_stat = PartStat::Declined;
    if (!options_.comment.empty()) own->comment = options_.comment;
  }
  schedule_reply(event, without_him);
  if (event.organizer && event.organizer->entity == 0 && !is_exception(event)) {
    // A copy of his own of what somebody elsewhere organizes.
    if (is_series_master(event))
      for (const EventData& exception : load_exceptions(event)) erase(exception);
    return erase(event);
  }
  std::vector<EventData> parts{event};
  if (is_series_master(event))
    for (EventData& exception : load_exceptions(event)) parts.push_back(std::move(exception));
  for (const EventData& part : parts) {
    const Attendee* own = find_attendee(part, user_);
    if (own == nullptr || own->is_hidden) continue;
    Attendee gone = *own;
    gone.part_stat = PartStat::Declined;
    gone.is_hidden = true;
    if (!options_.comment.empty()) gone.comment = options_.comment;
    // The folder may be on its way out.
    if (const Person* person = is_clearing_out_ ? people_.find_user(user_) : nullptr)
      gone.folder = person->calendar;
    store::replace_alarms(connection_, caller_.context, part.id, user_, {});
    EventData after = part;
    store_line(part, after, gone);
    deleted_.push_back({place_.folder, part.id, part.recurrence_id});
  }
}

void EventWriter::withdraw_occurrence(const EventData& master, const EventTime& original_start) {
  EventData exception = new_exception(master, original_start);
  Attendee* own = find_attendee(exception, user_);
  if (own == nullptr) refuse_as_attendee(master);
  own->part_stat = PartStat::Declined;
  own->is_hidden = true;
  if (!options_.comment.empty()) own->comment = options_.comment;
  store_exception(master, exception, std::vector<Alarm>{});
  schedule_reply(master, exception);
}

void EventWriter::clear_out(std::span<const ObjectId> events) {
  is_clearing_out_ = true;
  for (const ObjectId id : events) {
    const auto stored = store::find(connection_, caller_.context, id);
    // Exceptions went with their series.
    if (!stored || !lies_in(stored->event, access_)) continue;
    if (cancels_for_all(stored->event))
      remove_whole(stored->event);
    else
      withdraw(stored->event);
  }
}

void remove_folder_events(Transaction& transaction, FolderId folder, std::optional<UserId> creator) {
  transaction.stamp();
  sql::Connection& connection = transaction.connection();
  auto access = folders::find_as_owner(connection, transaction.work().context(), folder);
  if (!access) return;
  const WriteOptions options;
  EventWriter writer(transaction, std::move(*access), options);
  store::Places places;
  places.folders = {folder};
  places.takers = writer.calendar_users();
  places.in_folder = folder;
  std::vector<ObjectId> masters, others;
  for (const store::Found& found : store::search(connection, transaction.work().context(), places, {},
                                                 {.texts = false, .attendees = false})) {
    const EventData& event = found.row.event;
    // An exception belongs to whoever made the series.
    if (creator && (is_exception(event) || event.created_by != *creator)) continue;
    (is_series_master(event) ? masters : others).push_back(event.id);
  }
  masters.insert(masters.end(), others.begin(), others.end());
  writer.clear_out(masters);
  writer.finish();
}

std::vector<RemoveOutcome> remove(UnitOfWork& work, std::span<const EventRef> refs,
                                  const WriteOptions& options) {
  std::vector<RemoveOutcome> outcomes(refs.size());
  for (std::size_t start = 0; start < refs.size(); start += kRemovedTogether) {
    const std::size_t end = std::min(refs.size(), start + kRemovedTogether);
    work.write([&](Transaction& transaction) {
      for (std::size_t i = start; i < end; ++i) {
        outcomes[i] = {};
        try {
          EventWriter writer(transaction, refs[i].folder, options);
          writer.remove(refs[i]);
          outcomes[i].result = writer.finish();
        } catch (const ApiError& refused) {
          outcomes[i].error = refused;
        }
      }
    });
  }
  return outcomes;
}

}  // namespace gw::model::calendar
