// Snippets beyond their owner: what goes with a user, and who names their files.
#pragma once

#include "model/files/file_references.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::snippets {

/// The user is being deleted, and his snippets with him, shared ones too: files go after COMMIT;
/// contexts/context_rows deletes the rows.
void delete_user_data(Transaction& transaction, ContextId context, UserId user);

/// For the check of the file stores.
const files::FileReferences& snippet_file_references();

}  // namespace gw::model::snippets
