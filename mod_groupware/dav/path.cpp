#include "dav/path.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::dav {
namespace {

std::string_view strip_slashes(std::string_view text) {
  while (text.starts_with('/')) text.remove_prefix(1);
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

bool is_askable(std::string_view name) {
  const bool has_control =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return name != "." && name != ".." && !has_control && is_valid_utf8(name);
}

}  // namespace

std::optional<std::string> path_below(std::string_view uri, std::string_view root) {
  while (root.ends_with('/')) root.remove_suffix(1);
  if (!uri.starts_with(root)) return std::nullopt;
  const std::string_view rest = uri.substr(root.size());
  if (!rest.empty() && rest.front() != '/') return std::nullopt;
  return std::string(strip_slashes(rest));
}

std::optional<std::vector<std::string_view>> split_path(std::string_view path) {
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(name.size() + 1, path.size()));
    if (name.empty()) continue;
    if (!is_askable(name) || names.size() == kMaxDepth) return std::nullopt;
    names.push_back(name);
  }
  return names;
}

std::string join_path(std::string_view folder, std::string_view name) {
  std::string joined(folder);
  if (!joined.empty()) joined += '/';
  return joined.append(name);
}

std::string_view host_of(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  std::string_view host = url.substr(begin + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (!host.starts_with('[')) return host.substr(0, host.find(':'));
  const std::size_t end = host.find(']');
  return end == std::string_view::npos ? std::string_view() : host.substr(0, end + 1);
}

bool lies_below(std::string_view path, std::string_view folder) {
  if (folder.empty()) return !path.empty();
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace gw::dav
