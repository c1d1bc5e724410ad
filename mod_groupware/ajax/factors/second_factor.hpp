// What a session may ask for as far as it has come with the second factor. Everything that is not named in
// the table is refused while the factor is not proved: a module that comes later is closed until somebody
// opens it. Source: spec conventions 9.4 step 6, settings 1.1.
#pragma once

#include <string_view>

#include "session/session.hpp"

namespace gw::ajax {

/// `session` nullptr: an action that needs none. Errors: ApiError MFA-0001 the factor must be proved first;
/// SVL-0016 an app password may not change how its user signs in.
void check_second_factor(const session::Session* session, std::string_view module, std::string_view action);

}  // namespace gw::ajax
