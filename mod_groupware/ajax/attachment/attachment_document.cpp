// attachment: document, zipDocuments.
#include "ajax/attachment/attachment_actions.hpp"
#include "ajax/delivery/attached_files.hpp"
#include "ajax/delivery/zip_download.hpp"

namespace gw::ajax::attachment_actions {
namespace {

namespace attachments = model::attachments;

Response deliver(Invocation& invocation) {
  return deliver_attached(invocation,
                          attachments::open_content(invocation.work, asked_parent(invocation),
                                                    ObjectId(invocation.arguments.integer("id"))));
}

Response pack(Invocation& invocation) {
  auto ids = parse_ids(parse_zip_body(invocation));
  const attachments::ParentRef parent = asked_parent(invocation);
  // Whoever names one that is not there gets an error, not a shorter archive.
  for (const ObjectId id : ids) attachments::get(invocation.work, parent, id);
  return zip_attached(invocation, parent, std::move(ids));
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
