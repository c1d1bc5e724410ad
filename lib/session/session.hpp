// A session and what keeps it: rows in the database, copies in a shared cache. Source: spec conventions
// section 9.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::session {

/// How far a session has come with the second factor of its user. Stored: never renumber.
enum class Factor : std::uint8_t {
  None = 0,     ///< the user had no second factor when he signed in
  Pending = 1,  ///< it must be proved before the session is good for anything
  Proved = 2,
  AppPassword = 3,  ///< opened by an app password, which needs none and may not change how one signs in
};

struct Session {
  std::string id;         ///< 32 lower-case hex
  std::string public_id;  ///< the "alternative" id of picture requests
  /// SHA-256 (hex) of the secret cookie: a stolen table opens no session. Compare with equal_constant_time.
  std::string secret_hash;
  ContextId context;
  UserId user;
  std::string login_name;
  std::string client;
  std::string client_version;
  std::string user_agent;
  std::string auth_id;
  /// The H of the cookie names at login; used in mode "remember".
  std::string cookie_hash;
  std::string address;
  bool persistent = false;
  bool is_guest = false;  ///< opened by a share; its cookie names carry context and user
  Factor factor = Factor::None;
  Millis created;
  Millis last_active;
  /// The mail password, sealed under a key derived from the secret cookie. Empty when there is none.
  std::string sealed_password;
  /// Never in the row: the state of the context's accounts (users/user_directory.hpp) under which the row was
  /// last seen. -1: none was known.
  std::int64_t account_stamp = -1;
  bool is_fresh = false;  ///< never stored: the row was read by this very request
};

}  // namespace gw::session
