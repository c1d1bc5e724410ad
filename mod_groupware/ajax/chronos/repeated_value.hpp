// What errors repeat of a value that they refuse.
#pragma once

#include <string>
#include <string_view>

#include "core/json.hpp"

namespace gw::ajax {

/// The beginning of a client's text, at most 100 characters; bytes that are no UTF-8 are replaced.
std::string repeated(std::string_view text);
/// The same of a value as JSON text; empty when it is missing.
std::string repeated(const Json& value);

}  // namespace gw::ajax
