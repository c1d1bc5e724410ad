// Dates as HTTP headers carry them; writing one is format_http_date (core/time.hpp).
#pragma once

#include <optional>
#include <string_view>

#include "core/time.hpp"

namespace gw {

/// Reads all three forms: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994`. A year of two digits that would lie more than 50 years after `now` is one of
/// the century before. The name of the day is not compared with the date.
/// Units:  whole seconds.
/// Errors: empty for everything else.
/// Source: RFC 9110 section 5.6.7.
std::optional<Millis> parse_http_date(std::string_view text, Millis now);

}  // namespace gw
