// Single events: by id and folder, by uid, occurrences and exceptions of series.
#include <algorithm>
#include <array>
#include <set>

#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/calendar/event_places.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

namespace cal = errors::cal;

std::string number_of(ObjectId id) { return std::to_string(id.value); }

/// One occurrence of a stored event: itself, an exception, or a time of the series.
struct Picked {
  ObjectId event;  ///< 0: there is none
  std::optional<Occurrence> occurrence;
};

/// `marks`: the exceptions of the event, as the calendar user of the perspective has them.
Picked pick(const EventData& event, const std::optional<EventTime>& recurrence_id,
            const std::vector<store::ExceptionMark>& marks) {
  if (!recurrence_id) return {event.id, {}};
  const auto is_named = [&](const EventTime& original) {
    return recurrence_id_of(in_terms_of(*recurrence_id, original)) == recurrence_id_of(original);
  };
  if (!is_series_master(event))
    return {event.recurrence_id && is_named(*event.recurrence_id) ? event.id : ObjectId(), {}};
  for (const store::ExceptionMark& mark : marks)
    if (is_named(mark.recurrence_id)) return {mark.is_seen ? mark.id : ObjectId(), {}};
  auto occurrence = find_occurrence(event, *recurrence_id);
  return {occurrence ? event.id : ObjectId(), std::move(occurrence)};
}

[[noreturn]] void throw_no_occurrence(const EventRef& ref) {
  throw ApiError(cal::kOccurrenceNotFound,
                 {number_of(ref.event), ref.recurrence_id ? format_recurrence_id(*ref.recurrence_id) : ""});
}

/// Errors: as get.
Perspective load_perspective(sql::Connection& connection, const Caller& caller, EventPlaces& places,
                             const EventData& event, FolderId asked) {
  // Who takes part reads it even where he may not see the folder.
  if (auto own = places.as_participant(event); own && own->folder == asked) return *own;
  const folders::FolderAccess folder = load_calendar_folder(connection, caller, asked);
  const std::string id = number_of(event.id);
  if (!lies_in(event, folder)) {
    // Telling that it is elsewhere would tell that it exists.
    if (!places.best(event)) throw ApiError(cal::kNotFound, {id});
    throw ApiError(cal::kNotInFolder, {id, std::to_string(asked.value)});
  }
  // What is hidden by its class does not exist for the caller.
  if (sight_by_class(event, caller.user) == Sight::Nothing) throw ApiError(cal::kNotFound, {id});
  if (!may_read(folder.rights, is_own(event, caller)))
    throw ApiError(cal::kNoRead, {std::to_string(asked.value)});
  return places.through(folder, event);
}

/// Reading of many references: each table once.
class RefReader {
 public:
  RefReader(sql::Connection& connection, const Caller& caller, EventView& view)
      : connection_(connection), caller_(caller), places_(connection, caller), view_(view) {}

  void read(std::span<const EventRef> refs) {
    std::vector<ObjectId> ids;
    for (const EventRef& ref : refs) ids.push_back(ref.event);
    load(ids);
    load_exceptions(refs);
    for (const EventRef& ref : refs) add(ref);
  }

 private:
  void load(std::vector<ObjectId> ids) {
    std::erase_if(ids, [&](ObjectId id) { return rows_.contains(id); });
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (store::EventRow& row : store::find_each(connection_, caller_.context, ids, view_.parts()))
      rows_.emplace(row.event.id, std::move(row));
  }

  /// What is asked for as an occurrence may be an exception of its own.
  void load_exceptions(std::span<const EventRef> refs) {
    std::map<UserId, std::set<ObjectId>> series;
    for (const EventRef& ref : refs) {
      const auto row = rows_.find(ref.event);
      if (!ref.recurrence_id || row == rows_.end() || !is_series_master(row->second.event)) continue;
      if (const auto seen = perspective(row->second.event, ref.folder))
        series[seen->calendar_user].insert(ref.event);
    }
    std::vector<ObjectId> exceptions;
    for (const auto& [user, ids] : series) {
      marks_[user] = store::exception_marks(connection_, caller_.context, user,
                                            std::vector<ObjectId>(ids.begin(), ids.end()));
      for (const auto& [id, marks] : marks_[user])
        for (const store::ExceptionMark& mark : marks) exceptions.push_back(mark.id);
    }
    load(std::move(exceptions));
  }

