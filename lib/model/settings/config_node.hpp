// One leaf of the config tree: its path, who computes it, whether users may change it. Source: spec settings
// section 2.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/json.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/user.hpp"

namespace gw::model::settings {

/// What leaves are computed from: loaded once per read of the tree.
struct ConfigSource {
  UnitOfWork& work;
  users::User user;
};

/// `compute` gives the value of a leaf that is not simply stored. `fallback` is the JSON text of a stored
/// leaf's default. A leaf with `compute` and `writable` writes through config_tree's special cases (language,
/// timezone, send address).
struct ConfigNode {
  std::string_view path;
  bool writable = false;
  Json (*compute)(const ConfigSource& source) = nullptr;
  std::string_view fallback = "null";
};

/// Ascending by path; no path is a prefix segment of another one (a node is a leaf or a folder, never both).
std::span<const ConfigNode> config_nodes();

/// Exact path. nullptr when there is no such leaf.
const ConfigNode* find_config_node(std::string_view path);

}  // namespace gw::model::settings
