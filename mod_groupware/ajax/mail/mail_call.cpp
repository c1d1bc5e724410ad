#include "ajax/mail/mail_call.hpp"

#include "ajax/session_check.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::ajax {
namespace {

// Parameters of the API that ask for what this server has not.
constexpr const char* kOtherServices[] = {"decrypt", "scan"};

}  // namespace

mailbox::MailKeys mail_keys(const Invocation& invocation) {
  return {secret_of(invocation.request, invocation.runtime, *invocation.session),
          invocation.request.mail_token};
}

std::unique_ptr<mailbox::Mailbox> open_mailbox(const Invocation& invocation) {
  for (const char* wish : kOtherServices)
    if (parse_boolean(invocation.request.parameter(wish).value_or("")))
      throw ApiError(errors::msg::kUnsupportedOperation, {wish});
  if (invocation.runtime.mail_protocols == nullptr || invocation.session == nullptr)
    throw ApiError(errors::msg::kSubsystemDown);
  return std::make_unique<mailbox::Mailbox>(invocation.work, *invocation.runtime.mail_protocols,
                                            *invocation.session, mail_keys(invocation));
}

MailRef asked_mail(const Invocation& invocation, mailbox::Mailbox& mailbox) {
  const Arguments& arguments = invocation.arguments;
  const std::string folder(arguments.text("folder"));
  if (folder.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  if (const std::string_view id = arguments.text("id"); !id.empty()) return make_mail_ref(folder, id);
  MailRef ref{mailbox::parse_folder_path(folder), 0};
  const std::string message_id(trim(arguments.text("message_id")));
  if (message_id.empty()) throw ApiError(errors::msg::kMissingParameter, {"id"});
  if (mailbox::unified::is_unified(ref.folder)) {
    const auto real = mailbox::unified::UnifiedMail(mailbox, ref.folder).find_by_message_id(message_id);
    if (!real) throw ApiError(errors::msg::kMailNotFound, {message_id, folder});
    return {real->folder, real->uid, folder, mailbox::unified::format_mail_id(real->folder, real->uid)};
  }
  const auto found =
      mailbox.messages(ref.folder.account).find_by_message_id(ref.folder.fullname, message_id, false);
  if (!found) throw ApiError(errors::msg::kMailNotFound, {message_id, folder});
  ref.uid = found->second;
  return ref;
}

void throw_gone(const MailRef& ref) {
  throw ApiError(errors::msg::kMailNotFound,
                 {std::to_string(ref.uid), mailbox::format_folder_path(ref.folder)});
}

mail::Message load_mail(mailbox::Mailbox& mailbox, const MailRef& ref, const mail::FetchSet& fetch) {
  auto found = mailbox.messages(ref.folder.account).get(ref.folder.fullname, {&ref.uid, 1}, fetch);
  if (found.empty() || !found.front()) throw_gone(ref);
  found.front()->folder = ref.folder.fullname;
  return std::move(*found.front());
}

Response answer_failed_folders(const Json& body, const std::function<void(const mailbox::FolderPath&)>& act) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of folder ids"});
  Json failed = Json::array();
  for (std::size_t i = 0; i < body.size(); ++i) {
    const std::string id = body.at(i).to_text().value_or("");
    try {
      act(mailbox::parse_folder_path(id));
    } catch (const ApiError&) {
      failed.append(Json::string(id));
    }
  }
  return Response::with_data(std::move(failed));
}

}  // namespace gw::ajax
