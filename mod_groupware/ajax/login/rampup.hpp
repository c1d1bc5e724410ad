// The member `rampup` of login answers: everything a web client asks for right after login, in one object.
// Spec settings 1.1.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

/// Each part is the payload of an ordinary action; a part that fails is left out and never fails the login.
/// Missing for an unknown flavour. `flavour` empty: the session's client.
/// The invocation must carry the new session's caller.
Json build_rampup(Invocation& invocation, std::string_view flavour);

}  // namespace gw::ajax
