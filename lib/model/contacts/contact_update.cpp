// Changing and moving contacts.
#include <array>

#include "core/errors/contact.hpp"
#include "model/contacts/contact_members.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/contacts/contact_writer.hpp"
#include "model/users/provisioning.hpp"

namespace gw::model::contacts {
namespace {

namespace con = errors::con;

/// Everything that was sent but the folder.
bool changes_more_than_folder(const ContactInput& input) {
  return (input.sent & ~fields_of(std::array{20})).any();
}

}  // namespace

void ContactWriter::check_write_right(const Contact& stored, const ContactInput& input, bool moves) {
  const std::string place = std::to_string(stored.folder_id);
  const folders::FolderAccess& access = folder(FolderId(stored.folder_id));
  const bool may_write = may_change(stored, access, caller_, work_.settings());
  if (stored.user_id != 0) {
    if (!may_write) throw ApiError(con::kNoWrite, {place});
    if (moves) throw ApiError(con::kUserContactDelete);
    return;
  }
  if (moves && !may_remove(access.rights, is_own(stored, caller_))) throw ApiError(con::kNoDelete, {place});
  if ((!moves || changes_more_than_folder(input)) && !may_write) throw ApiError(con::kNoWrite, {place});
}

void ContactWriter::check_move(const Contact& changed) {
  const folders::FolderAccess& target = folder(FolderId(changed.folder_id));
  if (!target.rights.may_create_objects() || holds_user_contacts(target.id))
    throw ApiError(con::kNoCreate, {std::to_string(target.id.value)});
  if (changed.private_flag && target.type != folders::FolderType::Private) throw ApiError(con::kPrivateMove);
}

void ContactWriter::check_display_name(const Contact& before, const Contact& after) {
  if (!work_.settings().unique_display_names || after.display_name == before.display_name ||
      !after.display_name)
    return;
  if (store::display_name_is_taken(connection_, caller_.context, *after.display_name, UserId(after.user_id)))
    throw ApiError(con::kDisplayNameTaken, {*after.display_name});
}

void ContactWriter::write_changed(const Contact& before, const Contact& after, const ContactInput& input) {
  const ContextId context = caller_.context;
  const ObjectId id(after.id);
  store::update(connection_, context, after);
  if (is_sent(input.sent, 555) || is_sent(input.sent, 556) || is_sent(input.sent, 557))
    store::replace_addresses(connection_, context, after, false);
  if (is_sent(input.sent, 592)) store::replace_members(connection_, context, id, after.distribution_list);
  if (before.folder_id == after.folder_id) return;
  write_tombstone(connection_, context, ObjectModule::Contact, FolderId(before.folder_id), id, stamp_);
  clear_tombstone(connection_, context, ObjectModule::Contact, FolderId(after.folder_id), id);
}

Millis ContactWriter::update(ContactRef ref, const ContactInput& input, const PictureChange& picture,
                             Millis known) {
  const Contact stored = load(ref, all_fields() & ~fields_of(std::array{kSortByUseCount}));
  const bool moves =
      is_sent(input.sent, 20) && input.contact.folder_id != 0 && input.contact.folder_id != stored.folder_id;
  check_write_right(stored, input, moves);
  if (stored.last_modified > known) throw ApiError(con::kChanged);
  if (input.sent.none() && picture.is_nothing() && !input.contact.original_vcard) return stored.last_modified;

  Contact changed = stored;
  apply_input(changed, input);
  changed.image1_content_type = stored.image1_content_type;
  if (!moves) changed.folder_id = stored.folder_id;
  if (is_sent(input.sent, 592))
    settle_list(changed, input.sent);
  else
    changed.mark_as_distributionlist = stored.mark_as_distributionlist;
  if (moves)
    check_move(changed);
  else if (is_sent(input.sent, 101))
    check_private_flag(changed, folder(ref.folder));
  if (changed.user_id != 0) {
    check_user_contact(stored, changed);
    check_display_name(stored, changed);
  }
  if (is_sent(input.sent, 592) && !changed.distribution_list.empty())
    complete_members(connection_, caller_, lookup_, changed, work_.settings().check_mail_addresses);

  changed.modified_by = caller_.user.value;
  changed.last_modified = stamp_;
  changed.original_vcard = input.contact.original_vcard;
  apply_picture(changed, picture);
  write_changed(stored, changed, input);
  if (changed.user_id != 0 && changed.display_name && changed.display_name != stored.display_name)
    users::follow_contact(transaction_, caller_.context, UserId(changed.user_id), *changed.display_name);
  if (picture.file)
    store::store_picture(connection_, caller_.context, ref.id,
                         {picture.file->bytes, picture.file->mime_type, stamp_});
  else if (picture.clears)
    store::remove_picture(connection_, caller_.context, ref.id);
  // Who saw it before must hear that it became private.
  raise(moves ? ChangeKind::Moved : ChangeKind::Updated, changed, stored.private_flag && changed.private_flag,
        moves ? ref.folder : FolderId{});
  return stamp_;
}

void ContactWriter::set_attachments(ObjectId id, std::int64_t number, Millis newest) {
  auto stored = store::find(connection_, caller_.context, {store::with_dependencies({}), caller_.user}, id);
  if (!stored) return;
  store::set_attachments(connection_, caller_.context, id, number, newest, caller_.user, stamp_);
  raise(ChangeKind::Updated, *stored, stored->private_flag);
}

Stored update(UnitOfWork& work, ContactRef ref, const ContactInput& input, Millis known,
              const std::function<void(Transaction&)>& also) {
  if (work.settings().check_mail_addresses) check_addresses(input.contact, input.sent);
  const PictureChange picture = prepare_picture_change(input, work.settings());
  Stored stored{ref.id, {}};
  work.write([&](Transaction& transaction) {
    stored.timestamp = ContactWriter(transaction).update(ref, input, picture, known);
    if (also) also(transaction);
  });
  return stored;
}

}  // namespace gw::model::contacts
