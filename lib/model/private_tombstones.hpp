// Tombstones of what only some users knew of: events of class PRIVATE. The ordinary ones, which everybody who
// reads a folder is told, are in changes.hpp; both are pruned together.
#pragma once

#include <span>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/event.hpp"
#include "sql/connection.hpp"

namespace gw::model {

struct PrivateTombstone {
  FolderId folder;
  ObjectId object;
  Millis stamp;
};
/// The object left the folder, or is nothing to these users any more: they are told, and nobody else. A
/// second one for the same place and user replaces the first; ordinary tombstones of the place stay.
void write_private_tombstone(sql::Connection& connection, ContextId context, ObjectModule module,
                             const PrivateTombstone& gone, std::span<const UserId> users);
/// Removes those of the place, of whatever user.
void clear_private_tombstones(sql::Connection& connection, ContextId context, ObjectModule module,
                              FolderId folder, ObjectId object);
/// Of this user in all folders, strictly newer than `since`, ascending by stamp.
std::vector<PrivateTombstone> private_tombstones_since(sql::Connection& connection, ContextId context,
                                                       ObjectModule module, UserId user, Millis since);

}  // namespace gw::model
