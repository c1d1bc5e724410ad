#include "ajax/infostore/file.hpp"

#include <algorithm>

#include "ajax/delivery/document_delivery.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/files/managed_files.hpp"

namespace gw::ajax {
namespace {

namespace files = model::files;

constexpr std::string_view kTypes[] = {"file", "text", "media", "image", "audio", "video", "application"};

/// `file` takes anything, `media` what has pictures or sound, the others files of that primary type.
void check_type(std::string_view wanted, const files::NewManagedFile& file) {
  const std::string_view primary = primary_type(file.media_type);
  const bool is_media = primary == "image" || primary == "audio" || primary == "video";
  const bool fits = wanted == "file" || primary == wanted || (wanted == "media" && is_media);
  if (fits) return;
  if (wanted == "image") throw ApiError(errors::svl::kNoImage, {file.name});
  throw ApiError(errors::svl::kBadParameter, {"type", std::string(wanted)});
}

files::NewManagedFile take(Invocation& invocation, const Upload& upload) {
  files::NewManagedFile file;
  file.name = upload.file_name.empty() ? "file" : upload.file_name;
  file.media_type = bare_media_type(upload.content_type);
  // Browsers say this when they know nothing; the name often tells more.
  if (file.media_type.empty() || file.media_type == kUnknownType)
    file.media_type = media_type_of_name(file.name);
  check_type(trim(invocation.arguments.text("type")), file);
  file.bytes = std::make_unique<files::IncomingFile>(invocation.work, files::kContextFiles, upload.size);
  read_upload(upload, [&file](std::string_view piece) { file.bytes->write(piece); });
  return file;
}

Response create(Invocation& invocation) {
  const Request& request = invocation.request;
  const std::string_view type = trim(invocation.arguments.text("type"));
  if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes))
    throw ApiError(errors::svl::kBadParameter, {"type", std::string(type)});
  if (request.uploads.empty()) throw ApiError(errors::att::kNoFile);
  std::int64_t sum = 0;
  for (const Upload& upload : request.uploads)
    check_upload_size(invocation, upload.file_name, sum += upload.size);
  std::vector<files::NewManagedFile> taken;
  for (const Upload& upload : request.uploads) taken.push_back(take(invocation, upload));
  Json ids = Json::array();
  for (const std::string& id : files::keep_managed_files(invocation.work, taken))
    ids.append(Json::string(id));
  return Response::with_data(std::move(ids));
}

Response keep_alive(Invocation& invocation) {
  const std::string_view id = invocation.arguments.text("id");
  if (!files::use_managed_file(invocation.work, id))
    throw ApiError(errors::att::kNotFound, {std::string(first_characters(id, 60))});
  return Response::empty_data();
}

Response deliver_file(Invocation& invocation, std::string_view id, bool only_pictures) {
  const auto found = files::use_managed_file(invocation.work, id);
  const bool is_wanted = found && (!only_pictures || primary_type(found->media_type) == "image");
  if (!is_wanted) throw HttpError(404, "There is no such file.");
  std::shared_ptr<filestore::FileStore> store =
      files::open_space_of(invocation.work, found->file.owner, found->file.id);
  // The id is never used for other bytes.
  return deliver_document(invocation, {{std::move(store), found->file.id, found->file.size},
                                       found->name,
                                       found->media_type,
                                       {"\"mfile/" + found->id + "\"", {}}});
}

Response get_file(Invocation& invocation) try {
  return deliver_file(invocation, invocation.arguments.text("id"), false);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

Response picture(Invocation& invocation) try {
  return deliver_file(invocation, invocation.arguments.text("uid"), true);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

constexpr Parameter kNewFile[] = {{"module", Type::Text, true}, {"type", Type::Text, true}};
constexpr Parameter kId[] = {{"id", Type::Id, true}};
constexpr Parameter kGetFile[] = {{"id", Type::Id, true}, GW_DOCUMENT};
constexpr Parameter kPicture[] = {{"uid", Type::Id, true}, GW_DOCUMENT};

constexpr Action kFileActions[] = {
    {"get", kGet, get_file, kDownloads, kGetFile},
    {"keepalive", kGet, keep_alive, 0, kId},
    {"new", kPost, create, kUpload | kNotInMultiple, kNewFile},
};
// It has no action parameter: the method names the action.
constexpr Action kPictureActions[] = {{"GET", kGet, picture, kDownloads, kPicture}};

}  // namespace

const ApiModule kFileModule{"file", kFileActions};
const ApiModule kImageManagedFileModule{"image/mfile/picture", kPictureActions};

}  // namespace gw::ajax
