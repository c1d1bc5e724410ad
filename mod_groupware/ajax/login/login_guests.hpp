// Sessions of guests: the actions guest and anonymous of module `login`, and what opening a share does.
// Source: spec conventions section 10, settings section "share and guests".
#pragma once

#include "ajax/action.hpp"
#include "ajax/login/login_flow.hpp"
#include "model/shares/share_access.hpp"

namespace gw::ajax {

inline constexpr std::string_view kShareCookie = "open-xchange-share-";

/// A share whose owner has proved to be let in, and where he begins.
struct GuestEntry {
  model::shares::OpenShare share;
  std::string token;
  model::shares::Target target;
};

/// `work` enters the database of the context that the token names. Errors: Unavailable.
void enter_share_context(model::UnitOfWork& work, std::string_view token);
/// Puts the guest into the unit of work. Errors: HttpError 404 when nothing is left of the share.
GuestEntry enter_share(Invocation& invocation, model::shares::OpenShare share, std::string token,
                       std::string_view path);
/// Makes the session; enter_share came before. Errors: those of SessionStore::create.
session::NewSession open_guest_session(Invocation& invocation, const GuestEntry& entry,
                                       const LoginClient& client);
/// The cookies of the session, and the one by which autologin finds the guest.
void add_guest_cookies(Response& response, const Invocation& invocation, const session::NewSession& own,
                       const GuestEntry& entry, std::string_view user_agent);
/// The name of the share cookie: hex MD5 of the User-Agent behind the prefix.
std::string share_cookie_name(std::string_view user_agent);

Response guest_login(Invocation& invocation);
Response anonymous_login(Invocation& invocation);

}  // namespace gw::ajax
