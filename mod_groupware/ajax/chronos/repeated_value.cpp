#include "ajax/chronos/repeated_value.hpp"

#include "core/text.hpp"

namespace gw::ajax {
namespace {

/// In characters.
constexpr std::size_t kMaxRepeated = 100;

}  // namespace

std::string repeated(std::string_view text) {
  return std::string(first_characters(replace_invalid_utf8(text), kMaxRepeated));
}

std::string repeated(const Json& value) {
  return value.is_missing() ? std::string() : repeated(value.dump());
}

}  // namespace gw::ajax
