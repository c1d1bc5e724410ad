// mail: reply, replyall, forward: what a client shows to be edited; and receipt_ack. Source: spec mail
// sections 7.3 and 9.
#include <algorithm>

#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_show.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/composition.hpp"
#include "mail/mime/receipt.hpp"
#include "mail/mime/reply.hpp"
#include "mailbox/answering.hpp"
#include "mailbox/sending.hpp"

namespace gw::ajax::mail_actions {
namespace {

namespace mime = mail::mime;

std::vector<MailRef> asked_originals(const Invocation& invocation, mailbox::Mailbox& mailbox) {
  if (invocation.body.is_missing()) return {asked_mail(invocation, mailbox)};
  std::vector<MailRef> refs = parse_mail_list(invocation.body);
  if (refs.empty()) throw ApiError(errors::svl::kBodyType, {"an array of mails"});
  if (refs.size() > mailbox::kMaxForwards)
    throw ApiError(errors::msg::kTooManyForwards, {std::to_string(mailbox::kMaxForwards)});
  return refs;
}

mail::Message load_original(mailbox::Mailbox& mailbox, const MailRef& ref) {
  return mailbox::load_original(mailbox, {ref.folder, ref.uid}, fetch_for_object());
}

/// The text of the original as it will be quoted.
struct Quotable {
  std::string text;
  bool is_html = false;
  mime::Display display;
};

Quotable quotable_of(const Invocation& invocation, mailbox::Mailbox& mailbox, const MailRef& ref,
                     const mail::Message& original) {
  ShowOptions options =
      parse_show_options(invocation, mailbox, mailbox::format_folder_path(ref.folder), ref.uid);
  options.display.is_embedded = true;
  options.display.is_for_editing = true;
  options.display.unpacks_nested = false;
  Quotable found;
  if (!original.structure) return found;
  const MailBytes bytes = bytes_of_stored(mailbox.messages(ref.folder.account), ref.folder.fullname, ref.uid);
  found.display = mime::plan_display(*original.structure, options.display, bytes.text);
  const mime::DisplayElement& shown = found.display.elements.front();
  found.text = shown.content.value_or("");
  found.is_html = shown.content_type.starts_with("text/html");
  return found;
}

mime::QuoteStyle style_of(const Invocation& invocation) {
  return {invocation.caller().locale, invocation.caller().timezone};
}

Json text_element(const std::string& content, bool is_html) {
  return Json::object()
      .set("id", Json::string("1"))
      .set("content_type", Json::string(is_html ? "text/html" : "text/plain"))
      .set("disp", Json::string("inline"))
      .set("size", Json::integer(static_cast<std::int64_t>(count_characters(content))))
      .set("content", Json::string(content));
}

Json message_element(const MailRef& ref, const mail::Message& original) {
  const std::string path = mailbox::format_mail_path(ref.folder, ref.uid);
  return Json::object()
      .set("id", Json::string(""))
      .set("content_type", Json::string("message/rfc822"))
      .set("disp", Json::string("attachment"))
      .set("size", Json::integer(original.size))
      .set("filename", Json::string(mime::message_file_name(original.subject.value_or(""))))
      .set("content", Json::null())
      .set("msgref", Json::string(path));
}

/// What every answer of this file has.
Json begin_answer(Invocation& invocation, mailbox::Mailbox& mailbox, std::int64_t account,
                  const mail::Message& original, const std::string& subject) {
  Json answer = Json::object();
  answer.set("subject", Json::string(subject));
  answer.set("account_id", Json::integer(account));
  answer.set("account_name", Json::string(mailbox.account(account).name));
  answer.set("flags", Json::integer(0));
  if (invocation.arguments.boolean("setFrom")) {
    answer.set("from", write_addresses({mailbox::answer_sender(mailbox, account, original)}));
  }
  return answer;
}

Response answer_reply(Invocation& invocation, bool to_all) {
  const auto mailbox = open_mailbox(invocation);
  const std::vector<MailRef> refs = asked_originals(invocation, *mailbox);
  if (refs.size() > 1) throw ApiError(errors::msg::kReplyToSeveral);
  const MailRef& ref = refs.front();
  const mail::Message original = load_original(*mailbox, ref);
  const mime::Recipients recipients = mailbox::answer_recipients(*mailbox, ref.folder, original, to_all);
  Json answer = begin_answer(invocation, *mailbox, ref.folder.account, original,
                             mime::reply_subject(original.subject.value_or("")));
  answer.set("msgref", Json::string(mailbox::format_mail_path(ref.folder, ref.uid)));
  answer.set("to", write_addresses(recipients.to));
  answer.set("cc", write_addresses(recipients.cc));
  answer.set("bcc", write_addresses(recipients.bcc));
  const Quotable quotable = quotable_of(invocation, *mailbox, ref, original);
  std::string content;
  if (!mailbox->setting("mail/ignorereplytext"))
    content = quotable.is_html ? mime::quote_reply_html(original, quotable.text, style_of(invocation))
                               : mime::quote_reply(original, quotable.text, style_of(invocation));
  answer.set("attachments", Json::array().append(text_element(content, quotable.is_html)));
  return Response::with_data(std::move(answer));
}

/// Files of the original, to be named by their part ids when the mail is sent.
void add_files(Json& elements, const Quotable& quotable) {
  for (std::size_t i = 1; i < quotable.display.elements.size(); ++i) {
    const mime::DisplayElement& element = quotable.display.elements[i];
    if (element.is_virtual || element.disposition == "alternative") continue;
    elements.append(Json::object()
                        .set("id", Json::string(element.id))
                        .set("content_type", Json::string(element.content_type))
                        .set("disp", Json::string(element.disposition))
                        .set("size", Json::integer(element.size))
                        .set("filename", element.filename ? Json::string(*element.filename) : Json::null())
                        .set("content", Json::null()));
  }
}

}  // namespace

Response reply(Invocation& invocation) { return answer_reply(invocation, false); }

Response reply_all(Invocation& invocation) { return answer_reply(invocation, true); }

Response forward(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const std::vector<MailRef> refs = asked_originals(invocation, *mailbox);
  const mail::Message first = load_original(*mailbox, refs.front());
  Json answer = begin_answer(invocation, *mailbox, refs.front().folder.account, first,
                             mime::forward_subject(first.subject.value_or("")));
  for (const char* member : {"to", "cc", "bcc"}) answer.set(member, Json::array());
  answer.set("msgref", Json::string(mailbox::format_mail_path(refs.front().folder, refs.front().uid)));
  Json elements = Json::array();
  if (refs.size() > 1 || mailbox::forwards_as_attachment(*mailbox)) {
    elements.append(text_element("", true));
    for (const MailRef& ref : refs) elements.append(message_element(ref, load_original(*mailbox, ref)));
  } else {
    const Quotable quotable = quotable_of(invocation, *mailbox, refs.front(), first);
    const std::string content = quotable.is_html
                                    ? mime::quote_forward_html(first, quotable.text, style_of(invocation))
                                    : mime::quote_forward(first, quotable.text, style_of(invocation));
    elements.append(text_element(content, quotable.is_html));
    add_files(elements, quotable);
  }
  answer.set("attachments", std::move(elements));
  return Response::with_data(std::move(answer));
}

Response receipt_ack(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const MailRef ref = parse_mail_ref(invocation.body);
  const mail::Message original = load_original(*mailbox, ref);
  const auto wanted = mime::find_receipt_request(original);
  if (!wanted) throw ApiError(errors::msg::kMissingField, {"Disposition-Notification-To"});
  mime::Receipt receipt;
  const std::string from = invocation.body.get("from").to_text().value_or("");
  const mail::AddressList chosen = mime::parse_addresses(from);
  receipt.from = chosen.empty() ? mailbox->default_sender() : chosen.front();
  const std::int64_t account = mailbox->find_sender(receipt.from.address);
  receipt.to = wanted->to;
  receipt.agent = invocation.work.settings().product_name;
  receipt.locale = invocation.caller().locale;
  receipt.zone = invocation.caller().timezone.name();
  if (!mime::is_plausible_address(receipt.to.address))
    throw ApiError(errors::msg::kBadAddress, {receipt.to.address});
  const std::string bytes = mime::build_receipt(original, receipt);
  mail::Envelope envelope;
  envelope.recipients.push_back(mime::to_ascii_domain(receipt.to.address));
  envelope.needs_smtputf8 = mime::needs_smtputf8(receipt.to.address);
  std::size_t offset = 0;
  const mail::ByteSource source = [&](std::size_t most) {
    std::string piece = bytes.substr(offset, most);
    offset += piece.size();
    return piece;
  };
  mailbox->open_transport(account)->send(envelope, source, static_cast<std::int64_t>(bytes.size()));
  mail::FlagSet flags;
  flags.set(mail::Flag::ReadAcknowledged);
  mailbox->messages(ref.folder.account)
      .change_flags(ref.folder.fullname, std::span(&ref.uid, 1), flags, {}, true);
  return Response::with_data(Json::object());
}

}  // namespace gw::ajax::mail_actions
