// libldap's results: what they mean, and waiting for them. For the files of this folder that speak to
// libldap.
#pragma once

#include <ldap.h>

#include <chrono>
#include <memory>
#include <string>

#include "directory/deadline.hpp"
#include "directory/error.hpp"

namespace gw::directory {

struct FreeMessage {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
using MessagePtr = std::unique_ptr<LDAPMessage, FreeMessage>;

timeval to_timeval(std::chrono::milliseconds duration);
DirectoryError::Kind kind_of(int code);
/// Whether a bind with this result means that name or password are wrong.
bool is_refusal(int code);
/// The text of the code, and what the library says of TLS.
std::string explain(LDAP* handle, int code);

/// The next message, or all of them, of an operation. Errors: DirectoryError Unreachable when none comes in
/// time or the connection broke; the operation is given up then.
MessagePtr await(LDAP* handle, int id, int which, const Deadline& deadline, const std::string& server);

}  // namespace gw::directory
