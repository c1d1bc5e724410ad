#include "directory/result_codes.hpp"

#include <fmt/format.h>

namespace gw::directory {
namespace {

using Kind = DirectoryError::Kind;

}  // namespace

timeval to_timeval(std::chrono::milliseconds duration) {
  const auto count = duration.count();
  return {static_cast<time_t>(count / 1'000), static_cast<suseconds_t>(count % 1'000 * 1'000)};
}

Kind kind_of(int code) {
  switch (code) {
    case LDAP_SERVER_DOWN:
    case LDAP_TIMEOUT:
    case LDAP_CONNECT_ERROR:
    case LDAP_UNAVAILABLE:
    case LDAP_BUSY:
    case LDAP_DECODING_ERROR:
    case LDAP_LOCAL_ERROR:
      return Kind::Unreachable;
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_INAPPROPRIATE_AUTH:
    case LDAP_INSUFFICIENT_ACCESS:
    case LDAP_STRONG_AUTH_REQUIRED:
    case LDAP_CONFIDENTIALITY_REQUIRED:
      return Kind::Refused;
    case LDAP_SIZELIMIT_EXCEEDED:
    case LDAP_ADMINLIMIT_EXCEEDED:
    case LDAP_TIMELIMIT_EXCEEDED:
      return Kind::TooMany;
    default:
      return Kind::Failed;
  }
}

bool is_refusal(int code) {
  // A name that does not exist, has no password or may not sign in now is as good as a wrong password.
  return code == LDAP_INVALID_CREDENTIALS || code == LDAP_INAPPROPRIATE_AUTH || code == LDAP_NO_SUCH_OBJECT ||
         code == LDAP_INVALID_DN_SYNTAX || code == LDAP_UNWILLING_TO_PERFORM ||
         code == LDAP_CONSTRAINT_VIOLATION || code == LDAP_INSUFFICIENT_ACCESS || code == LDAP_REFERRAL;
}

std::string explain(LDAP* handle, int code) {
  char* more = nullptr;
  ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &more);
  std::string text = ldap_err2string(code);
  if (more != nullptr && *more != '\0') text += fmt::format(" ({})", more);
  ldap_memfree(more);
  return text;
}

MessagePtr await(LDAP* handle, int id, int which, const Deadline& deadline, const std::string& server) {
  timeval left = to_timeval(deadline.left());
  LDAPMessage* message = nullptr;
  const int type = ldap_result(handle, id, which, &left, &message);
  MessagePtr kept(message);
  if (type > 0) return kept;
  if (type == 0) {
    ldap_abandon_ext(handle, id, nullptr, nullptr);
    throw DirectoryError(Kind::Unreachable, fmt::format("{}: no answer in time", server));
  }
  int code = LDAP_SERVER_DOWN;
  ldap_get_option(handle, LDAP_OPT_RESULT_CODE, &code);
  throw DirectoryError(Kind::Unreachable, fmt::format("{}: {}", server, ldap_err2string(code)));
}

}  // namespace gw::directory
