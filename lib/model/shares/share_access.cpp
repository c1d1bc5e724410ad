#include "model/shares/share_access.hpp"

#include "model/contexts/context_directory.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_shares.hpp"
#include "model/infostore/item_shares.hpp"
#include "model/shares/share_store.hpp"
#include "model/shares/token.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::shares {
namespace {

constexpr FolderId kSharedFiles = folders::system_folder::kUserInfostore;

Target file_target(ObjectId item) { return {ObjectModule::Infostore, kSharedFiles, item}; }

/// What is asked for, if the guest may see it.
std::optional<Target> check_wanted(sql::Connection& connection, const Caller& caller, const Target& wanted) {
  if (!wanted.item) {
    const auto folder = folders::find_access(connection, caller, wanted.folder);
    if (!folder || folder->module != wanted.module || folder->type == folders::FolderType::System)
      return std::nullopt;
    return wanted;
  }
  for (const ObjectId item : infostore::items_shared_with(connection, caller.context, caller.user))
    if (item == wanted.item) return file_target(item);
  // A file in a folder that is shared: reading it is checked when it is read.
  const auto folder = folders::find_access(connection, caller, wanted.folder);
  const bool holds_files =
      folder && folder->module == ObjectModule::Infostore && folder->type != folders::FolderType::System;
  return holds_files ? std::optional(wanted) : std::nullopt;
}

}  // namespace

std::optional<OpenShare> find_share(sql::Connection& connection, Millis now, std::string_view token) {
  const auto context = context_of_token(token);
  if (!context) return std::nullopt;
  const auto row = store::find_by_token(connection, *context, hash_token(token));
  if (!row) return std::nullopt;
  const auto user = users::find_user(connection, *context, row->guest);
  if (!user || !user->enabled || (user->expires.value > 0 && user->expires <= now)) return std::nullopt;
  const auto found = contexts::find_context(connection, *context);
  if (!found || !found->enabled) return std::nullopt;
  OpenShare share{*context, row->guest, row->is_link, user->mail, user->display_name, user->password_hash,
                  {}};
  if (row->is_link) share.target = row->target.item ? file_target(row->target.item) : row->target;
  return share;
}

std::optional<Target> find_start(sql::Connection& connection, const Caller& caller, const OpenShare& share,
                                 const std::optional<Target>& wanted) {
  if (wanted)
    if (auto target = check_wanted(connection, caller, *wanted)) return target;
  if (share.is_link) return share.target;
  for (const FolderId id : folders::shared_with(connection, caller.context, caller.user))
    if (const auto folder = folders::find_access(connection, caller, id))
      return Target{folder->module, id, {}};
  const auto items = infostore::items_shared_with(connection, caller.context, caller.user);
  return items.empty() ? std::nullopt : std::optional(file_target(items.front()));
}

void mark_used(sql::Connection& connection, const OpenShare& share, Millis now) {
  store::touch(connection, share.context, share.guest, now);
}

}  // namespace gw::model::shares
