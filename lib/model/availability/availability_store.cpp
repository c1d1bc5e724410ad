#include "model/availability/availability_store.hpp"

#include "model/calendar/event_time.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::availability::store {
namespace {

constexpr std::string_view kTimesOfUsers =
    "SELECT user_id,id,uid,start_time,end_time,rrule,created,modified FROM available_times WHERE cid=? AND "
    "user_id IN (";
constexpr std::string_view kInOrder = " ORDER BY user_id,id";
constexpr std::string_view kInsertTime =
    "INSERT INTO available_times (cid,user_id,id,uid,start_time,end_time,rrule,created,modified) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kRemoveTimes = "DELETE FROM available_times WHERE cid=? AND user_id=?";

/// Empty for a zone that this machine no longer knows: better reachable than lost.
std::optional<AvailableTime> read_time(const sql::Query& row) {
  const auto start = calendar::parse_time(row.text(3)), end = calendar::parse_time(row.text(4));
  if (!start || !end) return std::nullopt;
  AvailableTime time;
  time.user = row.id<UserId>(0);
  time.id = row.integer(1);
  time.uid = row.string(2);
  time.start = *start;
  time.end = *end;
  time.rrule = row.optional_string(5);
  time.created = row.millis(6);
  time.modified = row.millis(7);
  return time;
}

}  // namespace

std::vector<AvailableTime> list_of_users(sql::Connection& connection, ContextId context,
                                         std::span<const UserId> users) {
  std::vector<AvailableTime> times;
  sql::each_slice(users, [&](std::span<const UserId> slice) {
    sql::StatementText statement;
    statement.add(kTimesOfUsers, context);
    statement.add_marks(slice);
    statement.add(kInOrder);
    sql::Query row = statement.run(connection);
    while (row.next())
      if (auto time = read_time(row)) times.push_back(std::move(*time));
  });
  return times;
}

void insert(sql::Connection& connection, ContextId context, const AvailableTime& time) {
  connection.execute(kInsertTime, context, time.user, time.id, time.uid, calendar::format_time(time.start),
                     calendar::format_time(time.end), time.rrule, time.created, time.modified);
}

void remove_of_user(sql::Connection& connection, ContextId context, UserId user) {
  connection.execute(kRemoveTimes, context, user);
}

}  // namespace gw::model::availability::store
