// How the secrets of a second factor are kept: those of authenticator apps sealed under a secret of this
// server, because they are needed again; backup codes as keyed digests, because they are not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/multifactor/device_rows.hpp"

namespace gw::session::multifactor {

/// 80 random bits each: nobody chose them, so a fast keyed digest is as good as a slow one.
inline constexpr std::size_t kBackupCodeLength = 16, kBackupCodeCount = 10;

/// The server's secret that the others take. Cost: one query, at first use a write; ask before a transaction.
std::string load_multifactor_secret(sql::Connection& connection);

/// Bound to its device: moved to another row it opens nothing. Gives base64.
std::string seal_device_secret(std::string_view server_secret, const Owner& owner, std::string_view device,
                               std::string_view plain);
/// Errors: empty when it was sealed under another secret, or changed.
std::optional<std::string> open_device_secret(std::string_view server_secret, const Owner& owner,
                                              const Device& device);

std::vector<std::string> make_backup_codes();
/// Of a code as it was typed. Errors: empty for what can be none.
std::string digest_backup_code(std::string_view server_secret, const Owner& owner, std::string_view typed);

}  // namespace gw::session::multifactor
