// Module `attachment`: files bound to contacts, and later to tasks and appointments. Source: spec
// tasks-reminders-attachments section 5; http-api.json.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kAttachmentModule;

}  // namespace gw::ajax
