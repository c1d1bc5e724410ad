// Feedback of users about the product, kept per context under a name that cannot be turned back into the
// user.
#pragma once

#include <string_view>

#include "core/json.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::settings {

/// Adds date and server version. Limits: 64 KiB, type 64 characters of [A-Za-z0-9._-]. Errors: ApiError
/// SVL-0010, SVL-0031.
void store_feedback(UnitOfWork& work, std::string_view type, const Json& content);

}  // namespace gw::model::settings
