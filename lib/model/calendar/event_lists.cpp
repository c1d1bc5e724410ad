// Lists of events: of a folder, of the caller, unanswered ones; and alarms that are due.
#include <algorithm>
#include <set>

#include "core/errors/calendar.hpp"
#include "model/calendar/event_places.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kMostTriggers = 1'000;

/// An exception that takes place where its series would have it.
bool is_in_place(const EventData& exception, const EventData& master) {
  return exception.recurrence_id &&
         in_terms_of(*exception.recurrence_id, exception.start) == exception.start &&
         duration_of(exception) == duration_of(master);
}

}  // namespace

std::vector<SeenEvent> list_folder(UnitOfWork& work, FolderId id, const ReadOptions& options) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const folders::FolderAccess folder = load_readable_folder(connection, caller, id);
  EventPlaces places(connection, caller);
  EventView view(connection, caller, options);
  auto found =
      store::search(connection, caller.context, places_of(folder), condition_of(options), view.parts());
  check_rows(found, options);
  for (store::Found& hit : found) {
    const Perspective seen = places.through(folder, hit.row.event);
    view.add(std::move(hit.row), seen);
  }
  return view.finish();
}

std::vector<SeenEvent> list_own(UnitOfWork& work, const ReadOptions& options) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  EventPlaces places(connection, caller);
  EventView view(connection, caller, options);
  auto found =
      store::search(connection, caller.context, places.own_places(), condition_of(options), view.parts());
  check_rows(found, options);
  std::set<ObjectId> known;
  for (store::Found& hit : found) {
    const auto seen = places.as_participant(hit.row.event);
    if (seen && known.insert(hit.row.event.id).second) view.add(std::move(hit.row), *seen);
  }
  return view.finish();
}

std::vector<SeenEvent> list_needs_action(UnitOfWork& work, const ReadOptions& asked) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  ReadOptions options = asked;
  options.expand = false;
  EventPlaces places(connection, caller);
  EventView view(connection, caller, options);
  store::Condition condition = condition_of(options);
  condition.part_stat = PartStat::NeedsAction;
  auto found =
      store::search(connection, caller.context, {.takers = {caller.user.value}}, condition, view.parts());
  check_rows(found, options);
  std::map<ObjectId, EventData> masters;
  for (const store::Found& hit : found)
    if (is_series_master(hit.row.event)) masters.emplace(hit.row.event.id, hit.row.event);
  for (store::Found& hit : found) {
    const EventData& event = hit.row.event;
    if (const auto master = masters.find(event.series);
        master != masters.end() && is_exception(event) && is_in_place(event, master->second))
      continue;
    if (const auto seen = places.as_participant(event)) view.add(std::move(hit.row), *seen);
  }
  return view.finish();
}

std::vector<AlarmTrigger> pending_alarms(UnitOfWork& work, Millis until,
                                         std::span<const std::string> actions) {
  std::vector<AlarmTrigger> pending;
  for (store::Trigger& due : store::due_triggers(work.connection(), work.context(), work.caller().user, until,
                                                 actions, kMostTriggers))
    pending.push_back(
        {due.alarm, due.event, due.folder, parse_time(due.recurrence_id), std::move(due.action), due.at});
  return pending;
}

}  // namespace gw::model::calendar
