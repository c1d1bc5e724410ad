#include "model/changes.hpp"

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "sql/dialect.hpp"

namespace gw::model {
namespace {

constexpr std::string_view kNextStampSqlite =
    "UPDATE context_sequence SET last_stamp=max(?, last_stamp+1) WHERE cid=? RETURNING last_stamp";
constexpr std::string_view kNextStampMysql =
    "UPDATE context_sequence SET last_stamp=GREATEST(?, last_stamp+1) WHERE cid=?";
constexpr std::string_view kReserveSqlite =
    "UPDATE context_sequence SET next_id=next_id+? WHERE cid=? RETURNING next_id";
constexpr std::string_view kReserveMysql = "UPDATE context_sequence SET next_id=next_id+? WHERE cid=?";
constexpr std::string_view kReadStamp = "SELECT last_stamp FROM context_sequence WHERE cid=?";
constexpr std::string_view kReadNextId = "SELECT next_id FROM context_sequence WHERE cid=?";
constexpr std::string_view kReadHorizon = "SELECT tombstone_horizon FROM context_sequence WHERE cid=?";
constexpr std::string_view kInsertTombstone =
    "INSERT INTO tombstones (cid,module,folder,object,stamp) VALUES (?,?,?,?,?)";
constexpr std::string_view kDeleteTombstone =
    "DELETE FROM tombstones WHERE cid=? AND module=? AND folder=? AND object=?";
constexpr std::string_view kTombstonesSince =
    "SELECT object,stamp FROM tombstones WHERE cid=? AND module=? AND folder=? AND stamp>? ORDER BY "
    "stamp,object";
constexpr std::string_view kPrune = "DELETE FROM tombstones WHERE cid=? AND stamp<?";
constexpr std::string_view kSetHorizon =
    "UPDATE context_sequence SET tombstone_horizon=? WHERE cid=? AND tombstone_horizon<?";

[[noreturn]] void throw_unknown(ContextId context) {
  throw ApiError(errors::ctx::kNotFound, {std::to_string(context.value)});
}

std::int64_t read_number(sql::Connection& connection, std::string_view statement, ContextId context) {
  sql::Query row = connection.query(statement, context);
  if (!row.next()) throw_unknown(context);
  return row.integer(0);
}

std::int64_t advance(sql::Connection& connection, ContextId context, std::string_view sqlite,
                     std::string_view mysql, std::string_view read, std::int64_t argument) {
  if (connection.engine() == sql::Engine::Sqlite) {
    sql::Query row = connection.query(sqlite, argument, context);
    if (!row.next()) throw_unknown(context);
    return row.integer(0);
  }
  if (connection.execute(mysql, argument, context) == 0) throw_unknown(context);
  return read_number(connection, read, context);
}

}  // namespace

Millis next_stamp(sql::Connection& connection, ContextId context, Millis now) {
  return {advance(connection, context, kNextStampSqlite, kNextStampMysql, kReadStamp, now.value)};
}

std::int64_t reserve_ids(sql::Connection& connection, ContextId context, std::int64_t count) {
  return advance(connection, context, kReserveSqlite, kReserveMysql, kReadNextId, count) - count;
}

Millis last_stamp(sql::Connection& connection, ContextId context) {
  return {read_number(connection, kReadStamp, context)};
}

void write_tombstone(sql::Connection& connection, ContextId context, ObjectModule module, FolderId folder,
                     ObjectId object, Millis stamp) {
  connection.execute(sql::upsert(connection.engine(), kInsertTombstone, "cid,module,folder,object", "stamp"),
                     context, static_cast<int>(module), folder, object, stamp);
}

void clear_tombstone(sql::Connection& connection, ContextId context, ObjectModule module, FolderId folder,
                     ObjectId object) {
  connection.execute(kDeleteTombstone, context, static_cast<int>(module), folder, object);
}

std::vector<Tombstone> tombstones_since(sql::Connection& connection, ContextId context, ObjectModule module,
                                        FolderId folder, Millis since) {
  std::vector<Tombstone> found;
  sql::Query row = connection.query(kTombstonesSince, context, static_cast<int>(module), folder, since);
  while (row.next()) found.push_back({row.id<ObjectId>(0), row.millis(1)});
  return found;
}

void prune_tombstones(sql::Connection& connection, ContextId context, Millis horizon) {
  connection.execute(kSetHorizon, horizon, context, horizon);
  connection.execute(kPrune, context, horizon);
}

Millis tombstone_horizon(sql::Connection& connection, ContextId context) {
  return {read_number(connection, kReadHorizon, context)};
}

}  // namespace gw::model
