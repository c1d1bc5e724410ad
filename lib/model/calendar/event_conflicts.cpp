#include "model/calendar/event_conflicts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_search.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

/// Candidates of series may have many more occurrences than the new event in the same time.
constexpr std::size_t kMostOfCandidate = 10 * kMostBookedOccurrences;

/// The day that runs for the caller: what ended before it conflicts with nothing.
Millis begin_of_today(const UnitOfWork& work) {
  const TimeZone& zone = work.caller().timezone;
  return zone.to_instant(LocalTime::at_midnight(zone.local_at(work.now()).date()));
}

bool takes_time(const EventData& event, const Attendee& attendee) {
  return !attendee.is_transparent.value_or(event.is_transparent);
}

bool comes(const Attendee& attendee) {
  return !attendee.is_hidden && attendee.part_stat != PartStat::Declined;
}

bool is_same_event(const EventData& a, const EventData& b) {
  return a.id == b.id || (a.series && a.series == b.series);
}

std::vector<Attendee> checked_users(const EventData& event) {
  std::vector<Attendee> users;
  for (const Attendee& attendee : event.attendees)
    if (is_internal_user(attendee) && comes(attendee) && takes_time(event, attendee))
      users.push_back(attendee);
  return users;
}

std::vector<Attendee> checked_resources(const EventData& event) {
  std::vector<Attendee> resources;
  for (const Attendee& attendee : event.attendees)
    if (is_resource(attendee) && attendee.part_stat != PartStat::Declined) resources.push_back(attendee);
  return resources;
}

/// Those of `wanted` for whom the other event takes time.
std::vector<Attendee> busy_in(const EventData& other, const std::vector<Attendee>& wanted) {
  std::vector<Attendee> busy;
  for (const Attendee& attendee : wanted) {
    const auto there = std::find_if(other.attendees.begin(), other.attendees.end(),
                                    [&](const Attendee& each) { return is_same_attendee(each, attendee); });
    if (there == other.attendees.end() || !comes(*there) || !takes_time(other, *there)) continue;
    busy.push_back(attendee);
    if (busy.size() == kMostConflictingAttendees) break;
  }
  return busy;
}

/// One search for conflicts of one kind.
class ConflictSearch {
 public:
  ConflictSearch(UnitOfWork& work, const ConflictCheck& check) : work_(work), check_(check) {}
  void run(store::Kind kind, const std::vector<Attendee>& wanted, std::vector<Conflict>& conflicts);

 private:
  void compare(const EventData& other, const std::vector<EventTime>& left_out, bool is_hard,
               const std::vector<Attendee>& busy, std::vector<Conflict>& conflicts);
  void add(const EventData& other, const Occurrence& at, bool is_hard, const std::vector<Attendee>& busy,
           std::vector<Conflict>& conflicts);
  void expand_own(std::size_t most);
  [[nodiscard]] TimeRange window() const;
  std::map<ObjectId, std::vector<EventTime>> left_out_of(const std::vector<store::Found>& found);
  EventData reduced(const EventData& other);

  UnitOfWork& work_;
  const ConflictCheck& check_;
  std::vector<Occurrence> own_;
};

void ConflictSearch::expand_own(std::size_t most) {
  const TimeRange range{begin_of_today(work_), {recurrence::kEndless.value + 1}};
  own_ = occurrences_in(check_.event, {.range = range,
                                       .viewer = work_.caller().timezone,
                                       .left_out = check_.left_out,
                                       .most = most,
                                       .last_hit = {}});
}

/// All that the occurrences cover; a moment more, so that one without length is found, too.
TimeRange ConflictSearch::window() const {
  TimeRange window{own_.front().from, own_.front().until};
  for (const Occurrence& occurrence : own_) {
    window.from = std::min(window.from, occurrence.from);
    window.until = std::max(window.until, occurrence.until);
  }
  ++window.until.value;
  return window;
}

std::map<ObjectId, std::vector<EventTime>> ConflictSearch::left_out_of(
    const std::vector<store::Found>& found) {
  std::vector<ObjectId> masters;
  for (const store::Found& each : found)
    if (is_series_master(each.row.event)) masters.push_back(each.row.event.id);
  std::map<ObjectId, std::vector<EventTime>> left_out;
  if (masters.empty()) return left_out;
  const store::Parts parts{.texts = false, .attendees = false};
  for (const store::EventRow& row : store::exceptions_of(work_.connection(), work_.context(), masters, parts))
    if (row.event.recurrence_id) left_out[row.event.series].push_back(*row.event.recurrence_id);
  return left_out;
}

