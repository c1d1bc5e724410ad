#include "ajax/contacts_input.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "core/json_text.hpp"
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

void parse_limits(const Arguments& arguments, contacts::ListRequest& request) {
  request.left = arguments.integer("left_hand_limit");
  request.right = arguments.optional_integer("right_hand_limit");
  if (request.left < 0 || (request.right && *request.right < request.left))
    throw ApiError(errors::svl::kBadParameter,
                   {"right_hand_limit", std::string(arguments.text("right_hand_limit"))});
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
  contacts::Sort sort;
  sort.column = static_cast<int>(std::clamp<std::int64_t>(arguments.integer("sort"), 0, 1'000'000));
  const std::string order = to_lower_ascii(trim(arguments.text("order")));
  if (order != "asc" && order != "desc" && !order.empty())
    throw ApiError(errors::svl::kBadParameter, {"order", order});
  sort.descending = order == "desc" && sort.column != 0;
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
    : format_(invocation.format) {
  const Arguments& arguments = invocation.arguments;
  columns_ = model::parse_columns(arguments.text("columns"), contacts::contact_fields());
  for (const int row : columns_)
    if (row >= 0) request_.fields.set(static_cast<std::size_t>(row));
  if (parameters.sort) request_.sort = parse_contact_sort(arguments);
  if (parameters.limits) parse_limits(arguments, request_);
  if (parameters.admin) request_.without_admin = !arguments.boolean("admin", true);
}

contacts::Visitor ContactRows::visitor() {
  return [this](std::size_t arrival, const contacts::Contact& contact) {
    if (arrival >= places_.size()) places_.resize(arrival + 1);
    const std::size_t begin = text_.size();
    model::append_row(text_, contact, contacts::contact_fields(), columns_, format_);
    places_[arrival] = {begin, text_.size() - begin};
  };
}

/// The rows with commas between and the bracket before them.
std::string ContactRows::join(const contacts::ListResult& result) const {
  std::string data = "[";
  data.reserve(text_.size() + places_.size() + 2);
  for (const std::size_t arrival : result.order) {
    if (data.size() > 1) data += ',';
    data.append(text_, places_[arrival].begin, places_[arrival].size);
  }
  return data;
}

Response ContactRows::answer(const contacts::ListResult& result) const {
  return Response::with_text(join(result) + ']', result.timestamp);
}

Response ContactRows::answer(const contacts::Updates& updates) const {
  std::string data = join(updates.changed);
  for (const ObjectId id : updates.removed) {
    if (data.size() > 1) data += ',';
    append_json_string(data, std::to_string(id.value));
  }
  return Response::with_text(std::move(data) + ']', updates.timestamp);
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
