// The secret part of a share's address. Whoever knows it needs no more than a password, if there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/settings.hpp"
#include "sql/connection.hpp"

namespace gw::model::shares {

/// The context (8 hex digits or more) and 160 random bits as 40 hex digits: look-ups bind the context, and
/// nobody finds a share by trying.
std::string make_token(ContextId context);
/// Errors: empty for text that cannot be a token.
std::optional<ContextId> context_of_token(std::string_view token);
/// What the table is searched for.
std::string hash_token(std::string_view token);

/// The link must be shown again to whoever may share, so the token itself is stored too: sealed under the
/// server secret of the database and the cookie salt of the configuration. With a salt configured, a copy of
/// the database opens no link.
std::string seal_token(sql::Connection& connection, const Settings& settings, std::string_view token);
/// Errors: empty when the salt was changed since.
std::optional<std::string> unseal_token(sql::Connection& connection, const Settings& settings,
                                        std::string_view sealed);

}  // namespace gw::model::shares
