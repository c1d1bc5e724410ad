// Values of date tests: milliseconds in JSON, words in Sieve. Source: spec mailfilter section 3.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::mail::sieve {

/// `part`: date (midnight UTC), time (only the clock counts, UTC), weekday (0 = Sunday).
/// Errors: empty for other parts and values outside.
std::optional<std::string> date_value_to_sieve(std::string_view part, std::int64_t value);
std::optional<std::int64_t> date_value_from_sieve(std::string_view part, std::string_view text);
/// `+0100`.
bool is_zone(std::string_view text);

}  // namespace gw::mail::sieve
