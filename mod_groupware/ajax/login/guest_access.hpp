// What guests may ask for. Everything that is not named in the table is refused: a module that comes later is
// closed to guests until somebody opens it. What they see behind it is decided by the services.
#pragma once

#include <string_view>

#include "model/caller.hpp"

namespace gw::ajax {

/// Errors: ApiError SVL-0016.
void check_guest_access(const model::Caller& caller, std::string_view module, std::string_view action);

}  // namespace gw::ajax
