// mail: attachment, also into a file folder; image/mail/picture. Source: spec mail section 11.
#include "ajax/infostore/infostore_input.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_show.hpp"
#include "ajax/mail/part_delivery.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/structure.hpp"
#include "mailbox/spool.hpp"
#include "model/infostore/infostore_write.hpp"

namespace gw::ajax::mail_actions {
namespace {

namespace infostore = model::infostore;

struct SpooledPart {
  mail::Part part;
  mailbox::Spool bytes;
};

mail::Message load_structure(mailbox::Mailbox& mailbox, const MailRef& ref) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Structure);
  mail::Message mail = load_mail(mailbox, ref, fetch);
  if (!mail.structure) throw_gone(ref);
  return mail;
}

/// The whole part: the database must not wait for the mail server.
SpooledPart read_part(mailbox::Mailbox& mailbox, const MailRef& ref, const std::string& id) {
  const mail::Message mail = load_structure(mailbox, ref);
  const mail::Part* part = mail::mime::find_part(*mail.structure, id);
  if (part == nullptr || part->is_multipart())
    throw ApiError(errors::msg::kAttachmentNotFound,
                   {id, std::to_string(ref.uid), mailbox::format_folder_path(ref.folder)});
  SpooledPart spooled{*part, {}};
  const auto keep = [&](std::string_view piece) {
    spooled.bytes.append(piece);
    return true;
  };
  if (!mailbox.messages(ref.folder.account).read_part(ref.folder.fullname, ref.uid, *part, keep))
    throw_gone(ref);
  return spooled;
}

/// A mail that lies in the mail, as `get` shows mails.
Response answer_nested(const Invocation& invocation, mailbox::Mailbox& mailbox, const MailRef& ref,
                       std::string_view id) {
  mail::MessageStorage& storage = mailbox.messages(ref.folder.account);
  const mail::Message outer = load_structure(mailbox, ref);
  const std::string folder = mailbox::format_folder_path(ref.folder);
  const mail::Part* part = mail::mime::find_part(*outer.structure, id);
  if (part == nullptr || !part->is("message", "rfc822"))
    throw ApiError(errors::msg::kPartNotFound, {std::string(id), std::to_string(ref.uid), folder});
  const ShowOptions options = parse_show_options(invocation, mailbox, folder, ref.uid);
  const MailView view{outer, mailbox.account(ref.folder.account), invocation.format.zone, folder, -1};
  return Response::with_data(
      show_nested_mail(view, options, *part, bytes_of_stored(storage, ref.folder.fullname, ref.uid)));
}

}  // namespace

Response save_attachment(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  for (const char* name : {"attachment", "dest_folder"})
    if (arguments.text(name).empty()) throw ApiError(errors::msg::kMissingParameter, {name});
  const auto mailbox = open_mailbox(invocation);
  const MailRef ref = asked_mail(invocation, *mailbox);
  const SpooledPart spooled = read_part(*mailbox, ref, std::string(arguments.text("attachment")));
  const std::string name = spooled.part.filename.value_or(mail::mime::made_up_name(spooled.part));
  Json members = Json::object();
  members.set("folder_id", Json::string(arguments.text("dest_folder")));
  for (const char* member : {"filename", "description"})
    if (const auto text = invocation.body.get(member).to_text(); text && !text->empty())
      members.set(member, Json::string(*text));
  infostore::ItemInput input = infostore::parse_item(members, true);
  add_file_facts(input, name, spooled.part.media_type());
  infostore::Deposit deposit(invocation.work, FolderId(input.item.folder_id), {}, spooled.bytes.size());
  const mail::ByteSource source = spooled.bytes.open();
  constexpr std::size_t kPiece = 65'536;
  for (std::string piece = source(kPiece); !piece.empty(); piece = source(kPiece)) deposit.write(piece);
  const auto saved =
      infostore::create(invocation.work, input, std::move(deposit), infostore::OnCollision::Rename);
  return Response::with_data(Json::object()
                                 .set("mailFolder", Json::string(mailbox::format_folder_path(ref.folder)))
                                 .set("mailUID", Json::string(std::to_string(ref.uid)))
                                 .set("id", Json::string(format_file_ref(saved.ref)))
                                 .set("folder_id", Json::string(arguments.text("dest_folder")))
                                 .set("filename", Json::string(saved.filename)),
                             saved.timestamp);
}

Response attachment(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  PartWish wish;
  wish.part_id = arguments.text("attachment");
  wish.content_id = arguments.text("cid");
  if (wish.part_id.empty() && wish.content_id.empty())
    throw ApiError(errors::msg::kMissingParameter, {"attachment | cid"});
  const auto mailbox = open_mailbox(invocation);
  wish.mail = asked_mail(invocation, *mailbox);
  if (arguments.boolean("as_json")) return answer_nested(invocation, *mailbox, wish.mail, wish.part_id);
  const bool scales = arguments.has("width") || arguments.has("height") || arguments.has("rotate");
  if (arguments.boolean("save") || arguments.text("delivery") == "download")
    wish.purpose = PartPurpose::Download;
  else if (scales)
    wish.purpose = PartPurpose::Picture;
  wish.cleans_html = arguments.boolean("filter");
  wish.wants_length = arguments.boolean("exact_length");
  return deliver_part(invocation, *mailbox, wish);
}

Response picture(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  try {
    const auto mailbox = open_mailbox(invocation);
    PartWish wish;
    wish.mail = make_mail_ref(arguments.text("folder"), arguments.text("id"));
    wish.content_id = arguments.text("uid");
    wish.purpose = PartPurpose::Picture;
    return deliver_part(invocation, *mailbox, wish);
  } catch (const ApiError& error) {
    // A page shows a broken image; nobody reads an envelope there.
    throw HttpError(400, error.what());
  }
}

}  // namespace gw::ajax::mail_actions
