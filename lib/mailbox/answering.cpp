#include "mailbox/answering.hpp"

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mailbox {

std::optional<mail::Message> find_original(Mailbox& mailbox, const MailPath& path, mail::FetchSet fetch) {
  fetch.add(mail::Fetch::Envelope).add(mail::Fetch::Threading);
  auto found = mailbox.messages(path.folder.account).get(path.folder.fullname, {&path.uid, 1}, fetch);
  return found.empty() ? std::nullopt : std::move(found.front());
}

mail::Message load_original(Mailbox& mailbox, const MailPath& path, mail::FetchSet fetch) {
  auto found = find_original(mailbox, path, std::move(fetch));
  if (!found)
    throw ApiError(errors::msg::kReferencedMailGone,
                   {std::to_string(path.uid), format_folder_path(path.folder)});
  return std::move(*found);
}

bool is_own_mail(Mailbox& mailbox, const FolderPath& folder) {
  const auto is = [&](mail::DefaultFolder kind) {
    return folder.fullname == mailbox.default_folder(folder.account, kind);
  };
  return is(mail::DefaultFolder::Sent) || is(mail::DefaultFolder::Drafts);
}

mail::mime::Recipients answer_recipients(Mailbox& mailbox, const FolderPath& folder,
                                         const mail::Message& original, bool to_all) {
  mail::mime::ReplyRules rules;
  rules.is_to_all = to_all;
  rules.is_own_mail = is_own_mail(mailbox, folder);
  rules.moves_others_to_cc = mailbox.setting("modules/mail/replyallcc");
  rules.shows_bcc = rules.is_own_mail;
  return mail::mime::reply_recipients(original, rules, mailbox.own_addresses(folder.account));
}

mail::Address answer_sender(Mailbox& mailbox, std::int64_t account, const mail::Message& original) {
  const std::vector<std::string>& addresses = mailbox.own_addresses(account);
  mail::Address sender = mailbox.default_sender();
  if (account != 0) sender = {mailbox.account(account).personal, addresses.front()};
  const auto own = mail::mime::find_own_recipient(original, addresses);
  if (own) sender.address = own->address;
  return sender;
}

// Old and new clients write different leaves.
bool forwards_as_attachment(Mailbox& mailbox) {
  return !mailbox.setting("mail/inlineforward") ||
         equal_ignoring_ascii_case(mailbox.text("modules/mail/forwardmessage"), "Attachment");
}

}  // namespace gw::mailbox
