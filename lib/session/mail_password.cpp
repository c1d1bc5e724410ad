#include "session/mail_password.hpp"

#include "core/crypto.hpp"

namespace gw::session {
namespace {

std::string purpose_of(const Session& session) { return "mail password " + session.id; }

}  // namespace

std::string seal_mail_password(const Session& session, std::string_view secret, std::string_view password) {
  return password.empty() ? std::string() : seal(secret, purpose_of(session), password);
}

std::optional<std::string> open_mail_password(const Session& session, std::string_view secret) {
  if (session.sealed_password.empty()) return std::nullopt;
  return unseal(secret, purpose_of(session), session.sealed_password);
}

}  // namespace gw::session
