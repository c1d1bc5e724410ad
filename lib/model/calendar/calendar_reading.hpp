// Reading events: rights, masking of private ones, expansion of series, flags. Every face (chronos, classic
// calendar, export, search, free/busy, push) reads through here, so what is hidden is hidden at one place.
// Source: spec chronos 1-7, 10; calendar 5, 7, 8.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "model/calendar/event_data.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

/// Largest answer; more is CAL-5072.
inline constexpr std::size_t kMostEvents = 1'000;

/// An event as clients name it. `recurrence_id`: one occurrence of a series.
struct EventRef {
  FolderId folder;
  ObjectId event;
  std::optional<EventTime> recurrence_id;
};

/// Overlap: end > from and start < until.
struct TimeRange {
  Millis from, until;
};

struct ReadOptions {
  EventFields fields = EventFields::all();
  std::optional<TimeRange> range;
  bool expand = false;  ///< masters are replaced by their occurrences in the range
  EventField sort = EventField::StartDate;
  bool is_descending = false;
  std::size_t most = kMostEvents;  ///< 0: no limit (export, counts)
};

/// Errors: CAL-4040 no such event, or one of class PRIVATE that is not the caller's; 4041 not in this folder,
/// 4042 no such occurrence, 4030 no read right; folder errors as folders give them. Without recurrence_id the
/// master. Of CONFIDENTIAL ones others get the block of time.
SeenEvent get(UnitOfWork& work, const EventRef& ref, EventFields fields = EventFields::all());
/// In the order asked for; unknown and unreadable ones are left out.
std::vector<SeenEvent> list_refs(UnitOfWork& work, std::span<const EventRef> refs, EventFields fields);
/// One folder. Errors: CAL-4030, CAL-5072. Cost: folder access, one select over the time index, one each for
/// attendees, alarms, attachments when their fields are asked for.
std::vector<SeenEvent> list_folder(UnitOfWork& work, FolderId folder, const ReadOptions& options);
/// "All my events": wherever the caller takes part, and his own folders.
std::vector<SeenEvent> list_own(UnitOfWork& work, const ReadOptions& options);
/// Events where the caller has not answered; a series once as master unless an exception was rescheduled.
std::vector<SeenEvent> list_needs_action(UnitOfWork& work, const ReadOptions& options);
/// By id or uid, from the caller's perspective.
std::optional<SeenEvent> resolve(UnitOfWork& work, std::string_view id_or_uid, EventFields fields);
/// The exceptions of a series as the reader of `folder` sees them.
std::vector<SeenEvent> list_exceptions(UnitOfWork& work, FolderId folder, ObjectId series,
                                       EventFields fields);
/// `pattern` with `*` and `?` over the summary; no folders: all the caller reads.
std::vector<SeenEvent> search(UnitOfWork& work, std::string_view pattern, std::span<const FolderId> folders,
                              const ReadOptions& options);

struct EventUpdates {
  std::vector<SeenEvent> changed;
  std::vector<EventRef> removed;
  Millis timestamp;
};
/// After `since`, from one state of the database. Errors: as list_folder; the resync error of contacts'
/// `updates` when `since` is older than the tombstones.
EventUpdates updates(UnitOfWork& work, FolderId folder, Millis since, const ReadOptions& options);
/// Over all folders where the caller takes part.
EventUpdates updates_own(UnitOfWork& work, Millis since, const ReadOptions& options);

enum class BusyType { Free = 0, Tentative = 1, Busy = 2, Unavailable = 3 };
struct BusySlot {
  Millis from, until;
  BusyType type = BusyType::Busy;
  /// Only what the caller may see; nothing when he may see no more than the slot.
  std::optional<SeenEvent> event;
};
struct AttendeeBusy {
  Attendee attendee;
  std::vector<BusySlot> slots;
  std::optional<ApiError> warning;  ///< outside addresses, unknown entities
};
/// Users and resources. `masked`: an event or series that is left out. `is_merged`: adjacent slots joined,
/// the strongest wins where they overlap.
std::vector<AttendeeBusy> free_busy(UnitOfWork& work, std::span<const Attendee> attendees, TimeRange range,
                                    ObjectId masked = {}, bool is_merged = false);

struct AlarmTrigger {
  std::int64_t alarm = 0;
  ObjectId event;
  FolderId folder;
  std::optional<EventTime> recurrence_id;
  std::string action;
  Millis at;
};
/// Due before `until`, not acknowledged, of these actions. Cost: one select over the due-time index.
std::vector<AlarmTrigger> pending_alarms(UnitOfWork& work, Millis until,
                                         std::span<const std::string> actions);

}  // namespace gw::model::calendar
