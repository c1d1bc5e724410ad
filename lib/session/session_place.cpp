#include "session/session_place.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/random.hpp"

namespace gw::session {
namespace {

constexpr std::size_t kRandomBytes = 14;
constexpr std::size_t kDigits = 4;

}  // namespace

std::string new_id(const sql::Scope& database) {
  return random_hex(kRandomBytes) + fmt::format("{:04x}", database.pool().settings().number & 0xFFFF);
}

std::int64_t database_of_id(std::string_view id) {
  if (id.size() != 2 * kRandomBytes + kDigits) return 0;
  const std::string_view digits = id.substr(2 * kRandomBytes);
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return problem == std::errc() && end == digits.data() + digits.size() && number > 0 ? number : 0;
}

}  // namespace gw::session
