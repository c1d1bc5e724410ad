// A context with an administrator (2) and three users (3, 4, 5), their folders, a file store in memory, and
// functions that read like the API's own requests.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/errors/infostore.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/field_json.hpp"
#include "model/folders/folder_service.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/infostore/infostore_consistency.hpp"
#include "model/infostore/infostore_locks.hpp"
#include "model/infostore/infostore_search.hpp"
#include "model/infostore/infostore_write.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "sql/fault/fault_driver.hpp"
#include "support/database.hpp"
#include "support/memory_file_store.hpp"

namespace gw::test {

namespace infostore = model::infostore;
using infostore::Item;
using infostore::ItemRef;
using infostore::kAnyVersion;
using infostore::OnCollision;

inline constexpr UserId kAdmin{2}, kAnna{3}, kBerta{4}, kCarl{5};
inline constexpr ContextId kContext{1};
inline constexpr FolderId kShared{10};
inline constexpr model::Rights kReadAll{1, 2, 0, 0, false}, kAuthor{4, 2, 2, 2, false},
    kOwnOnly{2, 1, 1, 1, false};

using Names = std::vector<std::string>;

/// Single quotes stand for double ones.
inline Json json(const std::string& text) {
  std::string quoted = text;
  std::replace(quoted.begin(), quoted.end(), '\'', '"');
  auto parsed = Json::parse(quoted);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Json());
}

class FileCabinet : public ::testing::Test {
 protected:
  FileCabinet() {
    database.contents = {&model::contacts::contact_folder_content(), &infostore::infostore_folder_content()};
    database.environment->files = &root;
    root.files.now = database.clock.now();
    model::UnitOfWork work(*database.environment, {});
    model::contexts::NewContext context;
    context.id = kContext;
    context.name = "test";
    context.admin = new_user("admin", "Admin", "Root");
    model::contexts::create_context(work, context);
    model::users::create_user(work, new_user("anna", "Anna", "Alpha"));
    model::users::create_user(work, new_user("berta", "Berta", "Beta"));
    model::users::create_user(work, new_user("carl", "Carl", "Gamma"));
    database.events.events.clear();
  }

  static model::users::NewUser new_user(const std::string& login, const std::string& first,
                                        const std::string& last) {
    model::users::NewUser user;
    user.login = login;
    user.mail = login + "@example.test";
    user.contact.first_name = first;
    user.contact.last_name = last;
    user.contact.display_name = last + ", " + first;
    return user;
  }

  /// One unit of work per user, made at first use; each call is a request of its own.
  model::UnitOfWork& as(UserId user) {
    auto& work = works_[user];
    if (!work) {
      sql::Lease lease = database.pool->acquire();
      auto caller = model::users::load_caller(*lease, kContext, user);
      EXPECT_TRUE(caller.has_value());
      work = std::make_unique<model::UnitOfWork>(*database.environment, std::move(*caller));
    }
    work->release();
    return *work;
  }

  FolderId home(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).infostore_folder;
  }
  FolderId trash(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).infostore_trash;
  }
  void share(FolderId folder, UserId user, const model::Rights& rights) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,0,?,?)",
                   kContext, folder, user, model::to_bits(rights));
  }
  FolderId subfolder(UserId user, FolderId parent, const std::string& title) {
    model::folders::FolderChange change;
    change.title = title;
    return model::folders::create_folder(as(user), std::to_string(parent.value), change).id;
  }
  void set_context_quota(std::int64_t bytes) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE contexts SET file_quota=? WHERE cid=?", bytes, kContext);
  }
  void set_user_quota(UserId user, std::int64_t bytes) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE users SET file_quota=? WHERE cid=? AND id=?", bytes, kContext, user);
  }
  std::int64_t used(std::int64_t owner = 0) {
    const sql::Lease lease = database.pool->acquire();
    sql::Query row = lease->query("SELECT bytes FROM file_usage WHERE cid=? AND owner=?", kContext, owner);
    return row.next() ? row.integer(0) : 0;
  }

  infostore::ItemInput input(const std::string& members, bool creating = false) {
    return infostore::parse_item(json(members), creating);
  }
  /// A file with the name as its only member.
  infostore::Saved store(UserId user, FolderId folder, const std::string& name, const std::string& bytes,
                         OnCollision collision = OnCollision::Rename) {
    std::optional<infostore::Deposit> file;
    file.emplace(as(user), folder);
    file->write(bytes);
    infostore::ItemInput wanted = input("{'filename':'" + name + "'}", true);
    wanted.item.folder_id = folder.value;
    return infostore::create(as(user), wanted, std::move(file), collision);
  }
  infostore::Saved create(UserId user, FolderId folder, const std::string& members) {
    infostore::ItemInput wanted = input(members, true);
    wanted.item.folder_id = folder.value;
    return infostore::create(as(user), wanted);
  }
  infostore::Saved update(UserId user, ItemRef ref, const std::string& members, Millis known = kAnyVersion,
                          OnCollision collision = OnCollision::Rename) {
    return infostore::update(as(user), ref, input(members), known, {}, collision);
  }
  infostore::Saved add_version(UserId user, ItemRef ref, const std::string& bytes,
                               const std::string& members = "{}") {
    std::optional<infostore::Deposit> file;
    file.emplace(as(user), ref.folder, ref.id);
    file->write(bytes);
    return infostore::update(as(user), ref, input(members), kAnyVersion, std::move(file));
  }
  Item get(UserId user, ItemRef ref, std::int64_t version = infostore::kCurrentVersion) {
    return infostore::get(as(user), ref, version);
  }
  /// The code each of these was refused with; empty when nothing was.
  std::string remove(UserId user, ItemRef ref, bool for_good = false, Millis known = kAnyVersion) {
    const auto result = infostore::remove(as(user), std::array{ref}, known, for_good);
    return result.refused.empty() ? "" : format_code(result.refused.front().error.code());
  }
  std::string move(UserId user, ItemRef ref, FolderId target) {
    const auto result = infostore::move(as(user), std::array{ref}, target, kAnyVersion);
    return result.refused.empty() ? "" : format_code(result.refused.front().error.code());
  }
  std::string content(UserId user, ItemRef ref, std::int64_t version = infostore::kCurrentVersion) {
    const infostore::Content opened = infostore::open_content(as(user), ref, version);
    std::string bytes(100'000, '\0');
    bytes.resize(opened.store->open(*opened.item.file_id, 0, -1)->read(bytes));
    return bytes;
  }
  Names names(UserId user, FolderId folder, const infostore::ListRequest& request = {}) {
    return names_of(infostore::list_folder(as(user), folder, request));
  }
  static Names names_of(const infostore::ItemList& list) {
    Names names;
    for (const Item& item : list.items) names.push_back(item.filename.value_or("-"));
    return names;
  }
  static std::vector<std::int64_t> versions_of(const infostore::ItemList& list) {
    std::vector<std::int64_t> versions;
    for (const Item& item : list.items) versions.push_back(item.version);
    return versions;
  }
  std::vector<std::int64_t> versions(UserId user, ItemRef ref) {
    return versions_of(infostore::list_versions(as(user), ref));
  }

  MemoryStoreRoot root;
  TestDatabase database;

 private:
  std::map<UserId, std::unique_ptr<model::UnitOfWork>> works_;
};

/// The code that `action` is refused with; empty when it is not.
template <class Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

}  // namespace gw::test
