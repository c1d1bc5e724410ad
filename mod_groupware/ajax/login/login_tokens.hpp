// Actions of module `login` that hand a session over by a token. Rows of the table in login.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

Response token_login(Invocation& invocation);
Response open_tokens(Invocation& invocation);
/// Random token: HttpError 400 when switched off or missing, 403 when unknown.
Response redirect_random(Invocation& invocation);
Response redeem_random(Invocation& invocation);
Response redeem_token(Invocation& invocation);

}  // namespace gw::ajax
