// The tables of events: every SQL statement of this folder is behind this header. No rights, no rules, no
// stamps here. Reading more than single events: event_search.hpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/event_data.hpp"
#include "sql/connection.hpp"

namespace gw::model::calendar::store {

/// A stored event. `event.folder` is the public folder, or 0 where the attendees' folders count.
struct EventRow {
  EventData event;
  std::int64_t number_of_attachments = 0;
  Millis newest_attachment;
  /// When something of it may happen, in any zone of a viewer; of a series all of it. Computed by insert and
  /// update.
  Millis range_from, range_until;
  /// Series with COUNT: start of the last time the rule hits.
  std::optional<LocalTime> last_hit;
};

/// Members of an event row that are read on demand, because they are long or live in other tables.
struct Parts {
  bool texts = true;  ///< description, extended
  bool attendees = true;
};

/// Who takes part, as the table of attendees keys them. Stored: never renumber.
enum class Kind { Outside = 0, User = 1, Group = 2, Resource = 3 };
Kind kind_of(const Attendee& attendee);

// --- events ---------------------------------------------------------------------------------------------

std::optional<EventRow> find(sql::Connection& connection, ContextId context, ObjectId id, Parts parts = {});
/// Those that exist, in no order.
std::vector<EventRow> find_each(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids,
                                Parts parts = {});
/// The exceptions of these series, ascending by series and original start.
std::vector<EventRow> exceptions_of(sql::Connection& connection, ContextId context,
                                    std::span<const ObjectId> series, Parts parts = {});
/// Where an exception of a series stands, for one user.
struct ExceptionMark {
  ObjectId id;
  EventTime recurrence_id;
  bool is_seen = false;  ///< false: he was taken out of it, or hid it
};
using ExceptionsOf = std::map<ObjectId, std::vector<ExceptionMark>>;
/// By series, ascending by original start. Cost: one select for each 256 series.
ExceptionsOf exception_marks(sql::Connection& connection, ContextId context, UserId user,
                             std::span<const ObjectId> series);
/// Every event with this uid, of whatever calendar user: masters and single ones first. Not those of feeds.
std::vector<EventRow> find_uid(sql::Connection& connection, ContextId context, std::string_view uid,
                               Parts parts = {});
/// Another event or series than `except` has this uid in the calendars of one of these users: it is his own
/// copy, or he takes part in it.
bool is_uid_taken(sql::Connection& connection, ContextId context, std::string_view uid,
                  std::span<const UserId> users, ObjectId except);

/// The row and those of its attendees. `event.timestamp` is the stamp. Alarms and attachments are not
/// written.
void insert(sql::Connection& connection, ContextId context, const EventData& event);
enum class Attendees { Keep, Replace };
/// All columns. The rows of attendees get the new times and the stamp, or are written anew.
void update(sql::Connection& connection, ContextId context, const EventData& event, Attendees attendees);
/// One row of attendees, at its place in `event.attendees`; the event gets its stamp, modifier and sequence.
void update_attendee(sql::Connection& connection, ContextId context, const EventData& event,
                     std::size_t position);
/// Only the stamps (of the event and of its attendees' rows): alarms or exceptions of it changed.
void touch(sql::Connection& connection, ContextId context, ObjectId id, Millis stamp);
void set_attachments(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t number,
                     Millis newest, UserId modifier, Millis stamp);
/// Rows with attendees, alarms, triggers and original text. Not the exceptions of a series.
void remove(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids);

/// Which of these uids the context knows, those of feeds apart.
std::set<std::string, std::less<>> known_uids(sql::Connection& connection, ContextId context,
                                              std::span<const std::string_view> uids);

/// The bytes an event came with as iCalendar.
void store_original(sql::Connection& connection, ContextId context, ObjectId id, std::string_view text);
/// The same of an event that is new: it has none yet.
void insert_original(sql::Connection& connection, ContextId context, ObjectId id, std::string_view text);
void drop_original(sql::Connection& connection, ContextId context, ObjectId id);
std::optional<std::string> find_original(sql::Connection& connection, ContextId context, ObjectId id);

// --- alarms and their due times -------------------------------------------------------------------------

using AlarmsOf = std::map<ObjectId, std::vector<Alarm>>;
/// Of one user, ascending by id.
AlarmsOf load_alarms(sql::Connection& connection, ContextId context, UserId user,
                     std::span<const ObjectId> events);
/// Of everybody.
std::map<UserId, std::vector<Alarm>> load_alarms(sql::Connection& connection, ContextId context,
                                                 ObjectId event);
struct OwnedAlarm {
  UserId user;
  ObjectId event;
  Alarm alarm;
};
std::optional<OwnedAlarm> find_alarm(sql::Connection& connection, ContextId context, std::int64_t alarm);
/// Their ids must be set (Transaction::next_id).
void replace_alarms(sql::Connection& connection, ContextId context, ObjectId event, UserId user,
                    std::span<const Alarm> alarms);

/// The next time an alarm is due. `recurrence_id` as format_time gives it (event_time.hpp), empty for single
/// events.
struct Trigger {
  UserId user;
  std::int64_t alarm = 0;
  ObjectId event;
  std::string recurrence_id;
  Millis at;
  std::string action;
  FolderId folder;  ///< where the user sees the event
};
/// Replaces those of the event, of everybody or of one user.
void replace_triggers(sql::Connection& connection, ContextId context, ObjectId event,
                      std::span<const Trigger> triggers);
void replace_triggers(sql::Connection& connection, ContextId context, ObjectId event, UserId user,
                      std::span<const Trigger> triggers);
/// Ascending by time, at most `most`.
std::vector<Trigger> due_triggers(sql::Connection& connection, ContextId context, UserId user, Millis until,
                                  std::span<const std::string> actions, std::size_t most);
/// Errors: empty when it is another user's, or not due any more.
std::optional<Trigger> find_trigger(sql::Connection& connection, ContextId context, UserId user,
                                    std::int64_t alarm);

// --- booking ----------------------------------------------------------------------------------------------

/// Writes the guard row of each resource, in ascending order: whoever comes second waits, and on Galera one
/// of them fails at COMMIT and is replayed. Call before looking for conflicts.
void guard_resources(sql::Connection& connection, ContextId context, std::vector<ResourceId> resources,
                     Millis stamp);

// --- zones ------------------------------------------------------------------------------------------------

/// Events whose index of times was made with other zone data than this process has, ascending, at most
/// `most`.
std::vector<ObjectId> outdated_events(sql::Connection& connection, ContextId context, std::size_t most);
/// Makes the index of one event anew. Nothing that clients see changes, so there is no stamp.
void refresh_times(sql::Connection& connection, ContextId context, const EventData& event);

// --- accounts, counts ------------------------------------------------------------------------------------

/// Masters, exceptions and single events of the context, but those of feeds; stops counting at `limit`.
std::int64_t count_context(sql::Connection& connection, ContextId context, std::int64_t limit);
/// His rows among the attendees become those of somebody outside; what he made is his heir's. Alarms and due
/// times go with the rows of the account (contexts/context_rows).
void forget_user(sql::Connection& connection, ContextId context, UserId user, UserId heir, Millis stamp);

}  // namespace gw::model::calendar::store
