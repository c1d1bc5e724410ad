// The change sequence of a context: one stamp per write, new ids, tombstones. Design section 3, points 2
// and 3.
#pragma once

#include <optional>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/caller.hpp"
#include "model/event.hpp"
#include "sql/connection.hpp"

namespace gw::model {

/// One step of the sequence: its stamp, the first of the ids that were taken with it, and the state of
/// accounts and folders, which nobody else changes until COMMIT.
struct SequenceStep {
  Millis stamp;
  std::int64_t first_id = 0;
  /// Unknown when later reads of this transaction may show an older state (it had read before).
  Marks marks;
};

/// Takes the next stamp of the context, max(now, last + 1), and `ids` new ids. Locks the context's sequence
/// row until COMMIT, so stamps become visible in their own order and `updates` can never miss one. Call
/// inside a write transaction, as its first write. Errors: SqlError; gw::ApiError CTX-0002 when the context
/// is unknown. Cost: two statements.
SequenceStep next_step(sql::Connection& connection, ContextId context, Millis now, std::int64_t ids = 0);

/// Reserves `count` further ids of the context and gives the first one. All kinds of objects and folders
/// share the sequence, which starts at 20 (lower folder ids are system folders). Cost: two statements.
std::int64_t reserve_ids(sql::Connection& connection, ContextId context, std::int64_t count = 1);

/// A mark that no other state of any database has, not even a restored backup: the stamp above random low
/// bits. Never 0.
std::int64_t new_mark(Millis stamp);
/// Tells every process that folders or permissions of the context changed. Part of the transaction that
/// changed them; called by UnitOfWork only (Transaction::note_folder_change).
void move_folder_mark(sql::Connection& connection, ContextId context, Millis stamp);

/// The last stamp given out, for answers of empty lists.
Millis last_stamp(sql::Connection& connection, ContextId context);

/// Tells pollers that an object left a folder (deleted or moved away). A second one for the same place
/// replaces the first.
void write_tombstone(sql::Connection& connection, ContextId context, ObjectModule module, FolderId folder,
                     ObjectId object, Millis stamp);
/// Removes the tombstone of an object that came back to the same folder.
void clear_tombstone(sql::Connection& connection, ContextId context, ObjectModule module, FolderId folder,
                     ObjectId object);

struct Tombstone {
  ObjectId object;
  Millis stamp;
};
/// Tombstones of a folder strictly newer than `since`, ascending by stamp.
std::vector<Tombstone> tombstones_since(sql::Connection& connection, ContextId context, ObjectModule module,
                                        FolderId folder, Millis since);

/// Deletes tombstones older than `horizon` and records it, so older tokens get the "resync" error. Gives how
/// many they were.
std::int64_t prune_tombstones(sql::Connection& connection, ContextId context, Millis horizon);
/// The same for the oldest `most` of those before `limit` (and what has the stamp of the last of them). A
/// context without such keeps its horizon. Call inside a write transaction. Cost: looks at the context's
/// tombstones once.
std::int64_t prune_oldest_tombstones(sql::Connection& connection, ContextId context, Millis limit,
                                     std::int64_t most);
/// Since when tombstones are complete. No timestamp that clients get may lie before it, or they would be sent
/// to read everything anew for ever: see Caller::horizon.
Millis tombstone_horizon(sql::Connection& connection, ContextId context);

}  // namespace gw::model
