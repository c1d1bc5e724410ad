#include "model/availability/availability_store.hpp"

#include <algorithm>

#include "model/calendar/event_time.hpp"
#include "sql/dialect.hpp"

namespace gw::model::availability::store {
namespace {

constexpr std::string_view kTimesOfUsers =
    "SELECT user_id,id,uid,start_time,end_time,rrule,created,modified FROM available_times WHERE cid=? AND "
    "user_id IN (";
constexpr std::string_view kInOrder = ") ORDER BY user_id,id";
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
  for (std::size_t start = 0; start < users.size(); start += sql::kMaxMarks) {
    const auto slice = users.subspan(start, std::min(sql::kMaxMarks, users.size() - start));
    // A few fixed sizes: each is a statement of its own to prepare.
    std::size_t marks = 1;
    while (marks < slice.size()) marks *= 4;
    std::vector<sql::Value> values{sql::to_value(context)};
    for (std::size_t i = 0; i < marks; ++i)
      values.push_back(sql::to_value(slice[std::min(i, slice.size() - 1)]));
    sql::Query row = connection.query_values(
        std::string(kTimesOfUsers) + sql::placeholders(marks) + std::string(kInOrder), values);
    while (row.next())
      if (auto time = read_time(row)) times.push_back(std::move(*time));
  }
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
