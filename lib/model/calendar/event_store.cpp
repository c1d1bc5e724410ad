// Reading rows of events and of their attendees.
#include "model/calendar/event_store.hpp"

#include <algorithm>
#include <unordered_map>

#include "model/calendar/event_rows.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/store_statement.hpp"
#include "model/folders/account_folders.hpp"
#include "sql/dialect.hpp"

namespace gw::model::calendar::store {
namespace {

constexpr std::string_view kFromEvents = " FROM events WHERE events.cid=?";
constexpr std::string_view kById = " AND events.id=?";
constexpr std::string_view kByUid = " AND events.uid=?";
/// What others publish may bear the same uid as what one keeps oneself. The sum keeps databases from choosing
/// the index of folders, which holds nearly all events, before that of uids.
constexpr std::string_view kOwnOnly = " AND events.folder_id+0<?";
constexpr std::string_view kUids = "SELECT uid FROM events WHERE cid=?";
constexpr std::string_view kExceptionsOnly = " AND events.series_id<>events.id";
constexpr std::string_view kAttendeesFrom = " FROM event_attendees WHERE cid=?";
constexpr std::string_view kInOrder = " ORDER BY event,position";
constexpr std::string_view kUidTaken =
    "SELECT 1 FROM events WHERE cid=? AND uid=? AND folder_id+0<? AND id<>? AND (series_id=0 OR "
    "series_id<>?) "
    "AND "
    "(calendar_user=? OR id IN "
    "(SELECT event FROM event_attendees WHERE cid=? AND kind=1 AND entity=? AND event=events.id)) LIMIT 1";
constexpr std::string_view kExceptionMarks =
    "SELECT events.series_id,events.id,events.recurrence_id,events.folder_id,a.is_hidden FROM events LEFT "
    "JOIN "
    "event_attendees a ON a.cid=events.cid AND a.event=events.id AND a.kind=1 AND a.entity=? WHERE "
    "events.cid=?";
constexpr std::string_view kCountContext =
    "SELECT COUNT(*) FROM (SELECT 1 FROM events WHERE cid=? AND folder_id<? LIMIT ?) counted";
constexpr std::string_view kFindOriginal = "SELECT content FROM event_originals WHERE cid=? AND event=?";

std::string attendee_list() {
  std::string list = "SELECT event";
  for (const AttendeeColumn& column : attendee_columns()) {
    if (column.read == nullptr) continue;
    list += ',';
    list += column.name;
  }
  return list;
}

Attendee read_attendee(const sql::Query& query) {
  Attendee attendee;
  int next = 1;
  for (const AttendeeColumn& column : attendee_columns())
    if (column.read != nullptr) column.read(attendee, query, next++);
  return attendee;
}

std::vector<EventRow> read_rows(sql::Connection& connection, ContextId context, Statement& statement,
                                Parts parts) {
  std::vector<EventRow> rows;
  {
    sql::Query query = statement.run(connection);
    while (query.next()) read_event(rows.emplace_back(), query, 0, parts);
  }
  if (parts.attendees) {
    std::vector<EventRow*> all;
    for (EventRow& row : rows) all.push_back(&row);
    load_attendees(connection, context, all);
  }
  return rows;
}

Statement select_events(ContextId context, Parts parts) {
  Statement statement;
  statement.sql = "SELECT " + event_list(parts);
  statement.add(kFromEvents, context);
  return statement;
}

void sort_exceptions(std::vector<EventRow>& rows) {
  std::sort(rows.begin(), rows.end(), [](const EventRow& a, const EventRow& b) {
    const auto key = [](const EventRow& row) {
      return std::pair(row.event.series,
                       row.event.recurrence_id ? row.event.recurrence_id->local : LocalTime());
    };
    return key(a) < key(b);
  });
}

}  // namespace

Kind kind_of(const Attendee& attendee) {
  if (attendee.entity <= 0 && attendee.cu_type != CuType::Group) return Kind::Outside;
  switch (attendee.cu_type) {
    case CuType::Individual:
    case CuType::Unknown:
      return Kind::User;
    case CuType::Resource:
    case CuType::Room:
      return Kind::Resource;
    case CuType::Group:
      break;
  }
  // Group 0 is everybody. An outside list of addresses is nobody's group.
  return attendee.entity > 0 || attendee.uri.empty() ? Kind::Group : Kind::Outside;
}

std::string event_list(Parts parts) {
  std::string list;
  for (const EventColumn& column : event_columns()) {
    if (column.read == nullptr || (column.is_text && !parts.texts)) continue;
    list += list.empty() ? "events." : ",events.";
    list += column.name;
  }
  return list + ",events.number_of_attachments,events.newest_attachment";
}

int read_event(EventRow& row, const sql::Query& query, int first, Parts parts) {
  for (const EventColumn& column : event_columns())
    if (column.read != nullptr && (parts.texts || !column.is_text)) column.read(row, query, first++);
  row.number_of_attachments = query.integer(first++);
  row.newest_attachment = query.millis(first++);
  return first;
}

void load_attendees(sql::Connection& connection, ContextId context, std::span<EventRow* const> rows) {
  std::unordered_map<ObjectId, std::vector<EventRow*>> by_id;
  std::vector<ObjectId> ids;
  for (EventRow* row : rows) {
    auto& same = by_id[row->event.id];
    if (same.empty()) ids.push_back(row->event.id);
    same.push_back(row);
  }
  const std::string head = attendee_list();
  sql::each_slice(ids, [&](std::span<const ObjectId> slice) {
    Statement statement;
    statement.sql = head;
    statement.add(kAttendeesFrom, context);
    statement.add_list("event", slice);
    statement.sql += kInOrder;
    sql::Query query = statement.run(connection);
    while (query.next()) {
      Attendee attendee = read_attendee(query);
      const std::vector<EventRow*>& same = by_id[query.id<ObjectId>(0)];
      for (std::size_t i = 1; i < same.size(); ++i) same[i]->event.attendees.push_back(attendee);
      same.front()->event.attendees.push_back(std::move(attendee));
    }
  });
}

std::optional<EventRow> find(sql::Connection& connection, ContextId context, ObjectId id, Parts parts) {
  Statement statement = select_events(context, parts);
  statement.add(kById, id);
  std::vector<EventRow> rows = read_rows(connection, context, statement, parts);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::vector<EventRow> find_each(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids,
                                Parts parts) {
  std::vector<EventRow> found;
  sql::each_slice(ids, [&](std::span<const ObjectId> slice) {
    Statement statement = select_events(context, parts);
    statement.add_list("events.id", slice);
    for (EventRow& row : read_rows(connection, context, statement, parts)) found.push_back(std::move(row));
  });
  return found;
}

std::vector<EventRow> exceptions_of(sql::Connection& connection, ContextId context,
                                    std::span<const ObjectId> series, Parts parts) {
  std::vector<EventRow> found;
  sql::each_slice(series, [&](std::span<const ObjectId> slice) {
    Statement statement = select_events(context, parts);
    statement.add_list("events.series_id", slice);
    statement.sql += kExceptionsOnly;
    for (EventRow& row : read_rows(connection, context, statement, parts)) found.push_back(std::move(row));
  });
  sort_exceptions(found);
  return found;
}

ExceptionsOf exception_marks(sql::Connection& connection, ContextId context, UserId user,
                             std::span<const ObjectId> series) {
  ExceptionsOf found;
  sql::each_slice(series, [&](std::span<const ObjectId> slice) {
    Statement statement;
    statement.add(kExceptionMarks, user);
    statement.values.push_back(sql::to_value(context));
    statement.add_list("events.series_id", slice);
    statement.sql += kExceptionsOnly;
    sql::Query query = statement.run(connection);
    while (query.next()) {
      auto start = parse_time(query.text(2));
      if (!start) continue;
      const bool is_seen = query.integer(3) != 0 || (!query.is_null(4) && query.integer(4) == 0);
      found[query.id<ObjectId>(0)].push_back({query.id<ObjectId>(1), std::move(*start), is_seen});
    }
  });
  for (auto& [id, marks] : found)
    std::sort(marks.begin(), marks.end(), [](const ExceptionMark& a, const ExceptionMark& b) {
      return a.recurrence_id.local < b.recurrence_id.local;
    });
  return found;
}

std::vector<EventRow> find_uid(sql::Connection& connection, ContextId context, std::string_view uid,
                               Parts parts) {
  Statement statement = select_events(context, parts);
  statement.add(kByUid, uid);
  statement.add(kOwnOnly, folders::kFirstAccountFolder);
  std::vector<EventRow> rows = read_rows(connection, context, statement, parts);
  std::sort(rows.begin(), rows.end(), [](const EventRow& a, const EventRow& b) {
    const auto key = [](const EventRow& row) { return std::pair(is_exception(row.event), row.event.id); };
    return key(a) < key(b);
  });
  return rows;
}

std::set<std::string, std::less<>> known_uids(sql::Connection& connection, ContextId context,
                                              std::span<const std::string_view> uids) {
  std::set<std::string, std::less<>> known;
  sql::each_slice(uids, [&](std::span<const std::string_view> slice) {
    Statement statement;
    statement.add(kUids, context);
    statement.add_list("events.uid", slice);
    statement.add(kOwnOnly, folders::kFirstAccountFolder);
    sql::Query row = statement.run(connection);
    while (row.next()) known.emplace(row.text(0));
  });
  return known;
}

bool is_uid_taken(sql::Connection& connection, ContextId context, std::string_view uid,
                  std::span<const UserId> users, ObjectId except) {
  for (const UserId user : users)
    if (connection
            .query(kUidTaken, context, uid, folders::kFirstAccountFolder, except, except, user, context, user)
            .next())
      return true;
  return false;
}

std::optional<std::string> find_original(sql::Connection& connection, ContextId context, ObjectId id) {
  sql::Query row = connection.query(kFindOriginal, context, id);
  return row.next() ? std::optional(row.string(0)) : std::nullopt;
}

std::int64_t count_context(sql::Connection& connection, ContextId context, std::int64_t limit) {
  sql::Query row = connection.query(kCountContext, context, folders::kFirstAccountFolder, limit);
  return row.next() ? row.integer(0) : 0;
}

}  // namespace gw::model::calendar::store
