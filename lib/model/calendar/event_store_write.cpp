// Writing rows of events, of their attendees, of their original texts, and the guards of resources.
#include <algorithm>

#include "model/calendar/event_rows.hpp"
#include "model/calendar/store_statement.hpp"

namespace gw::model::calendar::store {
namespace {

constexpr std::string_view kInsertEvent = "INSERT INTO events (cid,number_of_attachments,newest_attachment";
constexpr std::string_view kUpdateEvent = "UPDATE events SET ";
constexpr std::string_view kWhereEvent = " WHERE cid=? AND id=?";
constexpr std::string_view kInsertAttendee =
    "INSERT INTO event_attendees (cid,event,range_from,range_until,is_long,stamp";
constexpr std::string_view kUpdateAttendee = "UPDATE event_attendees SET stamp=?";
constexpr std::string_view kWhereAttendee = " WHERE cid=? AND event=? AND position=?";
constexpr std::string_view kDeleteAttendees = "DELETE FROM event_attendees WHERE cid=? AND event=?";
constexpr std::string_view kMoveAttendees =
    "UPDATE event_attendees SET range_from=?,range_until=?,is_long=?,stamp=? WHERE cid=? AND event=?";
constexpr std::string_view kRefreshAttendees =
    "UPDATE event_attendees SET range_from=?,range_until=?,is_long=? WHERE cid=? AND event=?";
constexpr std::string_view kRefreshEvent =
    "UPDATE events SET range_from=?,range_until=?,is_long=?,last_hit=?,tzdata=? WHERE cid=? AND id=?";
constexpr std::string_view kOutdated = "SELECT id FROM events WHERE cid=? AND tzdata<>? ORDER BY id LIMIT ?";
constexpr std::string_view kTouchEvent =
    "UPDATE events SET stamp=?,last_modified=?,modified_by=?,sequence_number=? WHERE cid=? AND id=?";
constexpr std::string_view kStampEvent = "UPDATE events SET stamp=?,last_modified=? WHERE cid=? AND id=?";
constexpr std::string_view kStampAttendees = "UPDATE event_attendees SET stamp=? WHERE cid=? AND event=?";
constexpr std::string_view kSetEventAttachments =
    "UPDATE events SET number_of_attachments=?,newest_attachment=?,modified_by=?,last_modified=?,stamp=? "
    "WHERE "
    "cid=? AND id=?";
constexpr std::string_view kRemoveEvent = "DELETE FROM events WHERE cid=? AND id=?";
constexpr std::string_view kRemoveAlarms = "DELETE FROM event_alarms WHERE cid=? AND event=?";
constexpr std::string_view kRemoveTriggers = "DELETE FROM event_triggers WHERE cid=? AND event=?";
constexpr std::string_view kRemoveOriginal = "DELETE FROM event_originals WHERE cid=? AND event=?";
constexpr std::string_view kInsertOriginal = "INSERT INTO event_originals (cid,event,content) VALUES (?,?,?)";
constexpr std::string_view kInsertGuard = "INSERT INTO resource_guards (cid,resource,stamp) VALUES (?,?,?)";

void insert_attendees(sql::Connection& connection, ContextId context, const RenderedEvent& rendered) {
  const EventData& event = rendered.event;
  for (std::size_t i = 0; i < event.attendees.size(); ++i) {
    const RenderedAttendee attendee(event.attendees[i], static_cast<std::int64_t>(i));
    std::string sql(kInsertAttendee);
    std::vector<sql::Value> values{sql::to_value(context),
                                   sql::to_value(event.id),
                                   sql::to_value(rendered.span.from),
                                   sql::to_value(rendered.span.until),
                                   sql::to_value(rendered.is_long()),
                                   sql::to_value(event.timestamp)};
    for (const AttendeeColumn& column : attendee_columns()) {
      sql += ',';
      sql += column.name;
      values.push_back(column.bind(attendee));
    }
    sql += ") VALUES (" + sql::placeholders(values.size()) + ")";
    connection.enqueue_values(sql, values);
  }
}

}  // namespace

void insert(sql::Connection& connection, ContextId context, const EventData& event) {
  const RenderedEvent rendered(event);
  std::string sql(kInsertEvent);
  std::vector<sql::Value> values{sql::to_value(context), sql::to_value(0), sql::to_value(0)};
  for (const EventColumn& column : event_columns()) {
    sql += ',';
    sql += column.name;
    values.push_back(column.bind(rendered));
  }
  sql += ") VALUES (" + sql::placeholders(values.size()) + ")";
  connection.enqueue_values(sql, values);
  insert_attendees(connection, context, rendered);
}

void update(sql::Connection& connection, ContextId context, const EventData& event, Attendees attendees) {
  const RenderedEvent rendered(event);
  std::string sql(kUpdateEvent);
  std::vector<sql::Value> values;
  for (const EventColumn& column : event_columns()) {
    if (column.name == "id") continue;
    if (!values.empty()) sql += ',';
    sql += column.name;
    sql += "=?";
    values.push_back(column.bind(rendered));
  }
  sql += kWhereEvent;
  values.push_back(sql::to_value(context));
  values.push_back(sql::to_value(event.id));
  connection.enqueue_values(sql, values);
  if (attendees == Attendees::Keep) {
    connection.enqueue(kMoveAttendees, rendered.span.from, rendered.span.until, rendered.is_long(),
                       event.timestamp, context, event.id);
  } else {
    connection.enqueue(kDeleteAttendees, context, event.id);
    insert_attendees(connection, context, rendered);
  }
}

std::vector<ObjectId> outdated_events(sql::Connection& connection, ContextId context, std::size_t most) {
  std::vector<ObjectId> ids;
  sql::Query row = connection.query(kOutdated, context, loaded_tzdata(), most);
  while (row.next()) ids.push_back(row.id<ObjectId>(0));
  return ids;
}

void refresh_times(sql::Connection& connection, ContextId context, const EventData& event) {
  const RenderedEvent rendered(event);
  const auto last_hit =
      rendered.span.last_hit ? std::optional(rendered.span.last_hit->seconds) : std::nullopt;
  connection.enqueue(kRefreshEvent, rendered.span.from, rendered.span.until, rendered.is_long(), last_hit,
                     rendered.tzdata, context, event.id);
  connection.enqueue(kRefreshAttendees, rendered.span.from, rendered.span.until, rendered.is_long(), context,
                     event.id);
}

void update_attendee(sql::Connection& connection, ContextId context, const EventData& event,
                     std::size_t position) {
  const RenderedAttendee attendee(event.attendees.at(position), static_cast<std::int64_t>(position));
  std::string sql(kUpdateAttendee);
  std::vector<sql::Value> values{sql::to_value(event.timestamp)};
  for (const AttendeeColumn& column : attendee_columns()) {
    if (column.name == "position") continue;
    sql += ',';
    sql += column.name;
    sql += "=?";
    values.push_back(column.bind(attendee));
  }
  sql += kWhereAttendee;
  values.push_back(sql::to_value(context));
  values.push_back(sql::to_value(event.id));
  values.push_back(sql::to_value(attendee.position));
  connection.enqueue_values(sql, values);
  connection.enqueue(kTouchEvent, event.timestamp, event.last_modified, event.modified_by, event.sequence,
                     context, event.id);
  connection.enqueue(kStampAttendees, event.timestamp, context, event.id);
}

void touch(sql::Connection& connection, ContextId context, ObjectId id, Millis stamp) {
  // Web clients move an event with its last_modified for a stamp: it must never stay behind.
  connection.enqueue(kStampEvent, stamp, stamp, context, id);
  connection.enqueue(kStampAttendees, stamp, context, id);
}

void set_attachments(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t number,
                     Millis newest, UserId modifier, Millis stamp) {
  connection.enqueue(kSetEventAttachments, number, newest, modifier, stamp, stamp, context, id);
  connection.enqueue(kStampAttendees, stamp, context, id);
}

void remove(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids) {
  for (const ObjectId id : ids)
    for (const std::string_view statement :
         {kRemoveEvent, kDeleteAttendees, kRemoveAlarms, kRemoveTriggers, kRemoveOriginal})
      connection.enqueue(statement, context, id);
}

void store_original(sql::Connection& connection, ContextId context, ObjectId id, std::string_view text) {
  drop_original(connection, context, id);
  insert_original(connection, context, id, text);
}

void insert_original(sql::Connection& connection, ContextId context, ObjectId id, std::string_view text) {
  connection.enqueue(kInsertOriginal, context, id, sql::Blob{text});
}

void drop_original(sql::Connection& connection, ContextId context, ObjectId id) {
  connection.enqueue(kRemoveOriginal, context, id);
}

void guard_resources(sql::Connection& connection, ContextId context, std::vector<ResourceId> resources,
                     Millis stamp) {
  std::sort(resources.begin(), resources.end());
  resources.erase(std::unique(resources.begin(), resources.end()), resources.end());
  const std::string statement = sql::upsert(connection.engine(), kInsertGuard, "cid,resource", "stamp");
  // Not queued: the rows must be locked before the next read.
  for (const ResourceId resource : resources) connection.execute(statement, context, resource, stamp);
}

}  // namespace gw::model::calendar::store
