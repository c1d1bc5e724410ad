// What clients send to module `mail`: the mails that a request names, and addresses. Source: spec mail
// sections 1 and 3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "mail/address.hpp"
#include "mailbox/folder_path.hpp"

namespace gw::ajax {

struct MailRef {
  mailbox::FolderPath folder;
  mail::Uid uid = 0;
  /// As the client named it, when that was a folder of unified mail. Empty: as above.
  std::string shown_folder{}, shown_id{};
};

/// A mail by the ids of its folder and its own; in a folder of unified mail its id tells where it is.
/// Errors: MSG-1002, MSG-0086, MSG-0032; MSG-0052 for the root of unified mail.
MailRef make_mail_ref(std::string_view folder, std::string_view id);

/// Elements of one request. Errors beyond it: SVL-0031.
inline constexpr std::size_t kMaxMails = 50'000;

/// A body `[{folder|folder_id, id}, …]`, in its order. Errors: SVL-0028, MSG-0086, MSG-0032, MSG-1002.
std::vector<MailRef> parse_mail_list(const Json& body);
/// One element of such a body. Errors: as above.
MailRef parse_mail_ref(const Json& element);

/// Mails of one folder, in order: one command for each group.
struct MailGroup {
  mailbox::FolderPath folder;
  std::vector<mail::Uid> uids;
  bool is_unified = false;  ///< one of them was named in a folder of unified mail
};
std::vector<MailGroup> group_by_folder(const std::vector<MailRef>& mails);

/// The parser gives at most mail::mime::kMaxAddresses: a list of that many may have been cut.
/// Errors: MSG-0076.
void require_whole(const mail::AddressList& list);
/// `[[name, address], …]` or one RFC 5322 text. Errors: MSG-1008; MSG-0076 beyond the limit.
mail::AddressList parse_address_value(const Json& value);

}  // namespace gw::ajax
