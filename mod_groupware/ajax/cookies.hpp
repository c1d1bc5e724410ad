// Names and values of the API's cookies. Source: spec conventions sections 9.2 and 9.3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ajax/request.hpp"
#include "ajax/response.hpp"
#include "ajax/runtime.hpp"
#include "session/session.hpp"

namespace gw::ajax {

inline constexpr std::string_view kSessionCookie = "open-xchange-session-";
inline constexpr std::string_view kSecretCookie = "open-xchange-secret-";
inline constexpr std::string_view kPublicCookie = "open-xchange-public-session-";

/// The H of section 9.3: depends on User-Agent, client and salt; [A-Za-z0-9_] only.
std::string cookie_hash(const Runtime& runtime, std::string_view user_agent, std::string_view client);
/// The H of a session that is being made: for guests context and user are part of it, so that several guests
/// live in one browser.
std::string cookie_hash(const Runtime& runtime, std::string_view user_agent, const session::Session& session);
/// The H that applies to this session and request in the configured mode (calculate or remember).
std::string cookie_hash_of(const Runtime& runtime, const session::Session& session, const Request& request);
/// H2: as H without client.
std::string public_cookie_hash(const Runtime& runtime, std::string_view user_agent);

/// Writes one Set-Cookie value: Path=/, HttpOnly, SameSite=Lax, Secure under TLS or when forced, Domain when
/// configured.
std::string format_set_cookie(const Runtime& runtime, const Request& request, const SetCookie& cookie);

/// The three cookies of a session; a guest leaves the public one to whoever has it. A persistent one keeps
/// them for settings.long_lifetime, else they end with the browser. `user_agent` is the one the cookie names
/// shall depend on.
void add_session_cookies(Response& response, const Runtime& runtime, const session::NewSession& own,
                         std::string_view user_agent);
/// Same names and path, expiry in 1970.
void delete_session_cookies(Response& response, const Runtime& runtime, std::string_view hash,
                            std::string_view user_agent);

}  // namespace gw::ajax
