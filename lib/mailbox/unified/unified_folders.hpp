// The folders of unified mail: one account more that every user has whose accounts take part, made of the
// default folders of these. Nothing is stored for it, and nothing here asks a server. Source: spec mail
// section 13, folders sections 1 and 3.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/folder.hpp"
#include "mailbox/folder_path.hpp"

namespace gw::mailbox::unified {

/// No account of a user gets this number. It has as many digits as parse_folder_path reads.
inline constexpr std::int64_t kAccount = 999'999'999;
/// Addresses of this domain are nobody's.
inline constexpr std::string_view kReservedDomain = "unifiedinbox.com";

inline bool is_unified(const FolderPath& folder) { return folder.account == kAccount; }

/// One kind of folder, over all accounts or of one.
struct Place {
  std::string_view name;  ///< "INBOX", "Drafts", "Sent", "Spam", "Trash"
  mail::DefaultFolder kind = mail::DefaultFolder::None;
  std::optional<std::int64_t> account;
};
/// `INBOX` and `INBOX/default3`. Errors: MSG-1002 for all else; MSG-0052 for the root.
Place parse_place(std::string_view fullname);
/// Those over all accounts, in the order of lists.
std::span<const Place> places();
std::string format_place(std::string_view name, std::int64_t account);

/// The id of a mail in a folder of unified mail: where it really is. Errors: as parse_mail_id.
std::string format_mail_id(const FolderPath& folder, mail::Uid uid);
MailPath parse_unified_id(std::string_view id, std::string_view folder);

}  // namespace gw::mailbox::unified
