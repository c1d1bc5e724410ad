#include "model/folders/folder_access.hpp"

#include <algorithm>
#include <set>

#include "core/errors/folder.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/own_rights.hpp"
#include "model/groups/membership.hpp"
#include "model/marked_cache.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::folders {
namespace {

constexpr std::size_t kCachedAccesses = 8'192;  // some 300 bytes each
constexpr std::size_t kCachedAudiences = 128;
/// Longer lists are read each time: they would fill a worker's memory.
constexpr std::size_t kLongestAudience = 2'000;

/// By user and folder: under the same marks the same caller has the same rights. Folders the caller may not
/// see are kept too. Never freed, like every cache of the process.
MarkedCache<FolderAccess>& access_cache() {
  static auto* const cache = new MarkedCache<FolderAccess>(kCachedAccesses);
  return *cache;
}

/// By folder.
MarkedCache<std::vector<UserId>>& audience_cache() {
  static auto* const cache = new MarkedCache<std::vector<UserId>>(kCachedAudiences);
  return *cache;
}

FolderAccess access_of(FolderWithEntries found, const Caller& caller) {
  const Folder& folder = found.folder;
  FolderAccess access;
  access.id = folder.id;
  access.parent = folder.parent;
  access.module = folder.module;
  access.type = type_for(folder, caller);
  access.owner = folder.owner;
  access.is_default = folder.default_kind != DefaultKind::None;
  access.rights = own_rights(folder, found.entries, caller);
  access.title = std::move(found.folder.title);
  return access;
}

/// Whether the caller may see it or not. Empty: it does not exist.
std::optional<FolderAccess> read_access(sql::Connection& connection, const Caller& caller, FolderId folder) {
  const CacheKey key{caller.context, caller.user.value, folder.value};
  if (caller.marks.are_known())
    if (const auto known = access_cache().find(key, caller.marks)) return *known;
  auto found = find_for_caller(connection, caller, folder);
  if (!found) return std::nullopt;
  // The mark that came with the rows, not the caller's: they may be newer than the caller.
  const Marks marks{caller.marks.accounts, found->mark};
  FolderAccess access = access_of(std::move(*found), caller);
  if (caller.marks.are_known() && marks.are_known()) access_cache().store(key, marks, access);
  return access;
}

bool note_book_audience(Transaction& transaction, ContextId context) {
  sql::Connection& connection = transaction.connection();
  const std::vector<UserId> seeing = viewers(connection, context, system_folder::kGlobalAddressBook);
  const std::vector<UserId> all = users::list_internal_ids(connection, context);
  const bool is_seen = (!seeing.empty() && seeing.front() == kEverybody) ||
                       std::includes(seeing.begin(), seeing.end(), all.begin(), all.end());
  administration::store_note(transaction, context, kBookSeenByAll, is_seen ? "yes" : "no");
  return is_seen;
}

/// A note says whether everybody sees the global address book, as an entry for each user would have to be
/// read to know. Whoever changes entries of the book forgets it (folder_store).
bool is_seen_by_all(Transaction& transaction, ContextId context) {
  const auto noted = administration::find_note(transaction.connection(), context, kBookSeenByAll);
  return noted ? *noted == "yes" : note_book_audience(transaction, context);
}

}  // namespace

FolderAccess load_access(sql::Connection& connection, const Caller& caller, FolderId folder) {
  auto access = read_access(connection, caller, folder);
  if (!access) throw ApiError(errors::fld::kNotFound, {std::to_string(folder.value)});
  if (!access->rights.may_see()) throw ApiError(errors::fld::kNotVisible, {std::to_string(folder.value)});
  return std::move(*access);
}

std::optional<FolderAccess> find_access(sql::Connection& connection, const Caller& caller, FolderId folder) {
  auto access = read_access(connection, caller, folder);
  if (access && !access->rights.may_see()) access.reset();
  return access;
}

std::optional<FolderAccess> find_as_owner(sql::Connection& connection, ContextId context, FolderId id) {
  auto folder = find_folder(connection, context, id);
  if (!folder) return std::nullopt;
  return FolderAccess{.id = id,
                      .module = folder->module,
                      .type = folder->type,
                      .owner = folder->owner,
                      .title = std::move(folder->title),
                      .is_default = folder->default_kind != DefaultKind::None,
                      .rights = kOwnerRights,
                      .parent = folder->parent};
}

std::vector<FolderAccess> visible_folders(sql::Connection& connection, const Caller& caller,
                                          ObjectModule module) {
  std::vector<FolderAccess> visible;
  if (!may_use(caller.modules, module)) return visible;
  for (FolderWithEntries& found : list_for_caller(connection, caller, module)) {
    // System stands for "every module" in the store; here it is a module like the others.
    if (found.folder.module != module) continue;
    FolderAccess access = access_of(std::move(found), caller);
    if (access.rights.may_see()) visible.push_back(std::move(access));
  }
  return visible;
}

std::vector<UserId> viewers(sql::Connection& connection, ContextId context, FolderId folder) {
  std::set<UserId> users;
  std::vector<GroupId> groups;
  for (const PermissionEntry& entry : list_permissions(connection, context, folder)) {
    if (!entry.rights.may_see()) continue;
    if (!entry.is_group)
      users.emplace(entry.entity);
    else if (GroupId(entry.entity) == kAllUsersGroup)
      users.insert(kEverybody);
    else
      groups.emplace_back(entry.entity);
  }
  for (const GroupId group : groups) {
    // Members of stored groups are no guests.
    if (users.contains(kEverybody) && group != kAllGuestsGroup) continue;
    for (const UserId member : groups::list_members(connection, context, group)) users.insert(member);
  }
  return {users.begin(), users.end()};
}

std::vector<UserId> expand(sql::Connection& connection, ContextId context, std::vector<UserId> users) {
  if (users.empty() || users.front() != kEverybody) return users;
  std::vector<UserId> all = users::list_internal_ids(connection, context);
  all.insert(all.end(), users.begin() + 1, users.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<UserId> viewers(Transaction& transaction, FolderId folder) {
  const ContextId context = transaction.work().context();
  const CacheKey key{context, folder.value};
  // A copy: the transaction's own may change with the next statement.
  const Marks marks = transaction.marks();
  if (marks.are_known())
    if (const auto known = audience_cache().find(key, marks)) return *known;
  const bool is_open = folder == system_folder::kGlobalAddressBook && is_seen_by_all(transaction, context);
  std::vector<UserId> users =
      is_open ? std::vector{kEverybody} : viewers(transaction.connection(), context, folder);
  if (marks.are_known() && users.size() <= kLongestAudience) audience_cache().store(key, marks, users);
  return users;
}

void renew_book_audience(Transaction& transaction, ContextId context) {
  if (administration::find_note(transaction.connection(), context, kBookSeenByAll))
    note_book_audience(transaction, context);
}

}  // namespace gw::model::folders
