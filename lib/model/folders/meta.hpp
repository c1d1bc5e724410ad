// The free JSON that clients keep with a folder (column 23).
#pragma once

#include <optional>
#include <string>

namespace gw::model::folders {

/// Errors: FLD-0064 above 64 KiB. An empty object counts as nothing.
std::optional<std::string> checked_meta(const std::optional<std::string>& text);

}  // namespace gw::model::folders
