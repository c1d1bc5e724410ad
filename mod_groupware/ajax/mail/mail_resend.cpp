// mail: resend, bounce. Source: spec mail section 7.3.
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_outcome.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "mailbox/answering.hpp"
#include "mailbox/resending.hpp"

namespace gw::ajax::mail_actions {
namespace {

/// The recipients and the sender that the body names.
mailbox::Resending parse_resending(const Invocation& invocation, mailbox::Mailbox& mailbox) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  mailbox::Resending order;
  if (const auto from = parse_address_value(body.get("from")); !from.empty()) order.from = from.front();
  order.to = parse_address_value(body.get("to"));
  order.cc = parse_address_value(body.get("cc"));
  order.bcc = parse_address_value(body.get("bcc"));
  order.keeps_copy = invocation.arguments.boolean("copy2Sent", !mailbox.setting("mail/nocopytosent"));
  return order;
}

mail::Message load_addresses(mailbox::Mailbox& mailbox, const MailRef& ref) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope);
  return load_mail(mailbox, ref, fetch);
}

}  // namespace

Response resend(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  mailbox::Resending order = parse_resending(invocation, *mailbox);
  const MailRef ref = asked_mail(invocation, *mailbox);
  if (ref.folder.fullname != mailbox->default_folder(ref.folder.account, mail::DefaultFolder::Sent))
    throw ApiError(errors::msg::kResendRefused, {mailbox::format_folder_path(ref.folder)});
  const mail::Message mail = load_addresses(*mailbox, ref);
  if (order.from.address.empty() && !mail.from.empty()) order.from = mail.from.front();
  if (order.to.empty() && order.cc.empty() && order.bcc.empty()) {
    order.to = mail.to;
    order.cc = mail.cc;
    order.bcc = mail.bcc;
  }
  return answer_outcome(mailbox::resend(*mailbox, {ref.folder, ref.uid}, order));
}

Response bounce(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  mailbox::Resending order = parse_resending(invocation, *mailbox);
  const MailRef ref = asked_mail(invocation, *mailbox);
  if (order.from.address.empty())
    order.from = mailbox::answer_sender(*mailbox, ref.folder.account, load_addresses(*mailbox, ref));
  return answer_outcome(mailbox::resend(*mailbox, {ref.folder, ref.uid}, order));
}

}  // namespace gw::ajax::mail_actions
