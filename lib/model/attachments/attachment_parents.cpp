// The list of the modules whose objects have files.
#include "model/attachments/attachment_parent.hpp"
#include "model/calendar/event_attachments.hpp"
#include "model/contacts/contact_attachments.hpp"
#include "model/tasks/task_attachments.hpp"

namespace gw::model::attachments {

const AttachmentParent* find_parent(std::int64_t module) {
  for (const AttachmentParent* parent :
       {&contacts::contact_attachment_parent(), &calendar::event_attachment_parent(),
        &tasks::task_attachment_parent()})
    if (static_cast<std::int64_t>(parent->module()) == module) return parent;
  return nullptr;
}

}  // namespace gw::model::attachments
