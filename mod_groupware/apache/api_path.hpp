// Where a URL lies below a root of the API. Free of httpd.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::apache {

/// Where the API answers when it is switched on without a root.
inline constexpr std::string_view kDefaultRoots[] = {"/ajax", "/appsuite/api"};

/// What follows `root` in `uri`, without the slash between; whole segments only. Empty when it lies
/// elsewhere. Owns: a view into `uri`.
std::optional<std::string_view> find_below(std::string_view uri, std::string_view root);

/// Removes `;jsessionid=…` from every segment. Source: spec conventions section 1.
std::string strip_session_suffix(std::string_view path);

}  // namespace gw::apache
