// What a search pattern must fulfil before anything is searched.
#pragma once

#include <string_view>

#include "core/settings.hpp"

namespace gw::model::contacts {

/// Errors: SVL-0010 too long; CON-1000 fewer characters than the operator asks for (wildcards do not count).
void check_pattern(std::string_view text, const Settings& settings);

}  // namespace gw::model::contacts
