// Which modules this server really serves. A capability is delivered only when the server has it and the user
// may use it: an id that clients get switches the feature on. Each later issue flips its line here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings.hpp"
#include "model/caller.hpp"

namespace gw::model::settings {

/// False for modules of later issues (calendar, tasks and their interfaces), and for mail without a mail
/// server.
bool is_available(Module module, const Settings& settings);

/// Rules on the mail server: with mail, where GroupwareSieveServer is set, for no guest.
bool has_mail_filters(const Caller& caller, const Settings& settings);

/// Categories of mails: with mail, where GroupwareMailCategories is on, for no guest.
bool has_mail_categories(const Caller& caller, const Settings& settings);
/// The modules in which the caller may search by facets (module `find`), by the names that it takes.
std::vector<std::string> searchable_modules(const Caller& caller, const Settings& settings);

/// Capability ids of the caller, sorted. Source: spec settings section 4.
std::vector<std::string> capabilities(const Caller& caller, const Settings& settings);

/// The module of a capability id ("edit_group"), for administration. Errors: empty for an unknown id.
std::optional<Module> find_module(std::string_view id);
/// The ids of a user's modules, available or not.
std::vector<std::string> module_ids(ModuleSet modules);

}  // namespace gw::model::settings
