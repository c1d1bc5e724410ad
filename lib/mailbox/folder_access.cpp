#include "mailbox/folder_access.hpp"

#include <algorithm>

#include "core/errors/folder.hpp"
#include "core/errors/imap.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mailbox/primary_account.hpp"
#include "model/users/user_directory.hpp"

namespace gw::mailbox {
namespace {

constexpr std::string_view kAnyone = "anyone";

constexpr int kAllMails = 4;  ///< level of an access list for read, write, remove
constexpr int kAllObjects = 2;

struct FolderLevel {
  int api, list;  ///< model::Rights::folder, mail::FolderPermission::folder
};
constexpr FolderLevel kFolderLevels[] = {{4, 8}, {2, 4}, {1, 2}};

mail::FolderPermission to_permission(std::string identifier, const model::Rights& rights) {
  mail::FolderPermission permission;
  permission.identifier = std::move(identifier);
  for (const FolderLevel& level : kFolderLevels)
    if (rights.folder >= level.api && permission.folder == 0) permission.folder = level.list;
  permission.read = rights.read >= kAllObjects ? kAllMails : 0;
  permission.write = rights.write >= kAllObjects ? kAllMails : 0;
  permission.remove = rights.remove >= kAllObjects ? kAllMails : 0;
  permission.admin = rights.admin;
  return permission;
}

model::Rights to_rights_of(const mail::FolderPermission& permission) {
  model::Rights rights;
  for (const FolderLevel& level : kFolderLevels)
    if (permission.folder >= level.list && rights.folder == 0) rights.folder = level.api;
  rights.read = permission.read >= kAllMails ? kAllObjects : 0;
  rights.write = permission.write >= kAllMails ? kAllObjects : 0;
  rights.remove = permission.remove >= kAllMails ? kAllObjects : 0;
  rights.admin = permission.admin;
  return rights;
}

/// The folder, and with `cascade` all below it, with their access lists.
std::vector<mail::Folder> folders_to_change(mail::FolderStorage& storage, const std::string& name,
                                            bool cascade) {
  std::vector<mail::Folder> folders{storage.get(name, false)};
  if (!cascade) return folders;
  mail::ListRequest request;
  request.own_rights = request.permissions = true;
  const std::string below = name + folders.front().separator;
  for (mail::Folder& folder : storage.list_all(request))
    if (folder.exists && folder.fullname.starts_with(below)) folders.push_back(std::move(folder));
  return folders;
}

}  // namespace

MailLogins::MailLogins(Mailbox& mailbox) {
  model::UnitOfWork& work = mailbox.work();
  const std::string& pattern = work.settings().mail.login;
  for (const model::users::User& user : model::users::list_users(work.connection(), work.context())) {
    std::string login = fill_login(pattern, user, work.context());
    if (login.empty()) continue;
    // Servers may tell logins in another case than they were given.
    users_.emplace(to_lower_ascii(login), user.id);
    logins_.emplace(user.id.value, std::move(login));
  }
  work.release();
}

std::optional<UserId> MailLogins::user_of(std::string_view login) const {
  const auto found = users_.find(to_lower_ascii(login));
  return found == users_.end() ? std::nullopt : std::optional(found->second);
}

std::string MailLogins::identifier_of(const model::PermissionEntry& entry) const {
  if (entry.is_group && entry.entity == kEverybody) return std::string(kAnyone);
  const auto found = logins_.find(entry.entity);
  if (entry.is_group || found == logins_.end())
    throw ApiError(errors::fld::kBadEntity, {std::to_string(entry.entity)});
  return found->second;
}

std::vector<model::PermissionEntry> MailLogins::entries_of(
    const std::vector<mail::FolderPermission>& permissions) const {
  std::vector<model::PermissionEntry> entries;
  for (const mail::FolderPermission& each : permissions) {
    const model::Rights rights = to_rights_of(each);
    if (each.identifier == kAnyone)
      entries.push_back({kEverybody, true, rights});
    else if (const auto user = user_of(each.identifier))
      entries.push_back({user->value, false, rights});
  }
  return entries;
}

std::vector<mail::FolderPermission> MailLogins::permissions_of(
    const std::vector<model::PermissionEntry>& entries) const {
  std::vector<mail::FolderPermission> permissions;
  for (const model::PermissionEntry& entry : entries)
    permissions.push_back(to_permission(identifier_of(entry), entry.rights));
  // Servers may refuse to share with everybody; then nothing else has been changed yet.
  std::stable_partition(permissions.begin(), permissions.end(),
                        [](const mail::FolderPermission& each) { return each.identifier == kAnyone; });
  return permissions;
}

bool has_access_lists(Mailbox& mailbox, std::int64_t account) {
  return account == 0 && mailbox.access(account).capabilities().permissions;
}

void require_access_lists(Mailbox& mailbox, std::int64_t account) {
  if (!has_access_lists(mailbox, account))
    throw ApiError(errors::msg::kUnsupportedOperation, {"permissions"});
}

void set_permissions(Mailbox& mailbox, const FolderPath& folder,
                     const std::vector<model::PermissionEntry>& entries, bool cascade) {
  if (folder.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
  require_access_lists(mailbox, folder.account);
  const MailLogins logins(mailbox);
  const std::vector<mail::FolderPermission> wanted = logins.permissions_of(entries);
  mail::FolderStorage& storage = mailbox.folders(folder.account);
  const std::vector<mail::Folder> changed = folders_to_change(storage, folder.fullname, cascade);
  for (const mail::Folder& each : changed)
    if (!each.permissions) throw ApiError(errors::imap::kNoAdminister, {each.fullname});
  for (const mail::Folder& each : changed) {
    std::vector<mail::FolderPermission> whole = wanted;
    for (const mail::FolderPermission& known : *each.permissions)
      if (known.identifier != kAnyone && !logins.user_of(known.identifier)) whole.push_back(known);
    storage.set_permissions(each.fullname, whole);
  }
}

}  // namespace gw::mailbox
