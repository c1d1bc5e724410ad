// What every action on mails begins with: the caller's mailbox, and the mails that a request names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ajax/action.hpp"
#include "mailbox/mailbox.hpp"

namespace gw::ajax {

/// Errors: those of Mailbox's constructor.
std::unique_ptr<mailbox::Mailbox> open_mailbox(const Invocation& invocation);

struct MailRef {
  mailbox::FolderPath folder;
  mail::Uid uid = 0;
};

/// Elements of one request. Errors beyond it: SVL-0031.
inline constexpr std::size_t kMaxMails = 50'000;

/// A body `[{folder|folder_id, id}, …]`, in its order. Errors: SVL-0028, MSG-0086, MSG-0032.
std::vector<MailRef> parse_mail_list(const Json& body);
/// One element of such a body. Errors: as above.
MailRef parse_mail_ref(const Json& element);

/// Parameters `folder` and `id`, or `message_id` instead of the id; all must be declared.
/// Errors: MSG-0001 missing, MSG-0032 not there.
MailRef asked_mail(const Invocation& invocation, mailbox::Mailbox& mailbox);

/// Mails of one folder, in order: one command for each group.
struct MailGroup {
  mailbox::FolderPath folder;
  std::vector<mail::Uid> uids;
};
std::vector<MailGroup> group_by_folder(const std::vector<MailRef>& mails);

}  // namespace gw::ajax
