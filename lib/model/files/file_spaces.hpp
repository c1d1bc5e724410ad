// Which store keeps a file, whose quota it counts for, and how errors of the store are told. The one place
// for the names of name spaces. Files of every kind are here: versions of items, attachments. Source: spec
// infostore 12.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "filestore/file_store.hpp"
#include "model/files/context_stores.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::files {

/// Whose quota and store: kContextFiles, else the user's.
using FileOwner = std::int64_t;
inline constexpr FileOwner kContextFiles = 0;
/// Files of mails that are being written: counted, but for nobody's quota.
inline constexpr FileOwner kCompositionFiles = -1;

/// A file as a row names it.
struct FileName {
  FileOwner owner = kContextFiles;
  std::string id;
  std::int64_t size = 0;
};

/// `7_ctx_store`, `7_ctx_3_user_store`, `7_ctx_compose_store`.
std::string space_name(ContextId context, FileOwner owner);
/// All stores of the context as one. New files go where the context wants them. Gives the connection back.
/// Errors: FLS-0004 when no file store is configured or one cannot be opened. Cost: one query.
std::unique_ptr<filestore::FileStore> open_space(UnitOfWork& work, FileOwner owner);
/// What keeps one stored file, for reading or appending. Gives the connection back. Errors: as above. Cost:
/// nothing, or one query when the file lies in a store of the context's own.
std::unique_ptr<filestore::FileStore> open_space_of(UnitOfWork& work, FileOwner owner,
                                                    std::string_view file_id);
/// The same with the context's stores at hand, without a connection.
std::unique_ptr<filestore::FileStore> open_space(const Environment& environment, ContextId context,
                                                 FileOwner owner, const std::vector<NamedStore>& stores);
/// Errors: FLS-0004.
std::shared_ptr<const filestore::StoreRoot> open_root(const NamedStore& store);
/// Logs what an administrator must know.
ApiError to_api_error(const filestore::StoreError& error);

/// Files in a folder count for its owner when he has a quota of his own, else for the context. Cost: none
/// when this process has asked under the same `marks`, if they are known.
FileOwner owner_of_files(sql::Connection& connection, ContextId context, UserId folder_owner,
                         const Marks& marks = {});

/// Units: bytes; limit -1 = none, 0 = nothing allowed.
struct Space {
  std::int64_t limit = -1;
  std::int64_t used = 0;
  [[nodiscard]] bool has_room(std::int64_t bytes) const { return limit < 0 || used + bytes <= limit; }
};
/// Cost: one query for what is used, and for the limit as owner_of_files.
Space load_space(sql::Connection& connection, ContextId context, FileOwner owner, const Marks& marks = {});
/// Errors: FLS-0024 unless there is room for `bytes` more.
void check_room(const Space& space, std::int64_t bytes);

/// What is recorded as used. Units: bytes.
std::int64_t used_bytes(sql::Connection& connection, ContextId context, FileOwner owner);
void add_used_bytes(sql::Connection& connection, ContextId context, FileOwner owner, std::int64_t bytes);
void set_used_bytes(sql::Connection& connection, ContextId context, FileOwner owner, std::int64_t bytes);
/// Whose use is recorded. Ascending.
std::vector<FileOwner> recorded_owners(sql::Connection& connection, ContextId context);

/// Gives the bytes back to their owners and removes the files after COMMIT.
void discard_files(Transaction& transaction, ContextId context, const std::vector<FileName>& files);
/// Drops the name spaces of a context that is being deleted, after COMMIT. Call it before its rows go.
void drop_spaces(Transaction& transaction, ContextId context);

}  // namespace gw::model::files
