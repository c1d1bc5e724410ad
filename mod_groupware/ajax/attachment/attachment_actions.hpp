// The actions of module `attachment`, by file: attachment_write.cpp, attachment_document.cpp; the rest and
// the table stand in attachment.cpp.
#pragma once

#include "ajax/action.hpp"
#include "model/attachments/attachment_service.hpp"

namespace gw::ajax::attachment_actions {

/// The object that the parameters folder, attached and module name, which must be declared. Errors: SVL-0010.
model::attachments::ParentRef asked_parent(const Invocation& invocation);
/// A body of ids, as numbers or texts. Errors: SVL-0028, SVL-0031, ATT-0701.
std::vector<ObjectId> parse_ids(const Json& body);

Response attach(Invocation& invocation);
Response detach(Invocation& invocation);

Response document(Invocation& invocation);
Response zip_documents(Invocation& invocation);

}  // namespace gw::ajax::attachment_actions
