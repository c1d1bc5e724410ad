// Tasks as objects that files are attached to.
#pragma once

#include "model/attachments/attachment_parent.hpp"

namespace gw::model::tasks {

/// Lives as long as the process.
const attachments::AttachmentParent& task_attachment_parent();

}  // namespace gw::model::tasks