void ConflictSearch::run(store::Kind kind, const std::vector<Attendee>& wanted,
                         std::vector<Conflict>& conflicts) {
  if (wanted.empty()) return;
  const bool is_hard = kind == store::Kind::Resource;
  expand_own(is_hard ? kMostBookedOccurrences : kMostComparedOccurrences);
  if (own_.empty()) return;
  store::Places places;
  places.kind = kind;
  for (const Attendee& attendee : wanted) places.takers.push_back(attendee.entity);
  store::Condition condition;
  condition.range = window();
  // What is left out of a room's events would be booked twice.
  if (!is_hard) condition.most = kMostComparedEvents;
  const std::vector<store::Found> found = store::search(work_.connection(), work_.context(), places,
                                                        condition, {.texts = false, .attendees = true});
  std::set<ObjectId> seen;
  const auto left_out = left_out_of(found);
  for (const store::Found& each : found) {
    const EventData& other = each.row.event;
    // It comes once for each who takes part in it.
    if (!seen.insert(other.id).second) continue;
    if (is_same_event(other, check_.event) || other.status == EventStatus::Cancelled) continue;
    // What nobody else may know of shows nowhere; a room that is taken is taken all the same.
    if (!is_hard && sight_by_class(other, work_.caller().user) == Sight::Nothing) continue;
    const std::vector<Attendee> busy = busy_in(other, wanted);
    if (busy.empty()) continue;
    const auto mine = left_out.find(other.id);
    compare(other, mine == left_out.end() ? std::vector<EventTime>{} : mine->second, is_hard, busy,
            conflicts);
    if (conflicts.size() >= kMostConflicts) return;
  }
}

void ConflictSearch::compare(const EventData& other, const std::vector<EventTime>& left_out, bool is_hard,
                             const std::vector<Attendee>& busy, std::vector<Conflict>& conflicts) {
  const auto theirs = occurrences_in(other, {.range = window(),
                                             .viewer = work_.caller().timezone,
                                             .left_out = left_out,
                                             .most = kMostOfCandidate,
                                             .last_hit = {}});
  std::size_t found = 0, first = 0;
  for (const Occurrence& mine : own_) {
    const TimeRange range{mine.from, mine.until};
    // Both ascend: what ended before this one begins is of no interest to later ones.
    while (first < theirs.size() && theirs[first].until <= mine.from && theirs[first].from < mine.from)
      ++first;
    for (std::size_t i = first; i < theirs.size() && theirs[i].from <= mine.until; ++i) {
      const bool meets =
          overlaps(theirs[i].from, theirs[i].until, range) ||
          (mine.from == mine.until && theirs[i].from <= mine.from && mine.from < theirs[i].until);
      if (!meets) continue;
      add(other, theirs[i], is_hard, busy, conflicts);
      if (++found == kMostPerSeries || conflicts.size() == kMostConflicts) return;
    }
  }
}

void ConflictSearch::add(const EventData& other, const Occurrence& at, bool is_hard,
                         const std::vector<Attendee>& busy, std::vector<Conflict>& conflicts) {
  Conflict conflict;
  conflict.is_hard = is_hard;
  conflict.attendees = busy;
  conflict.event.event = reduced(is_series_master(other) ? occurrence_event(other, at) : other);
  conflicts.push_back(std::move(conflict));
}

/// What the caller may see of an event that is in his way.
EventData ConflictSearch::reduced(const EventData& other) {
  EventData shown;
  shown.id = other.id;
  shown.series = other.series;
  shown.recurrence_id = other.recurrence_id;
  shown.start = other.start;
  shown.end = other.end;
  shown.created_by = other.created_by;
  shown.is_transparent = other.is_transparent;
  shown.timestamp = other.timestamp;
  const Caller& caller = work_.caller();
  FolderId folder;
  if (other.folder || find_attendee(other, caller.user) != nullptr) folder = folder_for(other, caller.user);
  const bool takes_part = find_attendee(other, caller.user) != nullptr || is_organizer(other, caller.user) ||
                          other.created_by == caller.user;
  std::vector<FolderId> places{folder};
  for (const Attendee& attendee : other.attendees)
    if (!takes_part && places.size() < kMostConflictingAttendees && attendee.folder)
      places.push_back(attendee.folder);
  for (const FolderId place : places) {
    if (!place) continue;
    const auto access = folders::find_access(work_.connection(), caller, place);
    if (!access || access->module != ObjectModule::Calendar) continue;
    if (sight_in(other, *access, caller) != Sight::Everything) continue;
    shown.folder = place;
    break;
  }
  if (!takes_part && !shown.folder) return shown;
  copy_members(shown, other, {EventField::Summary, EventField::Location});
  return shown;
}

}  // namespace

std::vector<ResourceId> resources_of(const EventData& event) {
  std::vector<ResourceId> resources;
  for (const Attendee& attendee : event.attendees)
    if (is_resource(attendee)) resources.emplace_back(attendee.entity);
  return resources;
}

std::vector<Conflict> find_conflicts(UnitOfWork& work, const ConflictCheck& check) {
  std::vector<Conflict> conflicts;
  if (check.event.status == EventStatus::Cancelled) return conflicts;
  ConflictSearch search(work, check);
  if (check.with_resources) search.run(store::Kind::Resource, checked_resources(check.event), conflicts);
  if (check.with_users) search.run(store::Kind::User, checked_users(check.event), conflicts);
  return conflicts;
}

}  // namespace gw::model::calendar
