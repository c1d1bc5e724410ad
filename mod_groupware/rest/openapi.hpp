// The description of the REST face (OpenAPI 3.0), made of the tables of routes, operations and types.
#pragma once

#include "core/json.hpp"

namespace gw::rest {

Json write_openapi();

}  // namespace gw::rest
