// The words of GroupwareHealth. Free of httpd.
#pragma once

#include <span>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

/// Names that skip= and ignore= take.
std::span<const std::string_view> health_check_names();

/// Errors: DirectiveError.
void set_health(HealthSettings& health, std::string_view name, std::span<const std::string_view> words);

}  // namespace gw::apache
