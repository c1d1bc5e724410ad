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
#include "model/files/file_consistency.hpp"
#include "model/folders/folder_service.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/infostore/infostore_locks.hpp"
#include "model/infostore/infostore_search.hpp"
#include "model/infostore/infostore_write.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "sql/fault/fault_driver.hpp"
#include "support/memory_file_store.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::test {

namespace infostore = model::infostore;
using infostore::Item;
using infostore::ItemRef;
using infostore::kAnyVersion;
using infostore::OnCollision;

inline constexpr FolderId kShared{10};

/// Stands before the context that uses it.
struct FilesInMemory {
  MemoryStoreRoot root;
};

class FileCabinet : protected FilesInMemory, public SampleContext {
 protected:
  FileCabinet()
      : SampleContext({&model::contacts::contact_folder_content(), &infostore::infostore_folder_content()},
                      &root) {
    root.files.now = database.clock.now();
  }

  FolderId home(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).infostore_folder;
  }
  FolderId trash(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).infostore_trash;
  }
  FolderId subfolder(UserId user, FolderId parent, const std::string& title) {
    model::folders::FolderChange change;
    change.title = title;
    return model::folders::create_folder(as(user), std::to_string(parent.value), change).id;
  }
  /// As every change of accounts does.
  static void move_account_mark(sql::Connection& connection) {
    connection.execute("UPDATE context_sequence SET account_stamp=account_stamp+2 WHERE cid=?", kContext);
  }
  void set_context_quota(std::int64_t bytes) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE contexts SET file_quota=? WHERE cid=?", bytes, kContext);
    move_account_mark(*lease);
  }
  void set_user_quota(UserId user, std::int64_t bytes) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE users SET file_quota=? WHERE cid=? AND id=?", bytes, kContext, user);
    move_account_mark(*lease);
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
};

}  // namespace gw::test
