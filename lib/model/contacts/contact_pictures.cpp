#include "model/contacts/contact_pictures.hpp"

#include <array>

#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_store.hpp"

namespace gw::model::contacts {
namespace {

FieldSet head_fields() { return fields_of(std::array{524, 596, 597}); }

std::optional<PictureHead> head_of(const Contact& contact) {
  if (contact.number_of_images == 0) return std::nullopt;
  return PictureHead{ObjectId(contact.id), contact.image_last_modified};
}

std::optional<PictureHead> find_by_address(UnitOfWork& work, const std::vector<std::string>& addresses) {
  ContactCollector collector;
  const ListRequest request{.fields = head_fields()};
  const ListResult result = find_by_addresses(work, addresses, request, collector.visitor());
  std::optional<PictureHead> found;
  for (const Contact& contact : collector.take(result)) {
    const auto head = head_of(contact);
    if (!head) continue;
    if (holds_user_contacts(FolderId(contact.folder_id))) return head;
    if (!found) found = head;
  }
  return found;
}

}  // namespace

std::optional<PictureHead> find_picture(UnitOfWork& work, const PictureQuery& query) {
  const auto attempt = [&](const auto& read) -> std::optional<PictureHead> {
    try {
      return head_of(read());
    } catch (const ApiError&) {
      return std::nullopt;  // unknown and forbidden look the same to whoever asks for a picture
    }
  };
  std::optional<PictureHead> found;
  if (query.user) found = attempt([&] { return get_user(work, *query.user, head_fields()); });
  if (!found && query.contact) found = attempt([&] { return get(work, *query.contact, head_fields()); });
  if (!found && !query.addresses.empty()) found = find_by_address(work, query.addresses);
  return found;
}

std::optional<PictureFile> load_picture(UnitOfWork& work, const PictureHead& head) {
  auto stored = store::find_picture(work.connection(), work.context(), head.contact);
  if (!stored) return std::nullopt;
  return PictureFile{std::move(stored->bytes), std::move(stored->mime_type)};
}

}  // namespace gw::model::contacts
