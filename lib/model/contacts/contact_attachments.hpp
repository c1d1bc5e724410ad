// Contacts as objects that files are attached to.
#pragma once

#include "model/attachments/attachment_parent.hpp"

namespace gw::model::contacts {

/// Lives as long as the process.
const attachments::AttachmentParent& contact_attachment_parent();

}  // namespace gw::model::contacts
