#include "model/availability/availability_store.hpp"

#include "model/calendar/event_time.hpp"

namespace gw::model::availability::store {
namespace {

constexpr std::string_view kTimesOfUser =
    "SELECT id,uid,start_time,end_time,rrule,created,modified FROM available_times WHERE cid=? AND user_id=? "
    "ORDER BY id";
constexpr std::string_view kInsertTime =
    "INSERT INTO available_times (cid,user_id,id,uid,start_time,end_time,rrule,created,modified) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kRemoveTimes = "DELETE FROM available_times WHERE cid=? AND user_id=?";

}  // namespace

std::vector<AvailableTime> list_of_user(sql::Connection& connection, ContextId context, UserId user) {
  std::vector<AvailableTime> times;
  sql::Query row = connection.query(kTimesOfUser, context, user);
  while (row.next()) {
    const auto start = calendar::parse_time(row.text(2)), end = calendar::parse_time(row.text(3));
    // A zone that this machine no longer knows: better reachable than lost.
    if (!start || !end) continue;
    AvailableTime time;
    time.id = row.integer(0);
    time.user = user;
    time.uid = row.string(1);
    time.start = *start;
    time.end = *end;
    time.rrule = row.optional_string(4);
    time.created = row.millis(5);
    time.modified = row.millis(6);
    times.push_back(std::move(time));
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
