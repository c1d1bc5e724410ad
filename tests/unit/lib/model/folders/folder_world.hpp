// One context with an admin and three users, their default folders, and a fake module that counts objects per
// folder.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "model/folders/folder_service.hpp"
#include "model/folders/folder_setup.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/folder_updates.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/tree.hpp"
#include "support/database.hpp"

namespace gw::test {

/// Objects are only numbers here: how many of whom lie in a folder.
class FakeContent final : public model::folders::FolderContent {
 public:
  explicit FakeContent(model::ObjectModule module) : module_(module) {}
  model::ObjectModule module() const override { return module_; }
  std::int64_t count_readable(model::UnitOfWork&, FolderId folder,
                              const model::Rights& rights) const override {
    return rights.read >= 2 ? objects[folder] : 0;
  }
  bool is_empty(model::Transaction&, FolderId folder) const override { return objects[folder] == 0; }
  bool may_delete_all(model::Transaction&, FolderId folder, const model::Rights& rights) const override {
    return objects[folder] == 0 || rights.remove >= 2;
  }
  void delete_all(model::Transaction&, FolderId folder) const override { objects.erase(folder); }
  void delete_made_by(model::Transaction&, FolderId, UserId) const override {}
  mutable std::map<FolderId, std::int64_t> objects;

 private:
  model::ObjectModule module_;
};

class FolderWorld : public testing::Test {
 protected:
  static constexpr ContextId kContext{1};
  static constexpr UserId kAdmin{2}, kAnna{3}, kBert{4}, kCarl{5}, kGuest{6};
  using Entries = std::vector<model::PermissionEntry>;

  FolderWorld() {
    database.contents = {&contacts};
    database.add_bare_context(kContext);
    auto work = work_for(kAdmin);
    work->write([&](model::Transaction& transaction) {
      model::folders::create_system_folders(transaction, kContext, kAdmin);
    });
    add_user(kAdmin, "Administrator");
    add_user(kAnna, "Anna Adler");
    add_user(kBert, "Bert Braun");
    add_user(kCarl, "Carl Claus");
    insert_user(kGuest, "Gina Guest", kAnna);
  }

  std::unique_ptr<model::UnitOfWork> work_for(UserId user) {
    auto work = database.work_for(kContext, user);
    model::Caller caller = work->caller();
    caller.is_context_admin = user == kAdmin;
    caller.is_guest = user == kGuest;
    caller.modules = modules.contains(user) ? modules[user] : model::kDefaultModules;
    caller.groups = {user == kGuest ? kAllGuestsGroup : kAllUsersGroup};
    if (members.contains(user)) caller.groups.push_back(GroupId(7));
    work->replace_caller(std::move(caller));
    return work;
  }

  void insert_user(UserId id, const std::string& name, UserId guest_of = {}) {
    database.pool->acquire()->execute(
        "INSERT INTO users (cid,id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,"
        "guest_created_by,password_changed,calendar_folder,contacts_folder,tasks_folder,infostore_folder,"
        "infostore_trash,collected_folder,file_quota,created,last_modified) "
        "VALUES (?,?,?,1,?,'en_US','UTC',?,?,0,?,0,0,0,0,0,0,0,-1,0,0)",
        kContext, id, "user" + std::to_string(id.value), model::kDefaultModules.bits,
        "user" + std::to_string(id.value) + "@example.test", name, guest_of);
  }

  void add_user(UserId id, const std::string& name) {
    insert_user(id, name);
    work_for(id)->write([&](model::Transaction& transaction) {
      defaults[id] = model::folders::create_default_folders(transaction, kContext, id, name, "en_US");
    });
  }

  /// Group 7 with the given members.
  void add_group(const std::set<UserId>& users) {
    const auto lease = database.pool->acquire();
    lease->execute(
        "INSERT INTO user_groups (cid,id,name,display_name,last_modified,created) VALUES "
        "(?,7,'team','Team',0,0)",
        kContext);
    for (const UserId user : users)
      lease->execute("INSERT INTO group_members (cid,group_id,user_id) VALUES (?,7,?)", kContext, user);
    members = users;
  }

  FolderId create(UserId user, const std::string& parent, const std::string& title,
                  std::optional<Entries> permissions = {},
                  std::optional<model::ObjectModule> module = model::ObjectModule::Contact) {
    model::folders::FolderChange change;
    change.title = title;
    change.module = module;
    change.permissions = std::move(permissions);
    return model::folders::create_folder(*work_for(user), parent, change).id;
  }
  FolderId create_below(UserId user, FolderId parent, const std::string& title,
                        std::optional<Entries> permissions = {}) {
    return create(user, std::to_string(parent.value), title, std::move(permissions));
  }
  FolderId create_files(UserId user, FolderId parent, const std::string& title) {
    return create(user, std::to_string(parent.value), title, {}, model::ObjectModule::Infostore);
  }

  model::folders::SavedFolder change(UserId user, FolderId id, const model::folders::FolderChange& wanted,
                                     std::optional<Millis> read_at = {}, bool cascade = false) {
    return model::folders::change_folder(*work_for(user), std::to_string(id.value), wanted, read_at, cascade);
  }
  model::folders::SavedFolder rename(UserId user, FolderId id, const std::string& title) {
    return change(user, id, {.title = title});
  }
  model::folders::SavedFolder move(UserId user, FolderId id, const std::string& parent) {
    return change(user, id, {.parent = parent});
  }
  model::folders::SavedFolder permit(UserId user, FolderId id, Entries entries, bool cascade = false) {
    return change(user, id, {.permissions = std::move(entries)}, {}, cascade);
  }
  model::folders::DeletedFolder remove(UserId user, FolderId id, bool for_good = false) {
    return model::folders::delete_folder(*work_for(user), std::to_string(id.value), {}, for_good);
  }

  std::vector<std::string> children(UserId user, const std::string& parent, int tree = 0) {
    model::folders::TreeView view;
    view.tree = tree;
    auto work = work_for(user);
    std::vector<std::string> ids;
    for (const auto& node : model::folders::Tree(*work, view).list(parent)) ids.push_back(*node.id);
    return ids;
  }
  model::folders::Node get(UserId user, const std::string& id, int tree = 0) {
    model::folders::TreeView view;
    view.tree = tree;
    auto work = work_for(user);
    return model::folders::Tree(*work, view).get(id);
  }
  model::folders::FolderUpdates updates(UserId user, Millis since) {
    return model::folders::list_updates(*work_for(user), {}, since, {});
  }
  std::optional<model::folders::Folder> stored(FolderId id) {
    return model::folders::find_folder(*database.pool->acquire(), kContext, id);
  }
  Entries permissions(FolderId id) {
    return model::folders::list_permissions(*database.pool->acquire(), kContext, id);
  }

  static std::string text(FolderId id) { return std::to_string(id.value); }
  static model::PermissionEntry user_entry(UserId user, std::int64_t bits) {
    return {user.value, false, *model::rights_from_bits(bits)};
  }
  static model::PermissionEntry group_entry(GroupId group, std::int64_t bits) {
    return {group.value, true, *model::rights_from_bits(bits)};
  }
  static bool contains(const std::vector<std::string>& list, const std::string& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
  }

  FakeContent contacts{model::ObjectModule::Contact};
  TestDatabase database;
  std::map<UserId, model::folders::DefaultFolders> defaults;
  std::map<UserId, model::ModuleSet> modules;
  std::set<UserId> members;
};

/// The API code the call fails with; "none" when it does not.
template <class Call>
std::string code_of(Call&& call) {
  try {
    call();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "none";
}

}  // namespace gw::test
