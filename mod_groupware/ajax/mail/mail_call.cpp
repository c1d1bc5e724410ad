#include "ajax/mail/mail_call.hpp"

#include <algorithm>

#include "ajax/session_check.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {

std::unique_ptr<mailbox::Mailbox> open_mailbox(const Invocation& invocation) {
  if (invocation.runtime.mail_protocols == nullptr || invocation.session == nullptr)
    throw ApiError(errors::msg::kSubsystemDown);
  return std::make_unique<mailbox::Mailbox>(
      invocation.work, *invocation.runtime.mail_protocols, *invocation.session,
      secret_of(invocation.request, invocation.runtime, *invocation.session));
}

MailRef parse_mail_ref(const Json& element) {
  if (!element.is_object()) throw ApiError(errors::svl::kBodyType, {"objects with folder and id"});
  const Json named = element.get("folder");
  const auto folder = (named.is_missing() ? element.get("folder_id") : named).to_text();
  const auto id = element.get("id").to_text();
  if (!folder || !id) throw ApiError(errors::svl::kBodyType, {"objects with folder and id"});
  return {mailbox::parse_folder_path(*folder), mailbox::parse_mail_id(*id, *folder)};
}

std::vector<MailRef> parse_mail_list(const Json& body) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of mails"});
  if (body.size() > kMaxMails)
    throw ApiError(errors::svl::kBodyIllegal, {"more than " + std::to_string(kMaxMails) + " mails"});
  std::vector<MailRef> mails;
  mails.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) mails.push_back(parse_mail_ref(body.at(i)));
  return mails;
}

MailRef asked_mail(const Invocation& invocation, mailbox::Mailbox& mailbox) {
  const Arguments& arguments = invocation.arguments;
  const std::string folder(arguments.text("folder"));
  if (folder.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  MailRef ref{mailbox::parse_folder_path(folder), 0};
  if (const std::string_view id = arguments.text("id"); !id.empty()) {
    ref.uid = mailbox::parse_mail_id(id, folder);
    return ref;
  }
  const std::string message_id(trim(arguments.text("message_id")));
  if (message_id.empty()) throw ApiError(errors::msg::kMissingParameter, {"id"});
  const auto found =
      mailbox.messages(ref.folder.account).find_by_message_id(ref.folder.fullname, message_id, false);
  if (!found) throw ApiError(errors::msg::kMailNotFound, {message_id, folder});
  ref.uid = found->second;
  return ref;
}

std::vector<MailGroup> group_by_folder(const std::vector<MailRef>& mails) {
  std::vector<MailGroup> groups;
  for (const MailRef& mail : mails) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const MailGroup& each) { return each.folder == mail.folder; });
    if (group == groups.end()) group = groups.insert(groups.end(), {mail.folder, {}});
    group->uids.push_back(mail.uid);
  }
  return groups;
}

}  // namespace gw::ajax
