// Access list letters and the API's permission levels. Source: spec mail section 12.3, RFC 4314 and 2086.
#pragma once

#include <string>
#include <string_view>

#include "mail/folder.hpp"

namespace gw::mail::imap {

/// Every right of RFC 4314: what an owner has where the server knows no access lists.
inline constexpr std::string_view kAllRights = "lrswipkxtea";

/// Letters to grant. `knows_new_letters`: RFC 4314; else only those of RFC 2086.
std::string rights_of(const FolderPermission& permission, bool knows_new_letters);
FolderPermission permission_of(std::string_view identifier, std::string_view rights);

/// `c` of old servers stands for k and x, `d` for e and t.
bool has_right(std::string_view rights, char right);
/// Names of groups, negative rights and other things that are no login: kept as they are and never shown.
bool is_login_identifier(std::string_view identifier);

}  // namespace gw::mail::imap
