// Making, listing and revoking app passwords. Signing in with one is in session/protocol_login.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/unit_of_work.hpp"
#include "session/app_passwords/app_password.hpp"

namespace gw::session::app_passwords {

/// Of one user; characters of a name.
inline constexpr std::size_t kMaxAppPasswords = 50, kMaxAppPasswordName = 100;

/// The server's secret of the digests. Cost: one query, at first use a write; ask before a transaction.
std::string load_app_password_secret(sql::Connection& connection);

/// What the caller may make passwords for: his modules that this server offers.
std::vector<const AppScopeRow*> offered_scopes(const model::UnitOfWork& work);

struct NewAppPassword {
  AppPassword facts;
  std::string text;  ///< shown this once
};
/// For the caller. Errors: APP_PASSWORD-0001 a scope that he is not offered, -0002 name, -0003 too many.
NewAppPassword create(model::UnitOfWork& work, std::string_view scope, std::string_view name);
/// Of one user. By creation.
std::vector<AppPassword> list(model::UnitOfWork& work, UserId user);
/// Ends it at once, on every node. Errors: APP_PASSWORD-0004.
void revoke(model::UnitOfWork& work, UserId user, std::string_view id);

}  // namespace gw::session::app_passwords
