#include "model/contacts/contact_attachments.hpp"

#include <array>

#include "core/errors/contact.hpp"
#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/contacts/contact_writer.hpp"

namespace gw::model::contacts {
namespace {

class ContactAttachments final : public attachments::AttachmentParent {
 public:
  [[nodiscard]] attachments::ParentModule module() const override {
    return attachments::ParentModule::Contact;
  }

  Millis check_readable(UnitOfWork& work, FolderId folder, ObjectId object) const override {
    return get(work, {folder, object}, fields_of(std::array{5})).last_modified;
  }

  void check_writable(UnitOfWork& work, FolderId folder, ObjectId object) const override {
    const Contact contact = get(work, {folder, object}, fields_of(std::array{2, 524}));
    const auto access = load_contact_folder(work.connection(), work.caller(), folder);
    if (!may_change(contact, access, work.caller(), work.settings()))
      throw ApiError(errors::con::kNoWrite, {std::to_string(folder.value)});
  }

  void set_counters(Transaction& transaction, ObjectId object,
                    const attachments::Counters& counters) const override {
    ContactWriter(transaction).set_attachments(object, counters.number, counters.newest);
  }
};

}  // namespace

const attachments::AttachmentParent& contact_attachment_parent() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const ContactAttachments* const parent = new ContactAttachments;
  return *parent;
}

}  // namespace gw::model::contacts
