// attachment: document, zipDocuments.
#include <algorithm>

#include "ajax/attachment/attachment_actions.hpp"
#include "ajax/delivery/document_delivery.hpp"
#include "ajax/delivery/zip_download.hpp"

namespace gw::ajax::attachment_actions {
namespace {

namespace attachments = model::attachments;

StoredBytes bytes_of(attachments::Content& content) {
  return {std::move(content.store), content.attachment.file_id.value_or(""), content.attachment.file_size};
}

Response deliver(Invocation& invocation) {
  attachments::Content content = attachments::open_content(invocation.work, asked_parent(invocation),
                                                           ObjectId(invocation.arguments.integer("id")));
  const attachments::Attachment& attachment = content.attachment;
  return deliver_document(invocation, {bytes_of(content),
                                       attachment.filename.value_or("file"),
                                       attachment.file_mimetype.value_or(""),
                                       {attachments::entity_tag(attachment), attachment.creation_date}});
}

/// What is gone meanwhile is left out. False: the client is gone.
bool write_file(model::UnitOfWork& work, const attachments::ParentRef& parent, ObjectId id,
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

Response pack(Invocation& invocation) {
  const auto ids = parse_ids(parse_zip_body(invocation));
  const attachments::ParentRef parent = asked_parent(invocation);
  // Whoever names one that is not there gets an error, not a shorter archive.
  for (const ObjectId id : ids) attachments::get(invocation.work, parent, id);
  return zip_download(
      invocation, "attachments", [ids, parent](model::UnitOfWork& work, formats::zip::ZipWriter& archive) {
        return std::all_of(ids.begin(), ids.end(),
                           [&](ObjectId id) { return write_file(work, parent, id, archive); });
      });
}

}  // namespace

Response document(Invocation& invocation) try { return deliver(invocation); } catch (const std::exception&) {
  throw_page_of_current_exception();
}

Response zip_documents(Invocation& invocation) try {
  return pack(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

}  // namespace gw::ajax::attachment_actions
