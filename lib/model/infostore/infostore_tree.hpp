// Files and folders as one tree of names, the way WebDAV sees them: look-ups by name, and changes of whole
// trees in one transaction. Rights, locks and events are those of the services for items and folders.
// Source: spec dav 2, infostore 7.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/infostore/infostore_write.hpp"

namespace gw::model::infostore {

/// A file, or a folder with what it holds when `item` is 0.
struct TreeEntry {
  FolderId folder;
  ObjectId item;
  bool operator==(const TreeEntry&) const = default;
};

/// The file with this name, without its object permissions. `rights`: the caller's in the folder. Empty:
/// there is none, or they do not let him read it. Cost: one query.
std::optional<Item> find_in_folder(UnitOfWork& work, FolderId folder, const Rights& rights,
                                   std::string_view name);

/// What the caller may read in the folder by his rights there, sorted by name, with what a network drive
/// shows: id, creator, times, version, name, size and type. Files shared one by one are in
/// list_shared_entries. Cost: one query.
std::deque<Item> list_entries(UnitOfWork& work, FolderId folder, const Rights& rights);

/// The rest of one change.
struct TreeChange {
  /// Newest stamp of the file that the client may know; a newer one is IFO-1302.
  Millis known = kAnyVersion;
  /// Tokens of locks that end with it.
  std::vector<std::string> ended_locks;
};

/// A new folder with exactly this name; a lock on the name becomes its lock. Errors: those of
/// folders::create_folder; FLD-0092 for a name that begins or ends with a blank.
FolderId make_folder(UnitOfWork& work, FolderId parent, const std::string& name);

/// To the caller's trash, as the HTTP API does it. Errors: those of remove and folders::delete_folder.
void remove_entry(UnitOfWork& work, TreeEntry entry, const TreeChange& change);
/// The same inside the transaction of another service.
void remove_entry(Transaction& transaction, TreeEntry entry, Millis known = kAnyVersion);

struct Transfer {
  TreeEntry source;
  FolderId target;
  std::string name;                   ///< in the target
  std::optional<TreeEntry> replaced;  ///< has that name now; goes as by remove_entry
  bool with_members = true;           ///< of a folder; copies only
  TreeChange change;
};
/// Errors: those of remove_entry, update and folders::change_folder; IFO-0441 the name is taken.
void move_entry(UnitOfWork& work, const Transfer& transfer);
/// Current versions only, with their dead properties; what the caller may not read is left out. The bytes are
/// copied first, so a large tree takes its time without holding anything. Errors: as move_entry; FLS-0024.
/// Limits: 10,000 folders. Cost: memory for one row per file.
void copy_entry(UnitOfWork& work, const Transfer& transfer);

}  // namespace gw::model::infostore
