#include "ajax/contacts/contacts_input.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "ajax/list_window.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

contacts::ContactRef parse_ref(const Json& element) {
  if (!element.is_object())
    throw ApiError(errors::svl::kBodyType, {"an array of objects with id and folder"});
  const Json folder = element.get("folder");
  const auto folder_text = (folder.is_missing() ? element.get("folder_id") : folder).to_text();
  const auto id_text = element.get("id").to_text();
  if (!folder_text) throw ApiError(errors::svl::kMissing, {"folder"});
  if (!id_text) throw ApiError(errors::svl::kMissing, {"id"});
  return {parse_contact_folder(*folder_text), parse_contact_id(*id_text)};
}

std::string read_upload(const Upload& upload, std::int64_t limit) {
  if (upload.size > limit)
    throw ApiError(errors::con::kImageTooLarge, {std::to_string(upload.size), std::to_string(limit)});
  std::ifstream file(upload.path, std::ios::binary);
  if (!file) throw std::runtime_error("an uploaded file cannot be read");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

contacts::Sort parse_contact_sort(const Arguments& arguments) {
  const SortOrder order = parse_sort_order(arguments);
  contacts::Sort sort;
  sort.column = order.column;
  sort.descending = order.descending;
  sort.collation = std::string(arguments.text("collation"));
  return sort;
}

FolderId parse_contact_folder(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0) throw ApiError(errors::con::kNoContactFolder, {std::string(text)});
  return FolderId(*number);
}

ObjectId parse_contact_id(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0) throw ApiError(errors::con::kBadId, {std::string(text)});
  return ObjectId(*number);
}

contacts::ContactRef asked_contact(const Invocation& invocation) {
  return {parse_contact_folder(invocation.arguments.text("folder")),
          parse_contact_id(invocation.arguments.text("id"))};
}

std::vector<contacts::ContactRef> parse_contact_refs(const Json& body) {
  if (body.is_object()) return {parse_ref(body)};
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  if (body.size() > kMaxContactIds) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<contacts::ContactRef> refs;
  refs.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) refs.push_back(parse_ref(body.at(i)));
  return refs;
}

std::vector<FolderId> parse_contact_folders(const Json& value) {
  constexpr std::size_t kMaxFolders = 10'000;
  std::vector<FolderId> folders;
  if (value.is_missing() || value.is_null()) return folders;
  const std::size_t count = value.is_array() ? value.size() : 1;
  if (count > kMaxFolders) throw ApiError(errors::svl::kBodyIllegal, {"too many folders"});
  for (std::size_t i = 0; i < count; ++i) {
    const Json element = value.is_array() ? value.at(i) : value;
    const auto text = element.to_text();
    if (!text) throw ApiError(errors::con::kNoContactFolder, {element.dump()});
    folders.push_back(parse_contact_folder(*text));
  }
  return folders;
}

ContactRows::ContactRows(const Invocation& invocation, const ListParameters& parameters)
    : rows_(invocation, contacts::contact_fields()) {
  const Arguments& arguments = invocation.arguments;
  for (const int row : rows_.columns())
    if (row >= 0) request_.fields.set(static_cast<std::size_t>(row));
  if (parameters.sort) request_.sort = parse_contact_sort(arguments);
  if (parameters.limits) {
    const ListWindow window = parse_limits(arguments);
    request_.left = window.left;
    request_.right = window.right;
  }
  if (parameters.admin) request_.without_admin = !arguments.boolean("admin", true);
}

contacts::Visitor ContactRows::visitor() {
  return [this](std::size_t arrival, const contacts::Contact& contact) { rows_.add(arrival, contact); };
}

Response ContactRows::answer(const contacts::ListResult& result) const {
  return Response::with_text(rows_.join(result.order), result.timestamp);
}

Response ContactRows::answer(const contacts::Updates& updates) const {
  std::vector<std::string> removed;
  removed.reserve(updates.removed.size());
  for (const ObjectId id : updates.removed) removed.push_back(std::to_string(id.value));
  return Response::with_text(rows_.join(updates.changed.order, removed), updates.timestamp);
}

contacts::ContactInput read_contact(const Invocation& invocation, bool creating) {
  const Request& request = invocation.request;
  const Json body = invocation.body.is_missing() && request.is_multipart ? Json::object() : invocation.body;
  contacts::ContactInput input = contacts::parse_contact(body, creating);
  if (!request.is_multipart) return input;
  if (request.uploads.empty()) throw ApiError(errors::svl::kImageMissing);
  const Upload& upload = request.uploads.front();
  input.contact.image1 = read_upload(upload, invocation.work.settings().limits.contact_image);
  input.contact.image1_content_type = upload.content_type;
  input.sent |= contacts::fields_of(std::array{570, 601});
  return input;
}

}  // namespace gw::ajax
