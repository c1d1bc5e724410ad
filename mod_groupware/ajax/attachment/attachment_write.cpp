// attachment: attach, detach.
#include <algorithm>

#include "ajax/attachment/attachment_actions.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax::attachment_actions {
namespace {

namespace attachments = model::attachments;

/// `file_3` belongs to `json_3`, `file` to `json`.
Json announced_for(const Request& request, const Upload& upload) {
  constexpr std::string_view kFile = "file";
  const std::string_view suffix =
      upload.field.starts_with(kFile) ? std::string_view(upload.field).substr(kFile.size()) : "";
  auto text = request.form.find("json" + std::string(suffix));
  // Parts of multipart/mixed have no names: one part tells of all files.
  if (!text) text = request.form.find("json");
  if (!text) throw ApiError(errors::svl::kMissing, {"json" + std::string(suffix)});
  std::string why;
  auto parsed = Json::parse(*text, &why);
  if (!parsed) throw ApiError(errors::svl::kBodyNotJson, {why});
  return std::move(*parsed);
}

/// The file itself tells what the client did not.
void complete(attachments::Attachment& facts, const Upload& upload) {
  if (!facts.filename) facts.filename = upload.file_name.empty() ? "file" : upload.file_name;
  if (facts.file_mimetype) return;
  std::string type = bare_media_type(upload.content_type);
  // Browsers say this when they know nothing; the name often tells more.
  if (type.empty() || type == kUnknownType) type = media_type_of_name(*facts.filename);
  facts.file_mimetype = std::move(type);
}

attachments::NewFiles& files_for(Invocation& invocation, std::vector<attachments::NewFiles>& objects,
                                 const attachments::ParentRef& parent) {
  const auto known = std::find_if(objects.begin(), objects.end(), [&](const attachments::NewFiles& object) {
    return object.parent().object == parent.object && object.parent().module == parent.module &&
           object.parent().folder == parent.folder;
  });
  return known != objects.end() ? *known : objects.emplace_back(invocation.work, parent);
}

}  // namespace

Response attach(Invocation& invocation) {
  const Request& request = invocation.request;
  if (request.uploads.empty()) throw ApiError(errors::att::kNoFile);
  std::int64_t sum = 0;
  for (const Upload& upload : request.uploads) {
    sum += upload.size;
    check_upload_size(invocation, upload.file_name, sum);
  }
  std::vector<attachments::NewFiles> objects;
  for (const Upload& upload : request.uploads) {
    attachments::Announced announced = attachments::parse_announced(announced_for(request, upload));
    complete(announced.facts, upload);
    attachments::NewFiles& files = files_for(invocation, objects, announced.parent);
    files.begin(announced.facts, upload.size);
    read_upload(upload, [&files](std::string_view piece) { files.write(piece); });
  }
  const auto attached = attachments::attach(invocation.work, objects);
  Json ids = Json::array();
  for (const ObjectId id : attached.ids) ids.append(Json::integer(id.value));
  return Response::with_data(std::move(ids), attached.timestamp);
}

Response detach(Invocation& invocation) {
  const auto ids = parse_ids(invocation.body);
  return Response::with_data(Json::object(),
                             attachments::detach(invocation.work, asked_parent(invocation), ids));
}

}  // namespace gw::ajax::attachment_actions
