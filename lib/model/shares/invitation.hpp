// Permission entries of clients that name a guest or a link instead of an entity.
#pragma once

#include <optional>

#include "core/json.hpp"
#include "model/shares/target.hpp"

namespace gw::model::shares {

/// Reads `type` guest or anonymous with its members. Empty when the entry names an entity: entities of guests
/// come back with their type. Errors: ApiError SVL-0010 for a member of the wrong kind.
std::optional<Invitation> parse_invitation(const Json& entry);

}  // namespace gw::model::shares
