#include "model/files/file_spaces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/errors/infostore.hpp"
#include "core/log.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/files/placed_store.hpp"
#include "model/users/user_directory.hpp"
#include "sql/dialect.hpp"

namespace gw::model::files {
namespace {

constexpr std::string_view kUsedBytes = "SELECT bytes FROM file_usage WHERE cid=? AND owner=?";
constexpr std::string_view kAddUsedBytesSqlite =
    "INSERT INTO file_usage (cid,owner,bytes) VALUES (?,?,?) ON CONFLICT(cid,owner) DO UPDATE SET "
    "bytes=bytes+excluded.bytes";
constexpr std::string_view kAddUsedBytesMysql =
    "INSERT INTO file_usage (cid,owner,bytes) VALUES (?,?,?) ON DUPLICATE KEY UPDATE "
    "bytes=bytes+VALUES(bytes)";
constexpr std::string_view kSetUsedBytes = "INSERT INTO file_usage (cid,owner,bytes) VALUES (?,?,?)";
constexpr std::string_view kRecordedOwners = "SELECT owner FROM file_usage WHERE cid=? ORDER BY owner";

/// Not worth failing for: the rows are gone already, and the check finds what stays behind.
void remove_now(const Environment& environment, ContextId context, const std::vector<NamedStore>& stores,
                const std::map<FileOwner, std::vector<std::string>>& files) {
  std::string last_problem;
  std::size_t failed = 0;
  for (const auto& [owner, ids] : files) {
    for (const std::string& id : ids) {
      try {
        open_space(environment, context, owner, stores)->remove(id);
      } catch (const std::exception& problem) {
        ++failed;
        last_problem = problem.what();
      }
    }
  }
  if (failed > 0)
    log(LogLevel::Warning, "GW0310",
        fmt::format("{} deleted files of context {} could not be removed from the file store: {}", failed,
                    context.value, last_problem));
}

}  // namespace

std::string space_name(ContextId context, FileOwner owner) {
  if (owner == kContextFiles) return fmt::format("{}_ctx_store", context.value);
  if (owner == kCompositionFiles) return fmt::format("{}_ctx_compose_store", context.value);
  return fmt::format("{}_ctx_{}_user_store", context.value, owner);
}

std::shared_ptr<const filestore::StoreRoot> open_root(const NamedStore& store) {
  try {
    return shared_root(store.uri);
  } catch (const std::invalid_argument& problem) {
    log(LogLevel::Warning, "GW0315",
        fmt::format("file store {} cannot be used: {}", store.number, problem.what()));
    throw ApiError(errors::fls::kUnavailable);
  }
}

std::unique_ptr<filestore::FileStore> open_space(const Environment& environment, ContextId context,
                                                 FileOwner owner, const std::vector<NamedStore>& stores) {
  if (environment.files == nullptr && stores.empty()) throw ApiError(errors::fls::kUnavailable);
  const std::string name = space_name(context, owner);
  try {
    if (stores.empty()) return environment.files->open(name);
    std::vector<PlacedStore::Part> parts;
    if (environment.files != nullptr) parts.push_back({kServerStore, nullptr, environment.files->open(name)});
    for (const NamedStore& store : stores) {
      auto root = open_root(store);
      auto opened = root->open(name);
      parts.push_back({store.number, std::move(root), std::move(opened)});
    }
    return std::make_unique<PlacedStore>(std::move(parts), store_for_new(stores));
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
}

std::unique_ptr<filestore::FileStore> open_space(UnitOfWork& work, FileOwner owner) {
  const std::vector<NamedStore> stores = list_stores(work.connection(), work.context());
  work.release();
  return open_space(work.environment(), work.context(), owner, stores);
}

std::unique_ptr<filestore::FileStore> open_space_of(UnitOfWork& work, FileOwner owner,
                                                    std::string_view file_id) {
  std::vector<NamedStore> stores;
  if (split_place(file_id).first != kServerStore) stores = list_stores(work.connection(), work.context());
  work.release();
  return open_space(work.environment(), work.context(), owner, stores);
}

ApiError to_api_error(const filestore::StoreError& error) {
  using Kind = filestore::StoreError::Kind;
  // Clients learn a code only. A wrong offset or range is their own mistake.
  if (error.kind() != Kind::Range && error.kind() != Kind::Offset)
    log(LogLevel::Warning, "GW0313", fmt::format("the file store failed: {}", error.what()));
  switch (error.kind()) {
    case Kind::Unavailable:
      return ApiError(errors::fls::kUnavailable);
    case Kind::Missing:
      return ApiError(errors::fls::kMissing);
    case Kind::Range:
      return ApiError(errors::fls::kRange);
    case Kind::Offset:
      return ApiError(errors::fls::kOffset);
    case Kind::Full:
      return ApiError(errors::fls::kFull);
    case Kind::Io:
      break;
  }
  return ApiError(errors::fls::kIo);
}

FileOwner owner_of_files(sql::Connection& connection, ContextId context, UserId folder_owner,
                         const Marks& marks) {
  if (!folder_owner) return kContextFiles;
  const auto settings = users::find_file_settings(connection, context, folder_owner, marks);
  return settings && settings->quota >= 0 ? folder_owner.value : kContextFiles;
}

Space load_space(sql::Connection& connection, ContextId context, FileOwner owner, const Marks& marks) {
  Space space;
  if (owner == kContextFiles) {
    space.limit = contexts::find_file_quota(connection, context, marks).value_or(0);
  } else if (owner == kCompositionFiles) {
    space.limit = -1;
  } else if (const auto settings = users::find_file_settings(connection, context, UserId(owner), marks)) {
    space.limit = settings->quota;
  }
  space.used = used_bytes(connection, context, owner);
  return space;
}

void check_room(const Space& space, std::int64_t bytes) {
  if (!space.has_room(bytes)) throw ApiError(errors::fls::kQuota, {std::to_string(space.limit)});
}

std::int64_t used_bytes(sql::Connection& connection, ContextId context, FileOwner owner) {
  sql::Query row = connection.query(kUsedBytes, context, owner);
  return row.next() ? row.integer(0) : 0;
}

void add_used_bytes(sql::Connection& connection, ContextId context, FileOwner owner, std::int64_t bytes) {
  const bool is_sqlite = connection.engine() == sql::Engine::Sqlite;
  connection.enqueue(is_sqlite ? kAddUsedBytesSqlite : kAddUsedBytesMysql, context, owner, bytes);
}

void set_used_bytes(sql::Connection& connection, ContextId context, FileOwner owner, std::int64_t bytes) {
  connection.execute(sql::upsert(connection.engine(), kSetUsedBytes, "cid,owner", "bytes"), context, owner,
                     bytes);
}

std::vector<FileOwner> recorded_owners(sql::Connection& connection, ContextId context) {
  std::vector<FileOwner> owners;
  sql::Query row = connection.query(kRecordedOwners, context);
  while (row.next()) owners.push_back(row.integer(0));
  return owners;
}

void discard_files(Transaction& transaction, ContextId context, const std::vector<FileName>& files) {
  std::map<FileOwner, std::vector<std::string>> by_owner;
  std::map<FileOwner, std::int64_t> bytes;
  for (const FileName& file : files) {
    by_owner[file.owner].push_back(file.id);
    bytes[file.owner] += file.size;
  }
  for (const auto& [owner, size] : bytes) add_used_bytes(transaction.connection(), context, owner, -size);
  if (by_owner.empty()) return;
  const bool is_elsewhere = std::any_of(files.begin(), files.end(), [](const FileName& file) {
    return split_place(file.id).first != kServerStore;
  });
  std::vector<NamedStore> stores;
  if (is_elsewhere) stores = list_stores(transaction.connection(), context);
  const Environment& environment = transaction.work().environment();
  transaction.after_commit(
      [&environment, context, stores = std::move(stores), by_owner = std::move(by_owner)] {
        remove_now(environment, context, stores, by_owner);
      });
}

void drop_spaces(Transaction& transaction, ContextId context) {
  // Whoever ever stored a file has a row, also after the last one is gone.
  std::vector<FileOwner> owners = recorded_owners(transaction.connection(), context);
  const Environment& environment = transaction.work().environment();
  if (owners.empty()) return;
  std::vector<NamedStore> stores = list_stores(transaction.connection(), context);
  transaction.after_commit([&environment, context, stores = std::move(stores), owners = std::move(owners)] {
    for (const FileOwner owner : owners) {
      try {
        open_space(environment, context, owner, stores)->remove_all();
      } catch (const std::exception& problem) {
        log(LogLevel::Warning, "GW0312",
            fmt::format("the files of deleted context {} could not be removed from the file store ({}): {}",
                        context.value, space_name(context, owner), problem.what()));
      }
    }
  });
}

}  // namespace gw::model::files
