// The config tree of a user: computed leaves, stored leaves with defaults, writes. Source: spec settings
// section 2.
#pragma once

#include <string>
#include <string_view>

#include "core/json.hpp"
#include "model/settings/config_node.hpp"

namespace gw::model::settings {

/// Loads the caller's row. Cost: one query; leaves add none but stored ones, which come together in one more.
ConfigSource load_source(UnitOfWork& work);

/// The value of a leaf or the object of a subtree; "" is the whole tree. A leading or trailing slash is
/// ignored. Errors: ApiError SVL-0010 for an unknown path.
Json read_config(UnitOfWork& work, std::string_view path);

/// Writes a leaf, or each writable leaf below a path from an object (read-only and unknown children are
/// skipped). Errors: ApiError SVL-0010 unknown path, USR-0013 read-only leaf, USR-0023/0024 language or zone,
/// SVL-0031 too large (64 KiB a leaf).
void write_config(UnitOfWork& work, std::string_view path, const Json& value);

}  // namespace gw::model::settings
