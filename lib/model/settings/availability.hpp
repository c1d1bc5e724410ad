// Which modules this server really serves. A capability is delivered only when the server has it and the user
// may use it: an id that clients get switches the feature on. Each later issue flips its line here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/caller.hpp"

namespace gw::model::settings {

/// False for modules of later issues (mail, calendar, tasks, files and their interfaces).
bool is_available(Module module);

/// Capability ids of the caller, sorted. Source: spec settings section 4.
std::vector<std::string> capabilities(const Caller& caller, bool autologin);

/// The module of a capability id ("edit_group"), for administration. Errors: empty for an unknown id.
std::optional<Module> find_module(std::string_view id);
/// The ids of a user's modules, available or not.
std::vector<std::string> module_ids(ModuleSet modules);

}  // namespace gw::model::settings
