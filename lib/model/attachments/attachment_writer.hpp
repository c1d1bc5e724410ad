// The steps that every change of attachments is made of. Inside a transaction; of the services alone.
#pragma once

#include "model/attachments/attachment_parent.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::model::attachments {

/// The file that the row names. All attachments lie in the context's own store.
files::FileName file_name(const Attachment& attachment);
/// The row now, the file after COMMIT.
void erase(Transaction& transaction, ContextId context, const Attachment& attachment);
/// Counts the object's files again and tells its module.
void settle_counters(Transaction& transaction, const AttachmentParent& parent, ObjectId object);

}  // namespace gw::model::attachments
