// Actions of rules between JSON and Sieve, driven by action_rows().
#pragma once

#include <optional>

#include "mail/sieve/json.hpp"

namespace gw::mail::sieve {

/// Errors: as apply_json.
Command action_from_json(const Json& json, Version version, const Context& context);
/// Errors: empty when JSON has no words for it; `problem` says why. `:handle` and `:mime` of a vacation are
/// passed over: update_rule keeps them.
std::optional<Json> action_to_json(const Command& action, Version version, const Context& context,
                                   std::string& problem);

}  // namespace gw::mail::sieve
