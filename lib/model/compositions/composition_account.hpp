// Composition spaces beyond their owner: what goes with a user or with time, and who names their files.
#pragma once

#include "model/files/file_references.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::compositions {

/// The user is being deleted: his files go after COMMIT; contexts/context_rows deletes his rows.
void delete_user_data(Transaction& transaction, ContextId context, UserId user);

/// Spaces of all contexts that nobody changed for longer than GroupwareMailCompositions allows. Gives how
/// many went. Limits: 100 at a time. Threads: the periodic work. Errors: Unavailable.
int purge_idle(Environment& environment);

/// For the check of the file stores.
const files::FileReferences& composition_file_references();

}  // namespace gw::model::compositions
