// Delivers what is attached to an object, for every module whose objects have files: one, or several in a zip
// archive. Errors go as pages where the module says so.
#pragma once

#include <vector>

#include "ajax/action.hpp"
#include "model/attachments/attachment_service.hpp"

namespace gw::ajax {

/// With range requests, preconditions and disposition by the request's parameters.
Response deliver_attached(Invocation& invocation, model::attachments::Content content);
/// The archive `attachments.zip`, written while it is sent. Ids must exist; one that is gone meanwhile is
/// left out.
Response zip_attached(Invocation& invocation, const model::attachments::ParentRef& parent,
                      std::vector<ObjectId> ids);

}  // namespace gw::ajax
