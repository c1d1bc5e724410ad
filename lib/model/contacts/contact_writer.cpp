// What creating, changing and removing share: folders, ids, quota, events.
#include "model/contacts/contact_writer.hpp"

#include <array>

#include "core/errors/account.hpp"
#include "core/errors/contact.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/contact_store.hpp"

namespace gw::model::contacts {

PictureChange prepare_picture_change(const ContactInput& input, const Settings& settings) {
  if (!is_sent(input.sent, 570)) return {};
  if (!input.contact.image1) return {.clears = true};
  return {.file = prepare_picture(*input.contact.image1, input.contact.image1_content_type.value_or(""),
                                  settings.limits.contact_image)};
}

ContactWriter::ContactWriter(Transaction& transaction, std::int64_t new_contacts)
    : transaction_(transaction),
      work_(transaction.work()),
      connection_(transaction.connection()),
      caller_(work_.caller()),
      stamp_(transaction.stamp(new_contacts)),
      lookup_(connection_, caller_) {}

const folders::FolderAccess& ContactWriter::folder(FolderId id) {
  const auto known = folders_.find(id);
  if (known != folders_.end()) return known->second;
  // Without the global address book users still keep their own entry in it.
  if (id == kGlobalAddressBook && !folders::find_access(connection_, caller_, id))
    return folders_
        .emplace(id,
                 folders::FolderAccess{
                     .id = id, .module = ObjectModule::Contact, .type = folders::FolderType::System})
        .first->second;
  return folders_.emplace(id, load_contact_folder(connection_, caller_, id)).first->second;
}

Contact ContactWriter::load(ContactRef ref, const FieldSet& fields) {
  const folders::FolderAccess& place = folder(ref.folder);
  auto stored =
      store::find(connection_, caller_.context, {store::with_dependencies(fields), caller_.user}, ref.id);
  if (!stored) throw ApiError(errors::con::kNotFound, {std::to_string(ref.id.value)});
  if (stored->folder_id != ref.folder.value) refuse_place(*stored, ref);
  const bool is_himself = stored->user_id != 0 && stored->user_id == caller_.user.value;
  if (!is_himself && !is_visible(*stored, place, caller_))
    throw ApiError(errors::con::kNotFound, {std::to_string(ref.id.value)});
  if (stored->user_id != 0 && !holds_user_contacts(ref.folder))
    throw ApiError(errors::con::kUserContactElsewhere);
  return std::move(*stored);
}

void ContactWriter::refuse_place(const Contact& stored, ContactRef ref) {
  // Telling that it is elsewhere would tell that it exists.
  const std::string id = std::to_string(ref.id.value);
  if (!lookup_.is_visible(stored)) throw ApiError(errors::con::kNotFound, {id});
  throw ApiError(errors::con::kNotInFolder, {id, std::to_string(ref.folder.value)});
}

void ContactWriter::check_quota(ObjectId next) {
  const std::int64_t limit =
      administration::count_limit(connection_, caller_.context, "contact",
                                  work_.settings().limits.contacts_per_context, transaction_.marks());
  // Every contact took one id of the context's sequence, so below the limit nothing needs to be counted.
  if (limit < 0 || next.value <= limit) return;
  const std::int64_t used = store::count_context(connection_, caller_.context, limit);
  if (used >= limit)
    throw ApiError(errors::quota::kExceeded, {"contacts", std::to_string(used), std::to_string(limit)});
}

void ContactWriter::apply_picture(Contact& contact, const PictureChange& picture) {
  if (picture.file) {
    contact.number_of_images = 1;
    contact.image_last_modified = stamp_;
    contact.image1_content_type = picture.file->mime_type;
  } else if (picture.clears) {
    contact.number_of_images = 0;
    contact.image_last_modified = {};
    contact.image1_content_type.reset();
  }
}

const std::vector<UserId>& ContactWriter::viewers_of(FolderId id) {
  const auto known = viewers_.find(id);
  if (known != viewers_.end()) return known->second;
  return viewers_.emplace(id, folders::viewers(transaction_, id)).first->second;
}

void ContactWriter::tell(Event& event, FolderId place, bool is_private) {
  if (is_private)
    event.tell(place, std::array{folder(place).owner});
  else
    event.tell(place, viewers_of(place));
}

void ContactWriter::raise(ChangeKind kind, const Contact& contact, bool is_private, FolderId source) {
  const FolderId place(contact.folder_id);
  Event event{.module = ObjectModule::Contact,
              .kind = kind,
              .folder = place,
              .source_folder = source,
              .object = ObjectId(contact.id)};
  tell(event, place, is_private);
  if (source) tell(event, source, is_private);
  transaction_.raise(std::move(event));
}

}  // namespace gw::model::contacts
