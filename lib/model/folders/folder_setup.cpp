#include "model/folders/folder_setup.hpp"

#include <algorithm>

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/titles.hpp"

namespace gw::model::folders {
namespace {

using Entries = std::vector<PermissionEntry>;

PermissionEntry for_user(UserId user, Rights rights) { return {user.value, false, rights}; }
PermissionEntry for_group(GroupId group, Rights rights) { return {group.value, true, rights}; }

/// Section 2.1: everybody sees the whole book; the own entry is writable when self-edit is on.
Rights address_book_rights(const Settings& settings, bool is_admin) {
  return {1, 2, settings.edit_own_contact ? 1 : 0, 0, is_admin};
}

Folder make_folder(Transaction& transaction, UserId creator) {
  Folder folder;
  folder.created_by = folder.modified_by = creator;
  folder.created = folder.last_modified = transaction.stamp();
  return folder;
}

struct SystemRow {
  std::int64_t id;
  std::int64_t parent;
  ObjectModule module;
  std::string_view title;
  Entries entries;
};

/// Source: spec folders section 2; the stored titles are never shown.
std::vector<SystemRow> system_rows(const Settings& settings, UserId admin) {
  const Entries all_see{for_group(kAllUsersGroup, kSeeOnly), for_group(kAllGuestsGroup, kSeeOnly)};
  const Entries all_create{for_group(kAllUsersGroup, kCreateSubfolders),
                           for_group(kAllGuestsGroup, kSeeOnly)};
  Rights admin_sees = kSeeOnly;
  admin_sees.admin = true;
  const auto system = ObjectModule::System;
  return {
      {1, 0, system, "private", all_create},
      {2, 0, system, "public", all_create},
      {3, 0, system, "shared", all_see},
      {4, 0, system, "system", all_see},
      {5, 4, ObjectModule::Contact, "system_global", {}},
      {6, 4, ObjectModule::Contact, "system_ldap", {for_user(admin, address_book_rights(settings, true))}},
      {9, 0, system, "infostore", all_see},
      {10,
       9,
       ObjectModule::Infostore,
       "userstore",
       {for_group(kAllUsersGroup, kSeeOnly), for_group(kAllGuestsGroup, kSeeOnly),
        for_user(admin, admin_sees)}},
      {15, 9, ObjectModule::Infostore, "public_infostore", all_create}};
}

struct DefaultRow {
  ObjectModule module;
  FolderType type;
  DefaultKind kind;
  FolderId parent;
  std::string title;
};

FolderId insert_default(Transaction& transaction, ContextId context, UserId user, DefaultRow row) {
  Folder folder = make_folder(transaction, user);
  folder.id = FolderId(transaction.next_id());
  folder.parent = row.parent;
  folder.module = row.module;
  folder.type = row.type;
  folder.default_kind = row.kind;
  folder.owner = user;
  folder.title = std::move(row.title);
  insert_folder(transaction, context, folder, Entries{for_user(user, kOwnerRights)});
  return folder.id;
}

/// Below 10 every user has one folder, named as he is. Slashes and the like would be no file name over
/// WebDAV.
std::string infostore_title(Transaction& transaction, ContextId context, UserId user,
                            const std::string& display_name) {
  std::string title(first_characters(trim(display_name), kMaxTitle));
  std::replace_if(
      title.begin(), title.end(),
      [](char c) { return std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos; }, '_');
  if (title.empty()) title = std::to_string(user.value);
  const TitleScope scope{system_folder::kUserInfostore, user, {}};
  if (!transaction.work().settings().unique_display_names)
    return free_title(transaction, context, scope, title);
  if (is_title_taken(transaction, context, scope, title))
    throw ApiError(errors::fld::kDefaultNameTaken, {title});
  return title;
}

void add_to_address_book(Transaction& transaction, ContextId context, UserId user) {
  // The context admin has his entry from the start; with one entry for all users nobody needs his own.
  if (has_entry_for(transaction.connection(), context, system_folder::kGlobalAddressBook, user)) return;
  insert_permission(transaction, context, system_folder::kGlobalAddressBook,
                    for_user(user, address_book_rights(transaction.work().settings(), false)));
}

}  // namespace

void create_system_folders(Transaction& transaction, ContextId context, UserId admin) {
  for (SystemRow& row : system_rows(transaction.work().settings(), admin)) {
    Folder folder = make_folder(transaction, admin);
    folder.id = FolderId(row.id);
    folder.parent = FolderId(row.parent);
    folder.module = row.module;
    folder.type = FolderType::System;
    folder.title = row.title;
    insert_folder(transaction, context, folder, row.entries);
  }
}

DefaultFolders create_default_folders(Transaction& transaction, ContextId context, UserId user,
                                      const std::string& display_name, const std::string& locale) {
  transaction.stamp();
  const auto add = [&](ObjectModule module, FolderType type, DefaultKind kind, FolderId parent,
                       std::string title) {
    return insert_default(transaction, context, user, {module, type, kind, parent, std::move(title)});
  };
  const auto named = [&](DefaultTitle kind) { return std::string(default_title(kind, locale)); };
  DefaultFolders made;
  made.calendar = add(ObjectModule::Calendar, FolderType::Private, DefaultKind::Calendar,
                      system_folder::kPrivate, named(DefaultTitle::Calendar));
  made.contacts = add(ObjectModule::Contact, FolderType::Private, DefaultKind::Contacts,
                      system_folder::kPrivate, named(DefaultTitle::Contacts));
  made.tasks = add(ObjectModule::Task, FolderType::Private, DefaultKind::Tasks, system_folder::kPrivate,
                   named(DefaultTitle::Tasks));
  made.infostore =
      add(ObjectModule::Infostore, FolderType::Public, DefaultKind::Infostore, system_folder::kUserInfostore,
          infostore_title(transaction, context, user, display_name));
  made.infostore_trash = add(ObjectModule::Infostore, FolderType::Trash, DefaultKind::Trash,
                             system_folder::kUserInfostore, named(DefaultTitle::Trash));
  add_to_address_book(transaction, context, user);
  for (const FolderId parent :
       {system_folder::kPrivate, system_folder::kUserInfostore, system_folder::kGlobalAddressBook})
    touch_folder(transaction, context, parent, transaction.stamp(), user);
  return made;
}

FolderId create_collected_folder(Transaction& transaction) {
  const UnitOfWork& work = transaction.work();
  const Caller& caller = work.caller();
  transaction.stamp();
  FolderChange wanted;
  wanted.module = ObjectModule::Contact;
  wanted.title = free_title(transaction, work.context(), TitleScope{system_folder::kPrivate, caller.user, {}},
                            default_title(DefaultTitle::Collected, caller.locale));
  return create_folder(transaction, system_folder::kPrivate, wanted).id;
}

}  // namespace gw::model::folders
