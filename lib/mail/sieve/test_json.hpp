// Tests of rules between JSON and Sieve, driven by test_rows().
#pragma once

#include <optional>

#include "mail/sieve/json.hpp"

namespace gw::mail::sieve {

/// Errors: as apply_json. Limit: 16 levels.
Test test_from_json(const Json& json, Version version, const Context& context);
/// Errors: empty when JSON has no words for it; `problem` says why.
std::optional<Json> test_to_json(const Test& test, Version version, std::string& problem);

}  // namespace gw::mail::sieve
