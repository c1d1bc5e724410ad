// The header in which a mail server says what it found out about the sender of a mail. Source: RFC 8601.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::mail::mime {

/// Limits of one header; what is beyond is left out.
inline constexpr std::size_t kMaxResultBytes = 65'536;
inline constexpr std::size_t kMaxMethods = 100;
inline constexpr std::size_t kMaxProperties = 50;

/// One check: `dkim=pass (good signature) header.d=example.org`.
struct MethodResult {
  std::string method;  ///< lower case
  std::string result;  ///< lower case
  std::string reason;  ///< what `reason=` says, else the first comment behind the result
  /// `header.d` and its value; names in lower case.
  std::vector<std::pair<std::string, std::string>> properties;
  /// Empty when there is none.
  [[nodiscard]] std::string_view property(std::string_view name) const;
};

struct AuthenticationResults {
  std::string server;  ///< who says so (authserv-id), lower case
  std::vector<MethodResult> methods;
};

/// Errors: empty when it names no server, or what follows is no list of results. A broken result ends the
/// list: what stands before it counts. Cost: linear.
std::optional<AuthenticationResults> parse_authentication_results(std::string_view value);

}  // namespace gw::mail::mime
