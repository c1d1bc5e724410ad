// mail: structure. Source: spec mail section 6.5.
#include <string>
#include <utility>

#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_show.hpp"

namespace gw::ajax::mail_actions {
namespace {

void set_text(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object.set(name, Json::string(text));
}

void set_number(Json& object, const char* name, std::int64_t number) {
  if (number >= 0) object.set(name, Json::integer(number));
}

/// As deep as parsers of structures let them be (mail::kMaxPartDepth).
Json write_part(const mail::Part& part) {
  Json object = Json::object();
  object.set("id", Json::string(part.id));
  object.set("content_type", Json::string(part.media_type()));
  Json parameters = Json::object();
  for (const auto& [name, value] : part.parameters) parameters.set(name, Json::string(value));
  object.set("parameters", std::move(parameters));
  set_text(object, "disp", part.disposition);
  if (part.filename) object.set("filename", Json::string(*part.filename));
  if (!part.content_id.empty()) object.set("cid", Json::string("<" + part.content_id + ">"));
  if (!part.is_multipart()) {
    object.set("encoding", Json::string(part.encoding));
    set_number(object, "size", part.size);
    set_number(object, "lines", part.lines);
  }
  if (part.children.empty()) return object;
  Json children = Json::array();
  for (const mail::Part& child : part.children) children.append(write_part(child));
  object.set("body", std::move(children));
  return object;
}

}  // namespace

Response structure(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const MailRef ref = asked_mail(invocation, *mailbox);
  const mail::Message mail = load_mail(*mailbox, ref, fetch_for_object());
  const std::string folder = mailbox::format_folder_path(ref.folder);
  const MailView view{mail,
                      mailbox->account(ref.folder.account),
                      invocation.format.zone,
                      ref.shown_folder.empty() ? folder : ref.shown_folder,
                      -1,
                      {&invocation.work.settings().authenticity, invocation.request.root},
                      ref.shown_id,
                      folder};
  Json object = Json::object();
  set_mail_members(object, view);
  object.set("headers", write_other_headers(mail));
  if (mail.structure) object.set("body", write_part(*mail.structure));
  return Response::with_data(std::move(object));
}

}  // namespace gw::ajax::mail_actions
