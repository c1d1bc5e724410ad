// infostore: new, update, copy with or without a file, and upload of a raw body.
#include <array>

#include "ajax/delivery/file_delivery.hpp"
#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "model/attachments/attachment_service.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace attachments = model::attachments;
namespace infostore = model::infostore;

infostore::OnCollision collision(const Arguments& arguments) {
  return arguments.boolean("try_add_version") ? infostore::OnCollision::AddVersion
                                              : infostore::OnCollision::Rename;
}

/// The only file, or the first of several: an item has one.
const Upload* sent_file(const Invocation& invocation) {
  const Request& request = invocation.request;
  return request.uploads.empty() ? nullptr : &request.uploads.front();
}

/// Where bytes go: into a new file, a new version, or behind the bytes of the current version.
struct Place {
  FolderId folder;
  std::optional<ObjectId> existing;
  std::optional<std::int64_t> offset;  ///< the client uploads in pieces
};

infostore::Deposit open_deposit(Invocation& invocation, const Place& place, std::int64_t size_hint) {
  if (place.existing && place.offset)
    return infostore::Deposit::append(invocation.work, *place.existing, *place.offset, size_hint);
  // The first piece makes the file.
  if (place.offset.value_or(0) != 0)
    throw ApiError(errors::fls::kOffset, {std::to_string(*place.offset), "0"});
  return infostore::Deposit(invocation.work, place.folder, place.existing, size_hint);
}

/// The spooled file, copied into the store piece by piece.
infostore::Deposit deposit_file(Invocation& invocation, const Upload& upload, const Place& place) {
  check_upload_size(invocation, upload.file_name, upload.size);
  infostore::Deposit deposit = open_deposit(invocation, place, upload.size);
  read_upload(upload, [&deposit](std::string_view piece) { deposit.write(piece); });
  return deposit;
}

/// The raw body, straight into the store.
infostore::Deposit deposit_body(Invocation& invocation, std::string_view file_name, const Place& place) {
  const Request& request = invocation.request;
  const std::int64_t announced =
      request.read_body ? request.body_length : static_cast<std::int64_t>(request.body.size());
  check_upload_size(invocation, file_name, announced);
  infostore::Deposit deposit = open_deposit(invocation, place, announced);
  const std::int64_t begin = deposit.size();
  const auto sink = [&](std::string_view bytes) {
    check_upload_size(invocation, file_name,
                      deposit.size() - begin + static_cast<std::int64_t>(bytes.size()));
    deposit.write(bytes);
  };
  if (request.read_body)
    request.read_body(sink);
  else
    sink(request.body);
  return deposit;
}

/// Members that come as parameters of the URL beside a raw body.
constexpr std::array<std::string_view, 9> kUploadMembers = {"title",       "filename",        "file_mimetype",
                                                            "file_md5sum", "description",     "categories",
                                                            "url",         "version_comment", "color_label"};

infostore::ItemInput item_of_parameters(const Invocation& invocation, bool creating) {
  Json members = Json::object();
  for (const std::string_view name : kUploadMembers)
    if (invocation.arguments.has(name))
      members.set(std::string(name), Json::string(invocation.arguments.text(name)));
  if (creating) members.set("folder_id", Json::string(invocation.arguments.text("folder_id")));
  infostore::ItemInput input = infostore::parse_item(members, creating);
  // The type of the body itself says only that it is raw; without a name there is nothing to tell a type by.
  if (input.item.filename) add_file_facts(input, {}, {});
  return input;
}

/// All bytes of a stored file. Errors: FLS-0017 and others of the store.
void pour_whole(const StoredBytes& bytes, const std::function<void(std::string_view)>& sink) {
  try {
    if (bytes.size == 0) return;
    pour(bytes, {0, bytes.size}, [&](std::string_view piece) {
      sink(piece);
      return true;
    });
  } catch (const filestore::StoreError& problem) {
    throw model::files::to_api_error(problem);
  }
}

void need(const Arguments& arguments, std::string_view name) {
  if (arguments.text(name).empty())
    throw HttpError(400, "Missing the following request parameter: " + std::string(name));
}

}  // namespace

