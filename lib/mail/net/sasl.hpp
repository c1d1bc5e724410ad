// Initial responses of SASL mechanisms. Source: RFC 4616 (PLAIN), RFC 7628 (OAUTHBEARER), the XOAUTH2
// description of its vendor.
#pragma once

#include <string>
#include <string_view>

#include "mail/account.hpp"

namespace gw::mail {

/// "PLAIN", "XOAUTH2", "OAUTHBEARER"; empty for Mechanism::None.
std::string_view sasl_name(Mechanism mechanism);
/// Before base64. Owns: a secret; wipe it.
std::string sasl_initial_response(const Server& server);
/// What a client answers to the server's error report, before base64.
std::string_view sasl_error_answer(Mechanism mechanism);

}  // namespace gw::mail
