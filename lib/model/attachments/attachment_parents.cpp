// The list of the modules whose objects have files.
#include "model/attachments/attachment_parent.hpp"
#include "model/contacts/contact_attachments.hpp"

namespace gw::model::attachments {

const AttachmentParent* find_parent(std::int64_t module) {
  const AttachmentParent& contacts = contacts::contact_attachment_parent();
  return static_cast<std::int64_t>(contacts.module()) == module ? &contacts : nullptr;
}

}  // namespace gw::model::attachments
