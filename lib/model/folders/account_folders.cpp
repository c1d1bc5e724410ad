#include "model/folders/account_folders.hpp"

#include <array>

#include "core/errors/folder.hpp"
#include "model/folders/erase.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/node.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/target.hpp"

namespace gw::model::folders {
namespace {

constexpr Rights kReaderRights{1, 2, 0, 0, true};

}  // namespace

FolderId create_account_folder(Transaction& transaction, std::string_view title, bool is_subscribed) {
  const Millis stamp = transaction.stamp(1);
  const UnitOfWork& work = transaction.work();
  const Caller& caller = work.caller();
  if (!may_use(caller.modules, ObjectModule::Calendar))
    throw ApiError(errors::fld::kNoModuleAccess, {std::string(module_name(ObjectModule::Calendar))});
  Folder folder;
  folder.id = folder_of_account(transaction.next_id());
  folder.parent = system_folder::kPrivate;
  folder.module = ObjectModule::Calendar;
  folder.type = FolderType::Private;
  folder.owner = folder.created_by = folder.modified_by = caller.user;
  folder.created = folder.last_modified = stamp;
  folder.title = free_title(transaction, caller.context, {folder.parent, folder.owner, {}},
                            checked_title(title, folder.module));
  insert_folder(transaction, caller.context, folder,
                std::array{PermissionEntry{caller.user.value, false, kReaderRights}});
  if (!is_subscribed) set_subscribed(transaction, folder.id, false);
  touch_parent(transaction, folder.parent);
  raise_folder_event(transaction, folder, {ChangeKind::Created, {}, {}});
  return folder.id;
}

bool is_subscribed(sql::Connection& connection, const Caller& caller, FolderId folder) {
  for (const Subscription& own : list_subscriptions(connection, caller.context, caller.user))
    if (own.folder == folder) return own.subscribed;
  return true;
}

void set_subscribed(Transaction& transaction, FolderId folder, bool is_subscribed) {
  const UnitOfWork& work = transaction.work();
  store_subscription(transaction.connection(), work.context(), work.caller().user,
                     {folder, is_subscribed, transaction.stamp()});
}

}  // namespace gw::model::folders
