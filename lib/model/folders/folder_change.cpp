// Updates: rename, move, module, permissions, subscription, meta. Source: spec folders section 13.
#include <algorithm>

#include "core/errors/calendar.hpp"
#include "core/errors/folder.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_move.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/meta.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/node.hpp"
#include "model/folders/node_id.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/target.hpp"
#include "model/folders/titles.hpp"
#include "model/shares/guests.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;

bool same_entries(Entries a, Entries b) {
  const auto before = [](const PermissionEntry& x, const PermissionEntry& y) {
    return std::pair(x.is_group, x.entity) < std::pair(y.is_group, y.entity);
  };
  std::sort(a.begin(), a.end(), before);
  std::sort(b.begin(), b.end(), before);
  return a == b;
}

bool shows_title(const VisibleFolder& target, const std::string& title, const std::string& locale) {
  if (title == target.folder.title) return true;
  for (const bool new_names : {false, true})
    if (const auto shown = system_title(target.folder.id, locale, new_names); shown && *shown == title)
      return true;
  return false;
}

/// Clients send whole objects back: what is there already is no change and needs no right.
FolderChange real_changes(FolderChange change, const VisibleFolder& target, const Entries& entries,
                          const std::string& locale, bool cascade) {
  if (change.title && shows_title(target, *change.title, locale)) change.title.reset();
  if (change.module == target.folder.module) change.module.reset();
  if (change.permissions && !cascade && change.invitations.empty() &&
      same_entries(*change.permissions, entries))
    change.permissions.reset();
  if (change.meta && checked_meta(*change.meta) == target.folder.meta) change.meta.reset();
  if (change.subscribed == target.is_subscribed) change.subscribed.reset();
  const bool anything_else =
      change.title || change.module || change.permissions || change.meta || change.subscribed;
  if (change.parent && anything_else && is_present_parent(target, *change.parent)) change.parent.reset();
  return change;
}

void check_may_change(const VisibleFolder& target, const FolderChange& change) {
  const std::string id = stored_id(target.folder.id);
  // A move names its own reason; check_move comes later.
  if (change.parent) return;
  if (target.type == FolderType::Shared) throw ApiError(errors::fld::kSharedUpdate, {id});
  const bool title_alone = change.title && !change.module && !change.permissions && !change.meta;
  const bool is_system = target.folder.type == FolderType::System;
  if (change.title && is_system) throw ApiError(errors::fld::kRenameForbidden, {id});
  if (!target.rights.admin)
    throw ApiError(title_alone ? errors::fld::kRenameForbidden : errors::fld::kNoAdmin, {id});
}

void change_subscription(Transaction& transaction, const VisibleFolder& target, bool subscribed) {
  const UnitOfWork& work = transaction.work();
  const std::string id = stored_id(target.folder.id);
  if (!subscribed) {
    const bool is_own_default =
        target.folder.default_kind != DefaultKind::None && target.folder.owner == work.caller().user;
    if (is_own_default || target.folder.type == FolderType::System)
      throw ApiError(errors::fld::kDefaultUnsubscribe, {id});
    const Forest forest = Forest::load(transaction.connection(), work.caller());
    for (const VisibleFolder& below : forest.all())
      if (below.folder.parent == target.folder.id && below.is_subscribed)
        throw ApiError(errors::fld::kSubscribedChildren, {id});
  }
  store_subscription(transaction.connection(), work.context(), work.caller().user,
                     {target.folder.id, subscribed, transaction.stamp()});
}

/// Takes title and parent together: a folder that is moved and renamed needs a free name in its new place
/// only.
void change_place(Transaction& transaction, const VisibleFolder& target, Folder& folder,
                  const FolderChange& change) {
  if (change.title) {
    if (folder.default_kind != DefaultKind::None)
      throw ApiError(errors::fld::kDefaultRename, {stored_id(folder.id)});
    folder.title = checked_title(*change.title, folder.module);
  }
  if (!change.parent) {
    if (change.title)
      check_title_free(transaction, transaction.work().context(), {folder.parent, folder.owner, folder.id},
                       folder.title);
    return;
  }
  VisibleFolder renamed = target;
  renamed.folder.title = folder.title;
  folder.parent = check_move(transaction, renamed, *change.parent);
  touch_parent(transaction, target.folder.parent);
  touch_parent(transaction, folder.parent);
}

void change_module(Transaction& transaction, Folder& folder, ObjectModule module) {
  if (folder.default_kind != DefaultKind::None) throw ApiError(errors::fld::kModuleChangeDefault);
  if (!is_pim(folder.module) || !is_pim(module) || folder.type == FolderType::System)
    throw ApiError(errors::fld::kModuleChange);
  const UnitOfWork& work = transaction.work();
  if (!may_use(work.caller().modules, module))
    throw ApiError(errors::fld::kNoModuleAccess, {std::string(module_name(module))});
  const FolderContent* content = find_content(transaction.work().environment().contents, folder.module);
  if (content != nullptr && !content->is_empty(transaction, folder.id))
    throw ApiError(errors::fld::kModuleChangeNotEmpty);
  folder.module = module;
}

