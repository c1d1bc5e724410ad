// From a login name and a password to a user: name resolution, throttling, verification. Makes no session.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/users/user.hpp"
#include "session/password_authority.hpp"
#include "sql/scope.hpp"

namespace gw::session {

struct Credentials {
  std::string name;  ///< `user`, `user@context` or `user@mapping`; trimmed; split at the last `@`
  std::string password;
  std::string address;
  std::string user_agent;
  /// Called when the authority says that he is of this context: whoever holds `database` has it enter that
  /// one's. Empty: all contexts lie in one database.
  std::function<void(ContextId)> enter{};
};

/// Which context the name is of, if there is such a context: where log_in and the others find the user, their
/// database must be that of this context. Asked of the home database. Cost: up to three queries.
ContextId find_context_of_login(sql::Connection& home, const Settings& settings, std::string_view name);

struct LoginResult {
  model::contexts::Context context;
  model::users::User user;
};

/// `authority` is asked first, when there is one, and what is stored here then, unless
/// DirectoriesSettings::local_passwords says no.
/// Errors: ApiError LGI-0006 (user, context or password: indistinguishable, also in time), LGI-0005 (nobody
/// let them in, and the authority does not answer), LGI-0001 (context disabled and password right), LGI-0013
/// (user disabled and password right), LGI-0028 (this name from this address failed too often); HttpError 429
/// (this address failed too often). A name that fails from many addresses slows down only unknown addresses:
/// the owner, known by an earlier good login from the same device or network, still gets in (spec: no
/// lock-out by attackers). The counters are in throttle.hpp. Guests sign in another way and are not found
/// here. Cost: one yescrypt (two when an old hash is renewed), about eight queries. No connection is held
/// while hashing.
LoginResult log_in(sql::Scope& database, const Settings& settings, const Clock& clock,
                   const Credentials& credentials, const PasswordAuthority* authority = nullptr);

/// Whom a name stands for, when something else than his password proves him.
struct NamedUser {
  model::contexts::Context context;
  UserId user;
  bool is_enabled = true;
};
/// The name is resolved as in log_in. Errors: empty for unknown names and for guests. Cost: two queries.
std::optional<NamedUser> find_named_user(sql::Connection& connection, const Settings& settings,
                                         std::string_view name);
/// Errors: LGI-0001 context disabled, LGI-0013 user disabled, LGI-0006 gone meanwhile. Cost: three queries.
LoginResult load_named_user(sql::Connection& connection, NamedUser named);

/// For a signed-in user who proves the password again (password change): same counters, same errors but for
/// the answer. Errors: LGI-0028, HttpError 429. Gives whether the password is right; true for a user who has
/// none and gave none.
bool confirm_password(sql::Scope& database, const Settings& settings, const Clock& clock, ContextId context,
                      UserId user, const Credentials& credentials);

}  // namespace gw::session
