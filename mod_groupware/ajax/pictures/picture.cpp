#include "ajax/pictures/picture.hpp"

#include "ajax/contacts/contacts_input.hpp"
#include "ajax/pictures/picture_delivery.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

/// A positive number, or nothing: whoever asks with a broken id gets no picture, not an error.
std::optional<std::int64_t> number(const Invocation& invocation, std::string_view name) {
  const auto value = parse_integer(invocation.arguments.text(name));
  return value && *value > 0 ? value : std::nullopt;
}

void add_address(const Invocation& invocation, std::string_view name, contacts::PictureQuery& query) {
  const std::string_view address = trim(invocation.arguments.text(name));
  if (!address.empty()) query.addresses.emplace_back(address);
}

Response contacts_picture(Invocation& invocation) {
  contacts::PictureQuery query;
  if (const auto user = number(invocation, "user_id")) query.user = UserId(*user);
  const auto id = number(invocation, "contact_id");
  const auto folder = number(invocation, "folder_id");
  if (id && folder) query.contact = {FolderId(*folder), ObjectId(*id)};
  add_address(invocation, "email", query);
  return deliver_picture(invocation, query);
}

Response image_contact(Invocation& invocation) {
  contacts::PictureQuery query;
  const auto id = number(invocation, "id");
  const auto folder = number(invocation, "folder");
  if (id && folder) query.contact = {FolderId(*folder), ObjectId(*id)};
  return deliver_picture(invocation, query);
}

Response image_user(Invocation& invocation) {
  contacts::PictureQuery query;
  if (const auto user = number(invocation, "id")) query.user = UserId(*user);
  return deliver_picture(invocation, query);
}

Response halo_picture(Invocation& invocation) {
  contacts::PictureQuery query;
  for (const char* name : {"internal_userid", "userid", "user_id"})
    if (const auto user = number(invocation, name); user && !query.user) query.user = UserId(*user);
  const auto id = number(invocation, "id");
  const auto folder = number(invocation, "folder");
  if (id && folder) query.contact = {FolderId(*folder), ObjectId(*id)};
  for (const char* name : {"email", "email1", "email2", "email3"}) add_address(invocation, name, query);
  return deliver_picture(invocation, query);
}

// The transformation's parameters stand in every table; `compress` and `transformationNeeded` are hints
// without effect.
#define GW_TRANSFORMATION                                                                                  \
  {"width", Type::Integer}, {"height", Type::Integer}, {"cropX", Type::Integer}, {"cropY", Type::Integer}, \
      {"cropWidth", Type::Integer}, {"cropHeight", Type::Integer}, {"shrinkOnly", Type::Boolean},          \
      {"scaleType"}, {"rotate", Type::Boolean}, {"compress", Type::Boolean},                               \
      {"transformationNeeded", Type::Boolean}, {                                                           \
    "timestamp"                                                                                            \
  }
constexpr Parameter kContactsPicture[] = {
    {"user_id"}, {"contact_id"}, {"folder_id"}, {"email"}, GW_TRANSFORMATION};
constexpr Parameter kImageContact[] = {{"folder", Type::Id, true}, {"id", Type::Id, true}, GW_TRANSFORMATION};
constexpr Parameter kImageUser[] = {{"id", Type::Id, true}, GW_TRANSFORMATION};
constexpr Parameter kHaloPicture[] = {{"internal_userid"}, {"userid"},       {"user_id"}, {"id"},
                                      {"folder"},          {"email"},        {"email1"},  {"email2"},
                                      {"email3"},          GW_TRANSFORMATION};
#undef GW_TRANSFORMATION

constexpr Action kContactsPictureActions[] = {{"get", kGet, contacts_picture, kDownloads, kContactsPicture}};
// These have no action parameter: the method names the action.
constexpr Action kImageContactActions[] = {{"GET", kGet, image_contact, kDownloads, kImageContact}};
constexpr Action kImageUserActions[] = {{"GET", kGet, image_user, kDownloads, kImageUser}};
constexpr Action kHaloPictureActions[] = {{"GET", kGet, halo_picture, kDownloads, kHaloPicture}};

}  // namespace

const ApiModule kContactsPictureModule{"contacts/picture", kContactsPictureActions};
const ApiModule kImageContactModule{"image/contact/picture", kImageContactActions};
const ApiModule kImageUserModule{"image/user/picture", kImageUserActions};
const ApiModule kHaloPictureModule{"halo/contact/picture", kHaloPictureActions};

}  // namespace gw::ajax
