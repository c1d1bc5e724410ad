// Which store keeps a file, whose quota it counts for, and how errors of the store are told. The one place
// for the names of name spaces. Source: spec infostore 12.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "filestore/file_store.hpp"
#include "model/infostore/item_store.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::infostore {

/// Whose quota and store: 0 the context's, else the user's.
using FileOwner = std::int64_t;

/// `7_ctx_store`, `7_ctx_3_user_store`.
std::string space_name(ContextId context, FileOwner owner);
/// Errors: FLS-0004 when no file store is configured or it cannot be opened.
std::unique_ptr<filestore::FileStore> open_space(const Environment& environment, ContextId context,
                                                 FileOwner owner);
ApiError to_api_error(const filestore::StoreError& error);

/// Files in a folder count for its owner when he has a quota of his own, else for the context. An item that
/// is moved keeps its bytes, and whom they count for, where they are.
FileOwner owner_of_files(sql::Connection& connection, ContextId context, UserId folder_owner);

/// Units: bytes; limit -1 = none, 0 = nothing allowed.
struct Space {
  std::int64_t limit = -1;
  std::int64_t used = 0;
  [[nodiscard]] bool has_room(std::int64_t bytes) const { return limit < 0 || used + bytes <= limit; }
};
Space load_space(sql::Connection& connection, ContextId context, FileOwner owner);
/// Errors: FLS-0024 unless there is room for `bytes` more.
void check_room(const Space& space, std::int64_t bytes);

/// Gives the bytes back to their owners and removes the files after COMMIT.
void discard_files(Transaction& transaction, ContextId context, const std::vector<store::FileRow>& files);

}  // namespace gw::model::infostore
