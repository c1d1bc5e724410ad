// New contacts: one, many, and copies.
#include <algorithm>
#include <array>

#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_members.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/contacts/contact_writer.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::size_t kCreatedAtOnce = 500;

/// What the server decides, whatever the input says.
void reset_server_fields(Contact& contact) {
  contact.user_id = 0;
  contact.number_of_attachments = 0;
  contact.newest_attachment = {};
  contact.number_of_images = 0;
  contact.image_last_modified = {};
  contact.image1_content_type.reset();
  contact.image1.reset();
}

void check_input(const ContactInput& input, const Settings& settings) {
  if (input.contact.folder_id == 0) throw ApiError(errors::svl::kMissing, {"folder_id"});
  if (settings.check_mail_addresses) check_addresses(input.contact, all_fields());
}

struct Prepared {
  const ContactInput* input = nullptr;
  PictureChange picture;
};

/// One transaction; elements that carry an error already are passed over.
void create_chunk(UnitOfWork& work, std::span<const Prepared> chunk, std::span<CreateOutcome> outcomes) {
  const std::vector<CreateOutcome> before(outcomes.begin(), outcomes.end());
  const auto wanted =
      std::count_if(before.begin(), before.end(), [](const CreateOutcome& o) { return !o.error; });
  if (wanted == 0) return;
  work.write([&](Transaction& transaction) {
    std::copy(before.begin(), before.end(), outcomes.begin());
    ContactWriter writer(transaction, wanted);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      if (outcomes[i].error) continue;
      try {
        outcomes[i].id = writer.create(*chunk[i].input, chunk[i].picture);
        outcomes[i].timestamp = transaction.stamp();
      } catch (const ApiError& refused) {
        outcomes[i].error = refused;
      }
    }
  });
}

}  // namespace

ObjectId ContactWriter::create(const ContactInput& input, const PictureChange& picture) {
  Contact contact = input.contact;
  const folders::FolderAccess& place = folder(FolderId(contact.folder_id));
  if (!place.rights.may_create_objects() || holds_user_contacts(place.id))
    throw ApiError(errors::con::kNoCreate, {std::to_string(place.id.value)});
  reset_server_fields(contact);
  complete_new(contact, input.sent);
  settle_list(contact, input.sent);
  check_private_flag(contact, place);
  if (!contact.distribution_list.empty())
    complete_members(connection_, caller_, lookup_, contact, work_.settings().check_mail_addresses);
  const ObjectId id(transaction_.next_id());
  check_quota(id);

  contact.id = id.value;
  contact.created_by = contact.modified_by = caller_.user.value;
  contact.creation_date = contact.last_modified = stamp_;
  apply_picture(contact, picture);
  store::insert(connection_, caller_.context, contact);
  store::replace_addresses(connection_, caller_.context, contact, true);
  if (!contact.distribution_list.empty())
    store::replace_members(connection_, caller_.context, id, contact.distribution_list);
  if (picture.file)
    store::store_picture(connection_, caller_.context, id,
                         {picture.file->bytes, picture.file->mime_type, stamp_});
  raise(ChangeKind::Created, contact, contact.private_flag);
  return id;
}

Stored create(UnitOfWork& work, const ContactInput& input,
              const std::function<void(Transaction&, ObjectId)>& also) {
  check_input(input, work.settings());
  const PictureChange picture = prepare_picture_change(input, work.settings());
  Stored stored;
  work.write([&](Transaction& transaction) {
    ContactWriter writer(transaction, 1);
    stored = {writer.create(input, picture), transaction.stamp()};
    if (also) also(transaction, stored.id);
  });
  return stored;
}

std::vector<CreateOutcome> create_many(UnitOfWork& work, std::span<const ContactInput> inputs) {
  std::vector<CreateOutcome> outcomes(inputs.size());
  for (std::size_t start = 0; start < inputs.size(); start += kCreatedAtOnce) {
    const std::size_t count = std::min(kCreatedAtOnce, inputs.size() - start);
    std::vector<Prepared> chunk(count);
    for (std::size_t i = 0; i < count; ++i) {
      chunk[i].input = &inputs[start + i];
      try {
        check_input(*chunk[i].input, work.settings());
        chunk[i].picture = prepare_picture_change(*chunk[i].input, work.settings());
      } catch (const ApiError& refused) {
        outcomes[start + i].error = refused;
      }
    }
    create_chunk(work, chunk, std::span(outcomes).subspan(start, count));
  }
  return outcomes;
}

Stored copy(UnitOfWork& work, ContactRef ref, FolderId target) {
  ContactInput input{get(work, ref), all_fields()};
  input.contact.folder_id = target.value;
  input.contact.uid.reset();
  PictureChange picture;
  if (input.contact.number_of_images > 0) {
    auto stored = store::find_picture(work.connection(), work.context(), ref.id);
    if (stored) picture.file = PictureFile{std::move(stored->bytes), std::move(stored->mime_type)};
  }
  Stored copied;
  work.write([&](Transaction& transaction) {
    ContactWriter writer(transaction, 1);
    copied = {writer.create(input, picture), transaction.stamp()};
  });
  return copied;
}

}  // namespace gw::model::contacts
