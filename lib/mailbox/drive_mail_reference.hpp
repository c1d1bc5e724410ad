// What the header X-Open-Xchange-Share-Reference of a Drive mail says: which link of whom. It is sealed, so
// nobody but this server can read or make one. Source: API operation resolve_share_reference.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "model/unit_of_work.hpp"

namespace gw::mailbox {

struct DriveMailReference {
  ContextId context;
  UserId owner;
  FolderId folder;
  UserId guest;  ///< the account of the link
  bool operator==(const DriveMailReference&) const = default;
};

/// `context/owner/folder/guest`.
std::string format_reference(const DriveMailReference& reference);
/// Errors: empty for anything but four positive numbers.
std::optional<DriveMailReference> parse_reference(std::string_view plain);

/// Base64, under a secret. Without a database: the two below know the server's secret.
std::string seal_reference(std::string_view secret, const DriveMailReference& reference);
/// Errors: empty for what was not sealed under this secret, and for more than 512 bytes.
std::optional<DriveMailReference> unseal_reference(std::string_view secret, std::string_view text);

/// Base64, under a server secret and GroupwareCookieSalt.
std::string seal_reference(model::UnitOfWork& work, const DriveMailReference& reference);
/// Errors: empty for what this server did not seal, and after a change of the salt.
std::optional<DriveMailReference> unseal_reference(model::UnitOfWork& work, std::string_view text);

}  // namespace gw::mailbox
