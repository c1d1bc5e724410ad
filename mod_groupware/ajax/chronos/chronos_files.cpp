// chronos: getAttachment, zipAttachments. Source: spec chronos section 9.
#include <algorithm>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos_actions.hpp"
#include "ajax/delivery/document_delivery.hpp"
#include "ajax/delivery/zip_download.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "model/attachments/attachment_service.hpp"

namespace gw::ajax::chronos_actions {
namespace {

namespace attachments = model::attachments;

attachments::ParentRef asked_object(const Invocation& invocation) {
  const auto ref = asked_event(invocation, false);
  return {attachments::ParentModule::Appointment, ref.folder, ref.event};
}

/// ATT-0405 in the words of the calendar.
[[noreturn]] void throw_not_attached(const attachments::ParentRef& parent, ObjectId id) {
  throw ApiError(
      errors::cal::kAttachmentNotFound,
      {std::to_string(id.value), std::to_string(parent.object.value), format_calendar_id(parent.folder)});
}

StoredBytes stored_bytes(attachments::Content& content) {
  return {std::move(content.store), content.attachment.file_id.value_or(""), content.attachment.file_size};
}

attachments::Content open_attached(model::UnitOfWork& work, const attachments::ParentRef& parent,
                                   ObjectId id) {
  try {
    return attachments::open_content(work, parent, id);
  } catch (const ApiError& error) {
    if (error.code() == errors::att::kNotFound) throw_not_attached(parent, id);
    throw;
  }
}

Response deliver_attached(Invocation& invocation) {
  auto content = open_attached(invocation.work, asked_object(invocation),
                               ObjectId(invocation.arguments.integer("managedId")));
  const attachments::Attachment& attachment = content.attachment;
  return deliver_document(invocation, {stored_bytes(content),
                                       attachment.filename.value_or("file"),
                                       attachment.file_mimetype.value_or(""),
                                       {attachments::entity_tag(attachment), attachment.creation_date}});
}

/// What is gone meanwhile is left out. False: the client is gone.
bool add_attached(model::UnitOfWork& work, const attachments::ParentRef& parent, ObjectId id,
                  formats::zip::ZipWriter& archive) {
  std::optional<attachments::Content> content;
  try {
    content = attachments::open_content(work, parent, id);
  } catch (const ApiError&) {
    return true;
  }
  work.release();
  const StoredBytes bytes = stored_bytes(*content);
  return add_to_archive(archive, content->attachment.filename.value_or("file"), bytes,
                        content->attachment.creation_date);
}

std::vector<ObjectId> managed_ids(const Json& list) {
  if (!list.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of managed ids"});
  std::vector<ObjectId> ids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto id = list.at(i).to_integer();
    if (!id) throw ApiError(errors::svl::kBodyIllegal, {"an id is no number"});
    ids.emplace_back(*id);
  }
  return ids;
}

Response pack_attached(Invocation& invocation) {
  const auto ids = managed_ids(parse_zip_body(invocation));
  const attachments::ParentRef parent = asked_object(invocation);
  // Whoever names one that is not there gets an error, not a shorter archive.
  const auto present = attachments::list_ids(invocation.work, parent, ids);
  for (const ObjectId id : ids)
    if (std::none_of(present.items.begin(), present.items.end(),
                     [&](const attachments::Attachment& one) { return one.id == id.value; }))
      throw_not_attached(parent, id);
  return zip_download(
      invocation, "attachments", [ids, parent](model::UnitOfWork& work, formats::zip::ZipWriter& archive) {
        return std::all_of(ids.begin(), ids.end(),
                           [&](ObjectId id) { return add_attached(work, parent, id, archive); });
      });
}

}  // namespace

Response get_attachment(Invocation& invocation) try {
  return deliver_attached(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

Response zip_attachments(Invocation& invocation) try {
  return pack_attached(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

}  // namespace gw::ajax::chronos_actions
