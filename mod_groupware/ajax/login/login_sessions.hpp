// Actions of module `login` that work on a session which exists. Rows of the table in login.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

Response autologin(Invocation& invocation);
Response has_autologin(Invocation& invocation);
Response store_session(Invocation& invocation);
Response refresh_secret(Invocation& invocation);
Response change_ip(Invocation& invocation);
Response ramp_up(Invocation& invocation);
/// Also module `logout`. Errors: HttpError 400 without session, 403 for an unknown session or a wrong secret.
Response logout(Invocation& invocation);

}  // namespace gw::ajax
