// Lists of events: of a folder, of the caller, unanswered ones, by search; and alarms that are due.
#include <algorithm>
#include <set>

#include "core/errors/calendar.hpp"
#include "model/calendar/event_places.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/account_folders.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kMostTriggers = 1'000;

/// Rows to read at most. Series are rows that may have nothing in the range, and some are hidden from the
/// caller; but what is far beyond the limit is refused without reading it all.
std::size_t row_limit(const ReadOptions& options) {
  constexpr std::size_t kRowsForOne = 10;
  return kRowsForOne * options.most;
}

store::Condition condition_of(const ReadOptions& options) {
  return {.range = options.range, .most = row_limit(options)};
}

void check_rows(const std::vector<store::Found>& found, const ReadOptions& options) {
  if (options.most > 0 && found.size() > row_limit(options))
    throw ApiError(errors::cal::kTooManyEvents, {std::to_string(options.most)});
}

/// What the caller takes part in, and his calendars.
store::Places own_places(EventPlaces& places, const Caller& caller) {
  return {.folders = places.own(), .takers = {caller.user.value}};
}

/// An exception that takes place where its series would have it.
bool is_in_place(const EventData& exception, const EventData& master) {
  return exception.recurrence_id &&
         in_terms_of(*exception.recurrence_id, exception.start) == exception.start &&
         duration_of(exception) == duration_of(master);
}

class EventSearch {
 public:
  EventSearch(UnitOfWork& work, std::string_view pattern, const ReadOptions& options)
      : connection_(work.connection()),
        caller_(work.caller()),
        options_(options),
        pattern_(pattern, PatternKind::Substring),
        places_(connection_, caller_),
        view_(connection_, caller_, options) {
    condition_ = condition_of(options);
    if (std::string piece = pattern_.piece(); !piece.empty()) condition_.pieces.push_back(std::move(piece));
  }

  void look_in(const folders::FolderAccess& folder) { look_in(places_of(folder), &folder); }
  void look_everywhere() {
    look_in(own_places(places_, caller_), nullptr);
    store::Places open;
    for (const folders::FolderAccess* folder : places_.readable()) {
      if (is_public_folder(*folder) || folders::is_account_folder(folder->id))
        open.folders.push_back(folder->id);
      else if (folder->type == folders::FolderType::Shared)
        look_in(*folder);
    }
    look_in(open, nullptr);
  }
  std::vector<SeenEvent> finish() { return view_.finish(); }

 private:
  void look_in(const store::Places& where, const folders::FolderAccess* folder) {
    const auto found = store::search(connection_, caller_.context, where, condition_, view_.parts());
    check_rows(found, options_);
    for (const store::Found& hit : found) {
      const EventData& event = hit.row.event;
      const auto seen =
          folder != nullptr ? std::optional(places_.through(*folder, event)) : places_.best(event);
      // Only what is seen can be found by it.
      if (!seen || seen->sight != Sight::Everything || !pattern_.matches(event.summary)) continue;
      if (known_.emplace(event.id, seen->folder).second) view_.add(hit.row, *seen);
    }
  }

  sql::Connection& connection_;
  const Caller& caller_;
  const ReadOptions& options_;
  TextPattern pattern_;
  EventPlaces places_;
  EventView view_;
  store::Condition condition_;
  std::set<std::pair<ObjectId, FolderId>> known_;
};

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
  auto found = store::search(connection, caller.context, own_places(places, caller), condition_of(options),
                             view.parts());
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

std::vector<SeenEvent> search(UnitOfWork& work, std::string_view pattern, std::span<const FolderId> folders,
                              const ReadOptions& options) {
  const int least = work.settings().limits.minimum_search_characters;
  if (count_literal_characters(pattern) < static_cast<std::size_t>(std::max(least, 0)))
    throw ApiError(errors::cal::kQueryTooShort, {std::to_string(least)});
  EventSearch search(work, pattern, options);
  if (folders.empty()) search.look_everywhere();
  for (const FolderId folder : folders)
    search.look_in(load_readable_folder(work.connection(), work.caller(), folder));
  return search.finish();
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
