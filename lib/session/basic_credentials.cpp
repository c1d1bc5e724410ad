#include "session/basic_credentials.hpp"

#include <algorithm>
#include <cstddef>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::session {
namespace {

std::size_t end_of_scheme(std::string_view header) { return std::min(header.find(' '), header.size()); }

}  // namespace

bool is_basic(std::string_view authorization) {
  const std::string_view header = trim(authorization);
  return equal_ignoring_ascii_case(header.substr(0, end_of_scheme(header)), "Basic");
}

std::optional<BasicCredentials> read_basic(std::string_view authorization) {
  if (!is_basic(authorization)) return std::nullopt;
  const std::string_view header = trim(authorization);
  const auto decoded = from_base64(header.substr(end_of_scheme(header)));
  const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  return BasicCredentials{decoded->substr(0, colon), decoded->substr(colon + 1)};
}

}  // namespace gw::session
