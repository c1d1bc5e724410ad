// chronos: getAttachment, zipAttachments. Source: spec chronos section 9.
#include <algorithm>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos_actions.hpp"
#include "ajax/delivery/attached_files.hpp"
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

attachments::Content open_attached(model::UnitOfWork& work, const attachments::ParentRef& parent,
                                   ObjectId id) {
  try {
    return attachments::open_content(work, parent, id);
  } catch (const ApiError& error) {
    if (error.code() == errors::att::kNotFound) throw_not_attached(parent, id);
    throw;
  }
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
  auto ids = managed_ids(parse_zip_body(invocation));
  const attachments::ParentRef parent = asked_object(invocation);
  // Whoever names one that is not there gets an error, not a shorter archive.
  const auto present = attachments::list_ids(invocation.work, parent, ids);
  for (const ObjectId id : ids)
    if (std::none_of(present.items.begin(), present.items.end(),
                     [&](const attachments::Attachment& one) { return one.id == id.value; }))
      throw_not_attached(parent, id);
  return zip_attached(invocation, parent, std::move(ids));
}

}  // namespace

Response get_attachment(Invocation& invocation) try {
  return deliver_attached(invocation, open_attached(invocation.work, asked_object(invocation),
                                                    ObjectId(invocation.arguments.integer("managedId"))));
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

Response zip_attachments(Invocation& invocation) try {
  return pack_attached(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

}  // namespace gw::ajax::chronos_actions
