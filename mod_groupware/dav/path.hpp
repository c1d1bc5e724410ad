// Paths below a WebDAV location as text: decoded, with slashes between names. What the names mean is the
// tree's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::dav {

/// The part of a decoded URI below the location's root, without slashes at its ends; "" is the root itself.
/// Errors: empty when it lies elsewhere.
std::optional<std::string> path_below(std::string_view uri, std::string_view root);

/// Its names from the top down, as views into `path`. Empty ones (`a//b`) are left out. Errors: empty
/// optional for a path that nobody may ask for: `.` and `..`, bytes that are no UTF-8, control characters,
/// more than kMaxDepth names.
std::optional<std::vector<std::string_view>> split_path(std::string_view path);
inline constexpr std::size_t kMaxDepth = 100;

/// `a/b` + `c`; at the root just `c`.
std::string join_path(std::string_view folder, std::string_view name);
/// Whether `path` lies below `folder`, at any depth. A path does not lie below itself.
bool lies_below(std::string_view path, std::string_view folder);

/// The name or address of an absolute URL's server, without user and port; empty when it has none. Of the
/// header Destination, as the client wrote it.
std::string_view host_of(std::string_view url);

}  // namespace gw::dav
