// mail/compose: attachments of a space. Source: spec mail-compose section 5.
#include "ajax/compose/compose_route.hpp"
#include "ajax/compose/original_text.hpp"
#include "ajax/compose/space_message.hpp"
#include "ajax/delivery/document_delivery.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/composition.hpp"
#include "core/text.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::ajax::compose_calls {
namespace {

namespace compositions = model::compositions;

/// Files of a form, or the one that its part JSON names.
std::vector<NewAttachment> take_sent_files(Invocation& invocation) {
  const std::string disposition =
      to_lower_ascii(trim(invocation.request.form.find("contentDisposition").value_or("")));
  std::vector<NewAttachment> taken;
  for (const Upload& upload : invocation.request.uploads)
    taken.push_back(take_upload(invocation, upload, disposition == "inline"));
  if (taken.empty())
    if (const Json named = sent_json(invocation); !named.is_missing())
      taken.push_back(take_named(invocation, named));
  if (taken.empty()) throw ApiError(errors::att::kNoFile);
  return taken;
}

Json write_all(const std::vector<compositions::Attachment>& attachments) {
  Json list = Json::array();
  for (const compositions::Attachment& each : attachments) list.append(write_attachment(each));
  return list;
}

/// One file, as nearly always, is an object.
Response answer_attachments(const std::vector<compositions::Attachment>& stored) {
  return Response::with_data(stored.size() == 1 ? write_attachment(stored.front()) : write_all(stored));
}

}  // namespace

Response add_attachment(Invocation& invocation, const Route& route) {
  compositions::load(invocation.work, route.space);
  std::vector<NewAttachment> taken = take_sent_files(invocation);
  return answer_attachments(
      compositions::attach(invocation.work, compositions::parse_space_id(route.space), taken));
}

Response replace_attachment(Invocation& invocation, const Route& route) {
  const compositions::Space space = compositions::load(invocation.work, route.space);
  const std::string old = compositions::find_attachment(space, route.attachment).id;
  std::vector<NewAttachment> taken = take_sent_files(invocation);
  return answer_attachments(compositions::attach(invocation.work, space.id, taken, old));
}

Response add_card(Invocation& invocation, const Route& route) {
  const std::string id = compositions::load(invocation.work, route.space).id;
  std::vector<NewAttachment> taken;
  taken.push_back(take_card(invocation, write_own_vcard(invocation.work), compositions::Origin::Vcard));
  return answer_attachments(compositions::attach(invocation.work, id, taken));
}

Response add_original(Invocation& invocation, const Route& route) {
  const compositions::Space space = compositions::load(invocation.work, route.space);
  const std::string_view type = space.meta.get("type").as_string();
  if (type != "REPLY" && type != "REPLY_ALL") throw ApiError(errors::msgcs::kNoReply, {space.id});
  const auto mailbox = open_mailbox(invocation);
  OriginalText original(invocation, *mailbox,
                        mailbox::parse_mail_path(space.meta.get("originals").at(0).as_string()));
  original.read({space.id, std::string(space.message.get("contentType").as_string()), false});
  std::vector<std::string> known;
  for (const compositions::Attachment& each : space.attachments) known.push_back(each.source);
  std::vector<NewAttachment> taken = original.take_files(true, known);
  return Response::with_data(write_all(compositions::attach(invocation.work, space.id, taken)));
}

Response get_attachment(Invocation& invocation, const Route& route) {
  const compositions::Space space = compositions::load(invocation.work, route.space);
  const compositions::Attachment& found = compositions::find_attachment(space, route.attachment);
  try {
    std::shared_ptr<filestore::FileStore> store =
        model::files::open_space_of(invocation.work, found.file.owner, found.file.id);
    // The id is never used for other bytes.
    return deliver_document(invocation, {{std::move(store), found.file.id, found.file.size},
                                         found.name,
                                         found.media_type,
                                         {"\"compose/" + found.id + "\"", {}}});
  } catch (const filestore::StoreError& error) {
    throw model::files::to_api_error(error);
  }
}

Response remove_attachment(Invocation& invocation, const Route& route) {
  compositions::detach(invocation.work, route.space, route.attachment);
  return Response::with_data(Json::object().set("success", Json::boolean(true)));
}

}  // namespace gw::ajax::compose_calls
