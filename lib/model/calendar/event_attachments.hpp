// Events as objects that files are attached to.
#pragma once

#include "model/attachments/attachment_parent.hpp"

namespace gw::model::calendar {

/// Lives as long as the process.
const attachments::AttachmentParent& event_attachment_parent();

}  // namespace gw::model::calendar
