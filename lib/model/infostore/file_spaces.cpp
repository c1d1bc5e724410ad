#include "model/infostore/file_spaces.hpp"

#include <fmt/format.h>

#include <map>

#include "core/errors/infostore.hpp"
#include "core/log.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::infostore {
namespace {

/// Not worth failing for: the rows are gone already, and the check finds what stays behind.
void remove_now(const Environment& environment, ContextId context,
                const std::map<FileOwner, std::vector<std::string>>& files) {
  std::string last_problem;
  std::size_t failed = 0;
  for (const auto& [owner, ids] : files) {
    for (const std::string& id : ids) {
      try {
        open_space(environment, context, owner)->remove(id);
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
  return owner == 0 ? fmt::format("{}_ctx_store", context.value)
                    : fmt::format("{}_ctx_{}_user_store", context.value, owner);
}

std::unique_ptr<filestore::FileStore> open_space(const Environment& environment, ContextId context,
                                                 FileOwner owner) {
  if (environment.files == nullptr) throw ApiError(errors::fls::kUnavailable);
  try {
    return environment.files->open(space_name(context, owner));
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
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

FileOwner owner_of_files(sql::Connection& connection, ContextId context, UserId folder_owner) {
  if (!folder_owner) return 0;
  const auto settings = users::find_file_settings(connection, context, folder_owner);
  return settings && settings->quota >= 0 ? folder_owner.value : 0;
}

Space load_space(sql::Connection& connection, ContextId context, FileOwner owner) {
  Space space;
  if (owner == 0) {
    space.limit = contexts::find_file_quota(connection, context).value_or(0);
  } else if (const auto settings = users::find_file_settings(connection, context, UserId(owner))) {
    space.limit = settings->quota;
  }
  space.used = store::used_bytes(connection, context, owner);
  return space;
}

void check_room(const Space& space, std::int64_t bytes) {
  if (!space.has_room(bytes)) throw ApiError(errors::fls::kQuota, {std::to_string(space.limit)});
}

void discard_files(Transaction& transaction, ContextId context, const std::vector<store::FileRow>& files) {
  std::map<FileOwner, std::vector<std::string>> by_owner;
  std::map<FileOwner, std::int64_t> bytes;
  for (const store::FileRow& file : files) {
    by_owner[file.owner].push_back(file.file_id);
    bytes[file.owner] += file.size;
  }
  for (const auto& [owner, size] : bytes)
    store::add_used_bytes(transaction.connection(), context, owner, -size);
  if (by_owner.empty()) return;
  const Environment& environment = transaction.work().environment();
  transaction.after_commit([&environment, context, by_owner = std::move(by_owner)] {
    remove_now(environment, context, by_owner);
  });
}

}  // namespace gw::model::infostore
