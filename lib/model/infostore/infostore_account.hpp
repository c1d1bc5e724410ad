// What the rest of the model asks of files: the folder services' view, used space, and what becomes of files
// when a user or a group goes. Source: spec infostore 12.
#pragma once

#include "model/files/file_references.hpp"
#include "model/folders/folder_content.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::infostore {

/// The folder services' view of this module. Lives as long as the process.
const folders::FolderContent& infostore_folder_content();

/// The versions that name files, for the check of the file stores.
const files::FileReferences& infostore_file_references();

struct Usage {
  std::int64_t byte_limit = -1;  ///< bytes; -1 unlimited
  std::int64_t byte_use = 0;
  std::int64_t items = 0;  ///< of the whole context
};
/// Of the quota that the caller's own files count for: his, or the context's. Cost: four queries.
Usage usage_of(UnitOfWork& work);

/// What a user made in folders of others goes to `heir`; what was shared with him, and his locks, go. His own
/// folders are the folder service's business. Versions that lie in his store stay there.
void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir);
void delete_group_permissions(Transaction& transaction, ContextId context, GroupId group);

}  // namespace gw::model::infostore