  void add(const EventRef& ref) {
    const auto asked = rows_.find(ref.event);
    if (asked == rows_.end()) return;
    const auto seen = perspective(asked->second.event, ref.folder);
    if (!seen) return;
    Picked picked = pick(asked->second.event, ref.recurrence_id, marks_[seen->calendar_user][ref.event]);
    const auto row = rows_.find(picked.event);
    if (row == rows_.end()) return;
    const auto seen_there = perspective(row->second.event, ref.folder);
    if (!seen_there) return;
    if (picked.occurrence)
      view_.add(row->second, *seen_there, std::move(*picked.occurrence));
    else
      view_.add(row->second, *seen_there);
  }

  std::optional<Perspective> perspective(const EventData& event, FolderId asked) {
    if (auto own = places_.as_participant(event); own && own->folder == asked) return own;
    const folders::FolderAccess* folder = places_.find(asked);
    if (folder == nullptr || !lies_in(event, *folder)) return std::nullopt;
    return places_.through(*folder, event);
  }

  sql::Connection& connection_;
  const Caller& caller_;
  EventPlaces places_;
  EventView& view_;
  std::map<ObjectId, store::EventRow> rows_;
  std::map<UserId, store::ExceptionsOf> marks_;
};

}  // namespace

SeenEvent get(UnitOfWork& work, const EventRef& ref, EventFields fields) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  EventPlaces places(connection, caller);
  const ReadOptions options{.fields = fields};
  EventView view(connection, caller, options);
  auto row = store::find(connection, caller.context, ref.event, view.parts());
  if (!row) {
    load_calendar_folder(connection, caller, ref.folder);
    throw ApiError(cal::kNotFound, {number_of(ref.event)});
  }
  Perspective seen = load_perspective(connection, caller, places, row->event, ref.folder);
  store::ExceptionsOf marks;
  if (ref.recurrence_id && is_series_master(row->event))
    marks = store::exception_marks(connection, caller.context, seen.calendar_user, std::array{ref.event});
  Picked picked = pick(row->event, ref.recurrence_id, marks[ref.event]);
  if (picked.event != ref.event) {
    row = picked.event ? store::find(connection, caller.context, picked.event, view.parts()) : std::nullopt;
    if (!row) throw_no_occurrence(ref);
    seen = load_perspective(connection, caller, places, row->event, ref.folder);
  }
  if (picked.occurrence)
    view.add(std::move(*row), seen, std::move(*picked.occurrence));
  else
    view.add(std::move(*row), seen);
  return std::move(view.finish_in_order().front());
}

std::vector<SeenEvent> list_refs(UnitOfWork& work, std::span<const EventRef> refs, EventFields fields) {
  const ReadOptions options{.fields = fields};
  EventView view(work.connection(), work.caller(), options);
  RefReader(work.connection(), work.caller(), view).read(refs);
  return view.finish_in_order();
}

std::optional<SeenEvent> resolve(UnitOfWork& work, std::string_view id_or_uid, EventFields fields) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  EventPlaces places(connection, caller);
  const ReadOptions options{.fields = fields};
  EventView view(connection, caller, options);
  std::vector<store::EventRow> rows;
  if (const auto id = parse_integer(id_or_uid))
    if (auto row = store::find(connection, caller.context, ObjectId(*id), view.parts()))
      rows.push_back(std::move(*row));
  if (rows.empty()) rows = store::find_uid(connection, caller.context, id_or_uid, view.parts());
  // His own part in it first: others may have copies of the same meeting.
  for (const bool only_own : {true, false})
    for (const store::EventRow& row : rows) {
      const auto seen = only_own ? places.as_participant(row.event) : places.best(row.event);
      if (!seen) continue;
      view.add(row, *seen);
      return std::move(view.finish_in_order().front());
    }
  return std::nullopt;
}

std::vector<SeenEvent> list_exceptions(UnitOfWork& work, FolderId id, ObjectId series, EventFields fields) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  const folders::FolderAccess folder = load_readable_folder(connection, caller, id);
  EventPlaces places(connection, caller);
  const ReadOptions options{.fields = fields};
  EventView view(connection, caller, options);
  for (store::EventRow& row :
       store::exceptions_of(connection, caller.context, std::array{series}, view.parts())) {
    if (!lies_in(row.event, folder)) continue;
    const Perspective seen = places.through(folder, row.event);
    view.add(std::move(row), seen);
  }
  return view.finish_in_order();
}

}  // namespace gw::model::calendar