void change_permissions(Transaction& transaction, const Folder& folder, const Entries& wanted,
                        SavedFolder& saved) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  const Entries before = list_permissions(connection, context, folder.id);
  const Entries stored = checked_permissions(transaction, folder, before, wanted, saved.warnings);
  replace_permissions(transaction, context, folder.id, stored);
  release_guests(transaction, folder, before, stored);
  std::copy_if(stored.begin(), stored.end(), std::back_inserter(saved.added),
               [&](const PermissionEntry& entry) {
                 return std::none_of(before.begin(), before.end(), [&](const PermissionEntry& old) {
                   return old.entity == entry.entity && old.is_group == entry.is_group;
                 });
               });
}

void cascade_permissions(Transaction& transaction, const Folder& root, Entries wanted) {
  sql::Connection& connection = transaction.connection();
  const UnitOfWork& work = transaction.work();
  const auto subtree = list_subtree(connection, work.context(), root.id);
  if (subtree.empty()) return;
  shares::drop_own_links(connection, work.context(), wanted);
  const Forest forest = Forest::load(connection, work.caller());
  for (const Folder& below : subtree) {
    const VisibleFolder* visible = forest.find(below.id);
    if (visible == nullptr || !visible->rights.admin)
      throw ApiError(errors::fld::kNoAdmin, {stored_id(below.id)});
  }
  for (const Folder& below : subtree) {
    SavedFolder ignored;
    auto also = viewers(connection, work.context(), below.id);
    change_permissions(transaction, below, wanted, ignored);
    touch_folder(transaction, work.context(), below.id, transaction.stamp(), work.caller().user);
    raise_folder_event(transaction, below, {ChangeKind::Updated, {}, std::move(also)});
  }
}

/// Whoever locked a folder, or something in it, does so by its path: nobody else may change that.
void check_unlocked(Transaction& transaction, const Folder& folder) {
  const FolderContent* content = find_content(transaction.work().environment().contents, folder.module);
  if (content == nullptr) return;
  std::vector<Folder> all = list_subtree(transaction.connection(), transaction.work().context(), folder.id);
  all.push_back(folder);
  for (const Folder& place : all)
    if (content->is_locked(transaction, place.id))
      throw ApiError(errors::fld::kLockedFiles, {std::to_string(place.id.value)});
}

void store_change(Transaction& transaction, const VisibleFolder& target, const FolderChange& change,
                  bool cascade, SavedFolder& saved) {
  check_may_change(target, change);
  if (change.title || change.parent) check_unlocked(transaction, target.folder);
  Folder folder = target.folder;
  change_place(transaction, target, folder, change);
  if (change.module) change_module(transaction, folder, *change.module);
  if (change.meta) folder.meta = checked_meta(*change.meta);
  // Who loses the folder must hear of it too.
  auto also = viewers(transaction.connection(), transaction.work().context(), folder.id);
  if (change.permissions) {
    const Entries wanted =
        with_guests(transaction, folder, *change.permissions, change.invitations, saved.invited);
    if (cascade) cascade_permissions(transaction, folder, wanted);
    change_permissions(transaction, folder, wanted, saved);
  }
  folder.modified_by = transaction.work().caller().user;
  folder.last_modified = transaction.stamp();
  update_folder(transaction, transaction.work().context(), folder);
  raise_folder_event(transaction, folder,
                     {change.parent ? ChangeKind::Moved : ChangeKind::Updated,
                      change.parent ? target.folder.parent : FolderId(), std::move(also)});
}

}  // namespace

SavedFolder change_folder(Transaction& transaction, FolderId id, const FolderChange& wanted,
                          std::optional<Millis> read_at, bool cascade) {
  const UnitOfWork& work = transaction.work();
  const VisibleFolder target = load_target(transaction, id);
  check_unchanged(target, read_at);
  const Entries entries =
      wanted.permissions ? list_permissions(transaction.connection(), work.context(), id) : Entries{};
  const FolderChange change = real_changes(wanted, target, entries, work.caller().locale, cascade);
  if (is_account_folder(id) && (change.parent || change.module || change.permissions))
    throw ApiError(errors::cal::kNotByProvider, {"ical"});
  SavedFolder saved;
  saved.id = id;
  saved.stamp = transaction.stamp();
  if (change.title || change.parent || change.module || change.permissions || change.meta)
    store_change(transaction, target, change, cascade, saved);
  else if (!change.subscribed)
    saved.stamp = target.last_modified;
  if (change.subscribed) change_subscription(transaction, target, *change.subscribed);
  return saved;
}

SavedFolder change_folder(UnitOfWork& work, std::string_view id, const FolderChange& change,
                          std::optional<Millis> read_at, bool cascade) {
  const FolderId folder = parse_stored_id(id);
  SavedFolder saved;
  work.write([&](Transaction& transaction) {
    saved = change_folder(transaction, folder, change, read_at, cascade);
  });
  return saved;
}

}  // namespace gw::model::folders
