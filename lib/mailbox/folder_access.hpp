// Who may do what in a mail folder: access lists of the server, which name logins, as permissions of the API,
// which name users. Source: spec mail section 12.3.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/folder.hpp"
#include "mailbox/mailbox.hpp"
#include "model/permissions/rights.hpp"

namespace gw::mailbox {

/// The group that everybody is in; access lists call it `anyone`.
inline constexpr std::int64_t kEverybody = 0;

/// The users of the caller's context by their logins at the mail server. Cost: one query, when it is made.
/// Threads: one.
class MailLogins {
 public:
  explicit MailLogins(Mailbox& mailbox);
  [[nodiscard]] std::optional<UserId> user_of(std::string_view login) const;
  /// Errors: FLD-0044 for somebody who has no mailbox here, and for groups other than everybody.
  [[nodiscard]] std::string identifier_of(const model::PermissionEntry& entry) const;
  /// Names that belong to nobody here are left out.
  [[nodiscard]] std::vector<model::PermissionEntry> entries_of(
      const std::vector<mail::FolderPermission>& permissions) const;
  /// What `entries` mean to a server. Rights for own objects alone are none, as mails have no creator.
  /// Errors: as identifier_of.
  [[nodiscard]] std::vector<mail::FolderPermission> permissions_of(
      const std::vector<model::PermissionEntry>& entries) const;

 private:
  std::map<std::string, UserId, std::less<>> users_;
  std::map<std::int64_t, std::string> logins_;
};

/// Of the primary account alone: who the logins of another provider are is not known here.
bool has_access_lists(Mailbox& mailbox, std::int64_t account);
/// Errors: MSG-0087 where there are none: the owner has all rights, and nobody else any.
void require_access_lists(Mailbox& mailbox, std::int64_t account);

/// Replaces the permissions of a folder; names that belong to nobody here keep theirs. `cascade`: also of all
/// folders below, and of none when the caller may not administer one of them. Errors: as
/// require_access_lists; MSG-0052 the account's root; FLD-0044; IMAP-2009, IMAP-2017, MSG-0097.
void set_permissions(Mailbox& mailbox, const FolderPath& folder,
                     const std::vector<model::PermissionEntry>& entries, bool cascade);

}  // namespace gw::mailbox
