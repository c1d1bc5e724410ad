#include "model/changes.hpp"

#include <cstring>

#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "core/random.hpp"
#include "sql/dialect.hpp"

namespace gw::model {
namespace {

constexpr std::string_view kStepSqlite =
    "UPDATE context_sequence SET last_stamp=max(?, last_stamp+1), next_id=next_id+? WHERE cid=?";
constexpr std::string_view kStepMysql =
    "UPDATE context_sequence SET last_stamp=GREATEST(?, last_stamp+1), next_id=next_id+? WHERE cid=?";
constexpr std::string_view kReserve = "UPDATE context_sequence SET next_id=next_id+? WHERE cid=?";
constexpr std::string_view kReadSequence =
    "SELECT last_stamp,next_id,account_stamp,folder_stamp FROM context_sequence WHERE cid=?";
constexpr std::string_view kMoveFolderMark = "UPDATE context_sequence SET folder_stamp=? WHERE cid=?";
constexpr std::string_view kReadHorizon = "SELECT tombstone_horizon FROM context_sequence WHERE cid=?";
constexpr std::string_view kInsertTombstone =
    "INSERT INTO tombstones (cid,module,folder,object,stamp) VALUES (?,?,?,?,?)";
constexpr std::string_view kDeleteTombstone =
    "DELETE FROM tombstones WHERE cid=? AND module=? AND folder=? AND object=?";
constexpr std::string_view kTombstonesSince =
    "SELECT object,stamp FROM tombstones WHERE cid=? AND module=? AND folder=? AND stamp>? ORDER BY "
    "stamp,object";
constexpr std::string_view kPrunePrivate = "DELETE FROM private_tombstones WHERE cid=? AND stamp<?";
constexpr std::string_view kPrune = "DELETE FROM tombstones WHERE cid=? AND stamp<?";
constexpr std::string_view kOldest =
    "SELECT MAX(stamp) FROM (SELECT stamp FROM tombstones WHERE cid=? AND stamp<? UNION ALL "
    "SELECT stamp FROM private_tombstones WHERE cid=? AND stamp<? ORDER BY stamp LIMIT ?) oldest";
constexpr std::string_view kSetHorizon =
    "UPDATE context_sequence SET tombstone_horizon=? WHERE cid=? AND tombstone_horizon<?";

[[noreturn]] void throw_unknown(ContextId context) {
  throw ApiError(errors::ctx::kNotFound, {std::to_string(context.value)});
}

SequenceStep read_sequence(sql::Connection& connection, ContextId context) {
  sql::Query row = connection.query_with_queue(kReadSequence, context);
  if (!row.next()) throw_unknown(context);
  return {row.millis(0), row.integer(1), {row.integer(2), row.integer(3)}};
}

}  // namespace

SequenceStep next_step(sql::Connection& connection, ContextId context, Millis now, std::int64_t ids) {
  const bool is_sqlite = connection.engine() == sql::Engine::Sqlite;
  const bool may_see_older = connection.has_read_in_transaction();
  connection.enqueue(is_sqlite ? kStepSqlite : kStepMysql, now, ids, context);
  SequenceStep step = read_sequence(connection, context);
  step.first_id -= ids;
  if (may_see_older) step.marks = {};
  return step;
}

std::int64_t reserve_ids(sql::Connection& connection, ContextId context, std::int64_t count) {
  connection.enqueue(kReserve, count, context);
  return read_sequence(connection, context).first_id - count;
}

std::int64_t new_mark(Millis stamp) {
  constexpr std::int64_t kStampBits = 0x3FFFFFFFFFF, kNoiseBits = 0x1FFFFF;
  const std::string bytes = random_bytes(sizeof(std::uint32_t));
  std::uint32_t noise = 0;
  std::memcpy(&noise, bytes.data(), sizeof noise);
  return (stamp.value & kStampBits) << 21 | (noise & kNoiseBits) | 1;
}

void move_folder_mark(sql::Connection& connection, ContextId context, Millis stamp) {
  connection.enqueue(kMoveFolderMark, new_mark(stamp), context);
}

Millis last_stamp(sql::Connection& connection, ContextId context) {
  return read_sequence(connection, context).stamp;
}

void write_tombstone(sql::Connection& connection, ContextId context, ObjectModule module, FolderId folder,
                     ObjectId object, Millis stamp) {
  connection.enqueue(sql::upsert(connection.engine(), kInsertTombstone, "cid,module,folder,object", "stamp"),
                     context, static_cast<int>(module), folder, object, stamp);
}

void clear_tombstone(sql::Connection& connection, ContextId context, ObjectModule module, FolderId folder,
                     ObjectId object) {
  connection.enqueue(kDeleteTombstone, context, static_cast<int>(module), folder, object);
}

std::vector<Tombstone> tombstones_since(sql::Connection& connection, ContextId context, ObjectModule module,
                                        FolderId folder, Millis since) {
  std::vector<Tombstone> found;
  sql::Query row = connection.query(kTombstonesSince, context, static_cast<int>(module), folder, since);
  while (row.next()) found.push_back({row.id<ObjectId>(0), row.millis(1)});
  return found;
}

std::int64_t prune_tombstones(sql::Connection& connection, ContextId context, Millis horizon) {
  connection.execute(kSetHorizon, horizon, context, horizon);
  const auto pruned = static_cast<std::int64_t>(connection.execute(kPrune, context, horizon));
  return pruned + static_cast<std::int64_t>(connection.execute(kPrunePrivate, context, horizon));
}

std::int64_t prune_oldest_tombstones(sql::Connection& connection, ContextId context, Millis limit,
                                     std::int64_t most) {
  Millis last;
  {
    sql::Query row = connection.query(kOldest, context, limit, context, limit, most);
    if (!row.next() || row.is_null(0)) return 0;
    last = row.millis(0);
  }
  return prune_tombstones(connection, context, {last.value + 1});
}

Millis tombstone_horizon(sql::Connection& connection, ContextId context) {
  sql::Query row = connection.query(kReadHorizon, context);
  if (!row.next()) throw_unknown(context);
  return row.millis(0);
}

}  // namespace gw::model
