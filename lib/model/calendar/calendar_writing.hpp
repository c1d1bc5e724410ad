// Changing events: scheduling, series and their exceptions, conflicts, rooms, alarms. One transaction each.
// Source: spec chronos 5-9; calendar 3, 4, 6-9; users p3-p7.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/calendar/calendar_reading.hpp"

namespace gw::model::calendar {

/// What a client sent: values, and which members were sent.
struct EventInput {
  EventData event;
  EventFields sent;
  /// Of imports: the component as text. Kept, so that what we know nothing of survives an export.
  std::string original;
};

inline constexpr Millis kAnyVersion{INT64_MAX};

struct WriteOptions {
  bool check_conflicts = false;  ///< of users; rooms and resources are always checked
  Millis known = kAnyVersion;    ///< newer events are CAL-4120
  bool notify_internal = true;
  std::string comment;
  /// Answers speak of occurrences in `range` instead of masters.
  bool expand = false;
  std::optional<TimeRange> range;
  EventFields fields = EventFields::all();
  bool this_and_future = false;  ///< with a recurrence id: the series is split there
};

struct Conflict {
  bool is_hard = false;
  std::vector<Attendee> attendees;  ///< at most 5
  SeenEvent event;                  ///< reduced to what the caller may see
};

/// Perspective of the request's folder. With conflicts nothing was stored.
struct CalendarResult {
  std::vector<SeenEvent> created, updated;
  std::vector<EventRef> deleted;
  std::vector<Conflict> conflicts;
  Millis timestamp;
};

/// Errors: CAL-4031 right, 4220 mandatory member, 4221, 4229, 4001, 4002, 4223, 4034, 4039, 4090, 4222,
/// 42210, 5070, 5071, 5073, 5074; QUOTA. Attendees are resolved: users, groups (with their members),
/// resources, addresses; the folder's owner is organizer and attendee.
CalendarResult create(UnitOfWork& work, FolderId folder, const EventInput& input,
                      const WriteOptions& options);
/// Changes what was sent. With `ref.recurrence_id` an exception is made or changed; with
/// options.this_and_future the series is split. Errors: those of create; CAL-4040..4042, 4120, 4121, 4038,
/// 4035, 4033, 4060.., 4061, 4063, 4227.
CalendarResult update(UnitOfWork& work, const EventRef& ref, const EventInput& input,
                      const WriteOptions& options);

/// The same as a part of another transaction: an event together with its files.
CalendarResult create(Transaction& transaction, FolderId folder, const EventInput& input,
                      const WriteOptions& options);
CalendarResult update(Transaction& transaction, const EventRef& ref, const EventInput& input,
                      const WriteOptions& options);

struct RemoveOutcome {
  CalendarResult result;
  std::optional<ApiError> error;
};
/// Each alone. As organizer it is cancelled for everybody, as attendee declined and hidden.
std::vector<RemoveOutcome> remove(UnitOfWork& work, std::span<const EventRef> refs,
                                  const WriteOptions& options);
/// The caller's (or the folder owner's) own line of attendance; `alarms` replaces his alarms.
CalendarResult update_attendee(UnitOfWork& work, const EventRef& ref, const Attendee& attendee,
                               const std::optional<std::vector<Alarm>>& alarms, const WriteOptions& options);
/// Errors: CAL-4224..4226 and those of update.
CalendarResult move(UnitOfWork& work, const EventRef& ref, FolderId target, const WriteOptions& options);
/// Errors: CAL-4038, 4035 (switched off, outsiders among the attendees), 40310 of one
/// occurrence.
CalendarResult change_organizer(UnitOfWork& work, const EventRef& ref, const CalendarUser& organizer,
                                const WriteOptions& options);
/// Replaces the calendar user's alarms. Errors: CAL-4005, 5074.
CalendarResult update_alarms(UnitOfWork& work, const EventRef& ref, std::span<const Alarm> alarms,
                             const WriteOptions& options);
/// Errors: CAL-4049.
CalendarResult acknowledge_alarm(UnitOfWork& work, const EventRef& ref, std::int64_t alarm);
CalendarResult snooze_alarm(UnitOfWork& work, const EventRef& ref, std::int64_t alarm, Milliseconds time);

/// An import: organizer and attendees are dropped, each component alone, series with their exceptions
/// together.
struct ImportOutcome {
  ObjectId id;
  std::optional<ApiError> error;
  std::vector<ApiError> warnings;
  Millis timestamp;
};
std::vector<ImportOutcome> import_events(UnitOfWork& work, FolderId folder,
                                         std::span<const EventInput> masters,
                                         std::span<const std::vector<EventInput>> exceptions);

}  // namespace gw::model::calendar
