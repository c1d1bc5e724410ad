// What the rest of the model asks of attachments: what becomes of them when objects and users go, how many
// there are, which files they name.
#pragma once

#include <span>
#include <vector>

#include "model/attachments/attachment.hpp"
#include "model/files/file_references.hpp"

namespace gw::model::attachments {

/// The attachments that name files, for the check of the file stores.
const files::FileReferences& attachment_file_references();

/// The objects are being deleted: their files go with them, after COMMIT. Rights are the caller's business.
/// Cost: one query per 256 objects, and one statement per attachment.
void remove_with_parents(Transaction& transaction, ContextId context, ParentModule module,
                         std::span<const ObjectId> objects);
/// What is attached to these objects, ascending by id. Rights are the caller's business. Cost: one query per
/// 256 objects.
std::vector<Attachment> list_of_parents(sql::Connection& connection, ContextId context, ParentModule module,
                                        std::span<const ObjectId> objects);
/// What a user attached to objects of others is his heir's.
void change_creator(Transaction& transaction, ContextId context, UserId from, UserId to);

/// Of the whole context. Cost: one index count.
std::int64_t count_in_context(sql::Connection& connection, ContextId context);

}  // namespace gw::model::attachments
