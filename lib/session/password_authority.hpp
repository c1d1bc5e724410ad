// Who else knows users and their passwords, such as a directory. Signing in asks it; lib/identities is one.
#pragma once

#include <string>

#include "core/ids.hpp"

namespace gw::session {

/// Threads: any.
class PasswordAuthority {
 public:
  enum class Verdict {
    Right,
    Wrong,  ///< the name or the password, or nobody here is meant
    Down,   ///< nobody answered who could tell
  };
  struct Answer {
    Verdict verdict = Verdict::Wrong;
    ContextId context;  ///< of Right
    UserId user;
  };

  virtual ~PasswordAuthority() = default;
  /// `name` as it was typed. A name that nobody has takes the same way as a wrong password. May make or
  /// change the user. Errors: Unavailable, SqlError of the database. Cost: network calls, so nobody holds a
  /// connection of the database meanwhile.
  [[nodiscard]] virtual Answer check(const std::string& name, const std::string& password) const = 0;
};

}  // namespace gw::session