Response create(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  infostore::ItemInput input = read_item(invocation, true);
  const FolderId folder(input.item.folder_id);
  std::optional<infostore::Deposit> file;
  if (const Upload* upload = sent_file(invocation)) {
    add_file_facts(input, upload->file_name, upload->content_type);
    file.emplace(deposit_file(invocation, *upload, {folder, {}, arguments.optional_integer("offset")}));
  }
  return answer_saved(invocation,
                      infostore::create(invocation.work, input, std::move(file), collision(arguments)));
}

Response update(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const infostore::ItemRef ref = asked_item(invocation);
  const auto offset = arguments.optional_integer("offset");
  infostore::ItemInput input = read_item(invocation, false);
  std::optional<infostore::Deposit> file;
  if (const Upload* upload = sent_file(invocation)) {
    // A further piece says nothing new about the file.
    if (!offset) add_file_facts(input, upload->file_name, upload->content_type);
    file.emplace(deposit_file(invocation, *upload, {ref.folder, ref.id, offset}));
  }
  return answer_saved(invocation, infostore::update(invocation.work, ref, input, known_timestamp(arguments),
                                                    std::move(file), collision(arguments)));
}

Response copy(Invocation& invocation) {
  const infostore::ItemRef ref = asked_item(invocation);
  infostore::ItemInput changed = read_item(invocation, true);
  std::optional<infostore::Deposit> file;
  if (const Upload* upload = sent_file(invocation)) {
    add_file_facts(changed, upload->file_name, upload->content_type);
    file.emplace(deposit_file(invocation, *upload, {FolderId(changed.item.folder_id), {}, {}}));
  }
  return answer_saved(invocation, infostore::copy(invocation.work, ref, changed, std::move(file),
                                                  collision(invocation.arguments)));
}

Response save_as(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const attachments::ParentRef parent{attachments::parse_module(arguments.integer("module")),
                                      FolderId(arguments.integer("folder")),
                                      ObjectId(arguments.integer("attached"))};
  infostore::ItemInput input = read_item(invocation, true);
  attachments::Content source =
      attachments::open_content(invocation.work, parent, ObjectId(arguments.integer("attachment")));
  const attachments::Attachment& attachment = source.attachment;
  add_file_facts(input, attachment.filename.value_or(""), attachment.file_mimetype.value_or(""));
  const StoredBytes bytes{std::move(source.store), attachment.file_id.value_or(""), attachment.file_size};
  std::optional<infostore::Deposit> file;
  file.emplace(open_deposit(invocation, {FolderId(input.item.folder_id), {}, {}}, bytes.size));
  pour_whole(bytes, [&file](std::string_view piece) { file->write(piece); });
  return answer_saved(invocation,
                      infostore::create(invocation.work, input, std::move(file), collision(arguments)));
}

Response upload(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  if (!arguments.boolean("binary"))
    throw ApiError(errors::svl::kBadParameter, {"binary", std::string(arguments.text("binary"))});
  const auto offset = arguments.optional_integer("offset");
  const bool creating = arguments.text("id").empty();
  if (creating) {
    need(arguments, "folder_id");
    need(arguments, "filename");
  }
  const infostore::ItemInput input = item_of_parameters(invocation, creating);
  const std::string name = input.item.filename.value_or("");
  if (creating) {
    infostore::Deposit file = deposit_body(invocation, name, {FolderId(input.item.folder_id), {}, offset});
    return answer_saved(invocation,
                        infostore::create(invocation.work, input, std::move(file), collision(arguments)));
  }
  need(arguments, "timestamp");
  const infostore::ItemRef ref = infostore::parse_item_id(arguments.text("id"));
  infostore::Deposit file = deposit_body(invocation, name, {ref.folder, ref.id, offset});
  return answer_saved(invocation, infostore::update(invocation.work, ref, input, known_timestamp(arguments),
                                                    std::move(file), collision(arguments)));
}

}  // namespace gw::ajax::infostore_actions
