#include "ajax/infostore/infostore_input.hpp"

#include "ajax/delivery/media_types.hpp"
#include "ajax/share/share_mail.hpp"
#include "ajax/share/share_management.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_fields.hpp"

namespace gw::ajax {
namespace {

namespace infostore = model::infostore;
/// Puts a text in as if the client had sent it.
void set_text(infostore::ItemInput& input, int column, infostore::Text infostore::Item::*member,
              std::string value) {
  const int row = model::find_column(infostore::item_fields(), column);
  input.item.*member = std::move(value);
  input.sent.set(static_cast<std::size_t>(row));
}

}  // namespace

FolderId parse_file_folder(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0) throw ApiError(errors::ifo::kNoFileFolder, {std::string(text)});
  return FolderId(*number);
}

infostore::ItemRef asked_item(const Invocation& invocation) {
  const std::string_view folder = trim(invocation.arguments.text("folder"));
  return infostore::parse_item_id(invocation.arguments.text("id"),
                                  folder.empty() ? FolderId() : parse_file_folder(folder));
}

infostore::ItemRef parse_file_ref(const Json& element) {
  if (const auto id = element.to_text()) return infostore::parse_item_id(*id);
  if (!element.is_object())
    throw ApiError(errors::svl::kBodyType, {"an array of objects with id and folder"});
  const Json folder = element.get("folder");
  const auto folder_text = (folder.is_missing() ? element.get("folder_id") : folder).to_text();
  const auto id = element.get("id").to_text();
  if (!id) throw ApiError(errors::svl::kMissing, {"id"});
  return infostore::parse_item_id(*id, folder_text ? parse_file_folder(*folder_text) : FolderId());
}

std::vector<infostore::ItemRef> parse_file_refs(const Json& body) {
  if (body.is_object()) return {parse_file_ref(body)};
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  if (body.size() > kMaxFileIds) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<infostore::ItemRef> refs;
  refs.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) refs.push_back(parse_file_ref(body.at(i)));
  return refs;
}

std::string format_file_ref(const infostore::ItemRef& ref) {
  infostore::Item item;
  item.folder_id = ref.folder.value;
  item.id = ref.id.value;
  return infostore::format_item_id(item);
}

Millis known_timestamp(const Arguments& arguments) {
  return {arguments.integer("timestamp", infostore::kAnyVersion.value)};
}

infostore::ItemInput read_item(const Invocation& invocation, bool creating) {
  if (!invocation.body.is_missing()) {
    if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
    infostore::ItemInput input = infostore::parse_item(invocation.body, creating);
    read_notice_wish(invocation.body);
    hash_passwords(invocation, input.item.invitations);
    return input;
  }
  if (!invocation.request.is_multipart) throw ApiError(errors::svl::kBodyMissing);
  return infostore::parse_item(Json::object(), creating);
}

void add_file_facts(infostore::ItemInput& input, std::string_view file_name, std::string_view content_type) {
  if (!infostore::is_sent(input.sent, infostore::kFilenameColumn) && !file_name.empty()) {
    infostore::check_name(file_name);
    set_text(input, infostore::kFilenameColumn, &infostore::Item::filename, std::string(file_name));
  }
  if (infostore::is_sent(input.sent, infostore::kMimeTypeColumn) && input.item.file_mimetype) return;
  std::string type = bare_media_type(content_type);
  // Browsers say this when they know nothing; the name often tells more.
  if (type.empty() || type == kUnknownType) type = media_type_of_name(input.item.filename.value_or(""));
  set_text(input, infostore::kMimeTypeColumn, &infostore::Item::file_mimetype, std::move(type));
}

Response answer_item(const Invocation& invocation, const infostore::Item& item) {
  return Response::with_data(model::write_object(item, infostore::item_fields(), invocation.format),
                             item.last_modified);
}

Response answer_saved(Invocation& invocation, const infostore::Saved& saved) {
  Response response = invocation.arguments.boolean("extendedResponse")
                          ? answer_item(invocation, infostore::get(invocation.work, saved.ref))
                          : Response::with_data(Json::string(format_file_ref(saved.ref)), saved.timestamp);
  const NoticeWish notice = invocation.body.is_missing() ? NoticeWish{} : read_notice_wish(invocation.body);
  if (notice.is_wanted && !saved.added.empty())
    response.warnings =
        tell_of_item(invocation, infostore::get(invocation.work, saved.ref), saved.added, notice.message);
  return response;
}

std::vector<Warning> tell_of_item(Invocation& invocation, const infostore::Item& item,
                                  std::span<const infostore::ObjectPermission> entries,
                                  std::string_view message) {
  std::vector<ToldEntity> told;
  for (const infostore::ObjectPermission& entry : entries) told.push_back({entry.entity, entry.is_group});
  // Those who may not see the folder find the file in the view "Shared files".
  const model::shares::Target target{model::ObjectModule::Infostore, infostore::kSharedFiles,
                                     ObjectId(item.id)};
  return tell_entities(invocation, {target, item.title.value_or(item.filename.value_or(""))}, told, message);
}

}  // namespace gw::ajax
