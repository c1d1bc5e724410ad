// A folder that is about to be changed, as the writing services load it. Internal to the folder services.
#pragma once

#include "model/folders/forest.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// Takes the stamp first, so that what is checked here still holds at COMMIT.
/// Errors: FLD-0008 missing; FLD-0004 shared and the caller may not use shared folders; FLD-0003 not visible.
VisibleFolder load_target(Transaction& transaction, FolderId id);

/// Errors: FLD-0009 when the folder is newer than what the client read.
void check_unchanged(const VisibleFolder& target, std::optional<Millis> read_at);

/// May the caller make or put subfolders here? Errors: FLD-0005, FLD-0006.
void check_may_hold_subfolders(const VisibleFolder& parent, const Caller& caller);

bool is_pim(ObjectModule module);

/// Sets the stamp on the parent, bumps the context's folder stamp.
void touch_parent(Transaction& transaction, FolderId parent);

}  // namespace gw::model::folders
