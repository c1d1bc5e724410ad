#include "ajax/mail/mail_call.hpp"

#include "ajax/session_check.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

// Parameters of the API that ask for what this server has not.
constexpr const char* kOtherServices[] = {"decrypt", "scan"};

}  // namespace

std::unique_ptr<mailbox::Mailbox> open_mailbox(const Invocation& invocation) {
  for (const char* wish : kOtherServices)
    if (parse_boolean(invocation.request.parameter(wish).value_or("")))
      throw ApiError(errors::msg::kUnsupportedOperation, {wish});
  if (invocation.runtime.mail_protocols == nullptr || invocation.session == nullptr)
    throw ApiError(errors::msg::kSubsystemDown);
  return std::make_unique<mailbox::Mailbox>(
      invocation.work, *invocation.runtime.mail_protocols, *invocation.session,
      secret_of(invocation.request, invocation.runtime, *invocation.session));
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

}  // namespace gw::ajax
