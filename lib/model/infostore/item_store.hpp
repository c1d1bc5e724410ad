// The tables of files: every SQL statement on items, versions and object permissions is behind this header.
// No rights, no rules, no stamps here. Locks and dead properties have their own.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/caller.hpp"
#include "model/files/file_spaces.hpp"
#include "model/infostore/item.hpp"
#include "sql/connection.hpp"

namespace gw::model::infostore::store {

/// Which rows to read. Only one of the lists may be long; it is cut into several statements.
struct Condition {
  std::vector<FolderId> folders;
  std::vector<ObjectId> ids;
  std::optional<Millis> changed_after;
  /// Folded text that must occur in the search text. Only a prefilter.
  std::string piece;
  /// LIKE patterns of media types, of which one must fit; with `no_media_type` none of them may.
  std::vector<std::string> media_types = {};
  bool no_media_type = false;
};

/// Calls `visit` for each row with the current version; the same object is filled again and again. `visit`
/// must not use the connection. Locks count until `now`. Object permissions are not read.
void scan(sql::Connection& connection, ContextId context, Millis now, const Condition& condition,
          const std::function<void(const Item&)>& visit);
/// What a list for a network drive shows of a folder's items that have a name: id, creator, times, version,
/// name, size and type; nothing else is set. Sorted by name. A deque, as
/// items are large. Cost: one query of one table.
std::deque<Item> list_entries(sql::Connection& connection, ContextId context, FolderId folder);
/// The current version when `version` is kCurrentVersion. Without object permissions.
std::optional<Item> find(sql::Connection& connection, ContextId context, Millis now, ObjectId id,
                         std::int64_t version);
/// The current version of what bears the name. Without object permissions. Cost: one query.
std::optional<Item> find_in_folder(sql::Connection& connection, ContextId context, Millis now,
                                   FolderId folder, std::string_view filename);
/// Ascending, with version 0.
std::vector<Item> list_versions(sql::Connection& connection, ContextId context, Millis now, ObjectId id);

/// The row of the item alone; title, filename, size and type are those of the version the object shows.
void insert_item(sql::Connection& connection, ContextId context, const Item& item);
void update_item(sql::Connection& connection, ContextId context, const Item& item);
void insert_version(sql::Connection& connection, ContextId context, const Item& item);
void update_version(sql::Connection& connection, ContextId context, const Item& item);
void remove_version(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t version);
/// Removes the item with versions, permissions, properties and locks.
void remove(sql::Connection& connection, ContextId context, ObjectId id);

/// Current filenames in the folder that begin with `prefix`, without those of `except`.
std::vector<std::string> names_with_prefix(sql::Connection& connection, ContextId context, FolderId folder,
                                           std::string_view prefix, ObjectId except);
std::optional<ObjectId> find_named(sql::Connection& connection, ContextId context, FolderId folder,
                                   std::string_view filename);

using PermissionsOf = std::map<std::int64_t, std::vector<ObjectPermission>>;
PermissionsOf load_permissions(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids);
/// Keeps who granted the entries that stay.
void replace_permissions(sql::Connection& connection, ContextId context, ObjectId item, UserId granter,
                         std::span<const ObjectPermission> entries);
/// Items with an entry for the caller or a group of his. Ascending, each once.
std::vector<ObjectId> shared_with(sql::Connection& connection, const Caller& caller);
/// Items with an entry that the user granted. Ascending.
std::vector<ObjectId> shared_by(sql::Connection& connection, ContextId context, UserId granter);
std::vector<ObjectId> shared_items_of(sql::Connection& connection, ContextId context, bool is_group,
                                      std::int64_t entity);
std::vector<ObjectId> shared_items_in(sql::Connection& connection, ContextId context, FolderId folder);
void remove_permissions_of(sql::Connection& connection, ContextId context, bool is_group,
                           std::int64_t entity);

struct FolderCount {
  std::int64_t all = 0;
  std::int64_t own = 0;  ///< created by `user`
};
FolderCount count_folder(sql::Connection& connection, ContextId context, FolderId folder, UserId user);
/// Ascending.
std::vector<ObjectId> ids_of_folder(sql::Connection& connection, ContextId context, FolderId folder);
std::vector<ObjectId> ids_created_by(sql::Connection& connection, ContextId context, UserId user);
/// Where items lie that he made.
std::vector<FolderId> folders_created_by(sql::Connection& connection, ContextId context, UserId user);
std::int64_t count_context(sql::Connection& connection, ContextId context);
void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to, Millis stamp);

/// The file of one version.
struct FileRow {
  ObjectId item;
  std::int64_t version = 0;
  files::FileName file;
};
/// Without their rows.
std::vector<files::FileName> names_of(const std::vector<FileRow>& rows);
std::vector<FileRow> files_of_item(sql::Connection& connection, ContextId context, ObjectId id);
std::vector<FileRow> files_of_folder(sql::Connection& connection, ContextId context, FolderId folder);
/// Every file of one owner, for tools.
void scan_files(sql::Connection& connection, ContextId context, std::int64_t owner,
                const std::function<void(const FileRow&)>& visit);

/// The version gets another file if it still has this one. False: it has not.
bool replace_file(sql::Connection& connection, ContextId context, const FileRow& row,
                  const files::FileName& file);
void remove_properties_of_folder(sql::Connection& connection, ContextId context, FolderId folder);
/// Dead properties go with a copy.
void copy_folder_properties(sql::Connection& connection, ContextId context, FolderId from, FolderId to);
void copy_properties(sql::Connection& connection, ContextId context, ObjectId from, ObjectId to);

}  // namespace gw::model::infostore::store
