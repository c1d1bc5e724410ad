#include "model/private_tombstones.hpp"

#include "sql/dialect.hpp"

namespace gw::model {
namespace {

constexpr std::string_view kInsertPrivateTombstone =
    "INSERT INTO private_tombstones (cid,user_id,module,folder,object,stamp) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kDeletePrivateTombstones =
    "DELETE FROM private_tombstones WHERE cid=? AND module=? AND folder=? AND object=?";
constexpr std::string_view kPrivateTombstonesSince =
    "SELECT folder,object,stamp FROM private_tombstones WHERE cid=? AND user_id=? AND module=? AND stamp>? "
    "ORDER BY stamp,object";

}  // namespace

void write_private_tombstone(sql::Connection& connection, ContextId context, ObjectModule module,
                             const PrivateTombstone& gone, std::span<const UserId> users) {
  const std::string statement =
      sql::upsert(connection.engine(), kInsertPrivateTombstone, "cid,module,folder,object,user_id", "stamp");
  for (const UserId user : users)
    connection.enqueue(statement, context, user, static_cast<int>(module), gone.folder, gone.object,
                       gone.stamp);
}

void clear_private_tombstones(sql::Connection& connection, ContextId context, ObjectModule module,
                              FolderId folder, ObjectId object) {
  connection.enqueue(kDeletePrivateTombstones, context, static_cast<int>(module), folder, object);
}

std::vector<PrivateTombstone> private_tombstones_since(sql::Connection& connection, ContextId context,
                                                       ObjectModule module, UserId user, Millis since) {
  std::vector<PrivateTombstone> found;
  sql::Query row = connection.query(kPrivateTombstonesSince, context, user, static_cast<int>(module), since);
  while (row.next()) found.push_back({row.id<FolderId>(0), row.id<ObjectId>(1), row.millis(2)});
  return found;
}

}  // namespace gw::model
