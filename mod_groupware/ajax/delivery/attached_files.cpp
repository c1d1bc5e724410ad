#include "ajax/delivery/attached_files.hpp"

#include <algorithm>

#include "ajax/delivery/document_delivery.hpp"
#include "ajax/delivery/zip_download.hpp"

namespace gw::ajax {
namespace {

namespace attachments = model::attachments;

StoredBytes bytes_of(attachments::Content& content) {
  return {std::move(content.store), content.attachment.file_id.value_or(""), content.attachment.file_size};
}

/// False: the client is gone.
bool add_attached(model::UnitOfWork& work, const attachments::ParentRef& parent, ObjectId id,
                  formats::zip::ZipWriter& archive) {
  std::optional<attachments::Content> content;
  try {
    content = attachments::open_content(work, parent, id);
  } catch (const ApiError&) {
    return true;
  }
  work.release();
  const StoredBytes bytes = bytes_of(*content);
  return add_to_archive(archive, content->attachment.filename.value_or("file"), bytes,
                        content->attachment.creation_date);
}

}  // namespace

Response deliver_attached(Invocation& invocation, attachments::Content content) {
  const attachments::Attachment& attachment = content.attachment;
  return deliver_document(invocation, {bytes_of(content),
                                       attachment.filename.value_or("file"),
                                       attachment.file_mimetype.value_or(""),
                                       {attachments::entity_tag(attachment), attachment.creation_date}});
}

Response zip_attached(Invocation& invocation, const attachments::ParentRef& parent,
                      std::vector<ObjectId> ids) {
  return zip_download(
      invocation, "attachments",
      [ids = std::move(ids), parent](model::UnitOfWork& work, formats::zip::ZipWriter& archive) {
        return std::all_of(ids.begin(), ids.end(),
                           [&](ObjectId id) { return add_attached(work, parent, id, archive); });
      });
}

}  // namespace gw::ajax
