#include "mail/net/sasl.hpp"

namespace gw::mail {
namespace {

/// Commas and equals signs end fields there. Source: RFC 5801 section 4.
std::string escape_sasl_name(std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == ',')
      escaped += "=2C";
    else if (c == '=')
      escaped += "=3D";
    else
      escaped += c;
  }
  return escaped;
}

}  // namespace

std::string_view sasl_name(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::Password:
      return "PLAIN";
    case Mechanism::XOAuth2:
      return "XOAUTH2";
    case Mechanism::OAuthBearer:
      return "OAUTHBEARER";
    case Mechanism::None:
      break;
  }
  return {};
}

std::string sasl_initial_response(const Server& server) {
  using namespace std::string_literals;
  switch (server.mechanism) {
    case Mechanism::Password:
      return server.authorize_as + "\0"s + server.login + "\0"s + server.secret;
    case Mechanism::XOAuth2:
      return "user=" + server.login + "\x01"s + "auth=Bearer " + server.secret + "\x01\x01"s;
    case Mechanism::OAuthBearer:
      return "n,a=" + escape_sasl_name(server.authorize_as.empty() ? server.login : server.authorize_as) +
             ",\x01"s + "host=" + server.host + "\x01"s + "port=" + std::to_string(server.port) + "\x01"s +
             "auth=Bearer " + server.secret + "\x01\x01"s;
    case Mechanism::None:
      break;
  }
  return {};
}

std::string_view sasl_error_answer(Mechanism mechanism) {
  return mechanism == Mechanism::OAuthBearer ? "\x01" : "";
}

}  // namespace gw::mail
