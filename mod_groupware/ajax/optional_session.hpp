// For the few actions that answer with and without a session (capabilities, apps/manifests).
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

/// Checks the session when the request names one and puts its caller into the unit of work. `unset` is what
/// web clients send without a session. Errors: as session_check. Returns false when there is none.
bool check_optional_session(Invocation& invocation);

}  // namespace gw::ajax
