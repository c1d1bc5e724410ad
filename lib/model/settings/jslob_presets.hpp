// Which paths of which client documents come from the server: operator presets and leaves of the config tree.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "core/settings.hpp"

namespace gw::model::settings {

/// A path inside a document whose value is a config leaf or subtree. Source: spec settings section 3, table
/// of ids.
struct DerivedPath {
  std::string_view document;
  std::string_view path;
  std::string_view config;
};
std::span<const DerivedPath> derived_paths();

/// One operator preset, from a line `io.ox/core//theme=default`. The value is JSON where it parses, else
/// text. A line that starts with `!` is protected: users cannot change it.
struct Preset {
  std::string document;
  std::string path;
  Json value;
  bool is_protected = false;
};
/// Lines that are no presets are skipped (the directive refuses them at start).
std::vector<Preset> parse_presets(const Settings& settings);

/// Value at `a/b/c`; missing when a step is absent. Writes create the objects on the way; removing leaves
/// empty parents.
Json get_path(const Json& tree, std::string_view path);
void set_path(Json& tree, std::string_view path, Json value);
void remove_path(Json& tree, std::string_view path);

}  // namespace gw::model::settings
