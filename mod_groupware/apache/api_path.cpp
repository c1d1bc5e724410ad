#include "apache/api_path.hpp"

namespace gw::apache {

std::optional<std::string_view> find_below(std::string_view uri, std::string_view root) {
  while (root.ends_with('/')) root.remove_suffix(1);
  if (!uri.starts_with(root)) return std::nullopt;
  uri.remove_prefix(root.size());
  if (uri.empty()) return uri;
  if (uri.front() != '/' && uri.front() != ';') return std::nullopt;
  if (uri.front() == '/') uri.remove_prefix(1);
  return uri;
}

std::string strip_session_suffix(std::string_view path) {
  constexpr std::string_view kSuffix = ";jsessionid=";
  std::string stripped(path);
  for (std::size_t at = stripped.find(kSuffix); at != std::string::npos; at = stripped.find(kSuffix, at))
    stripped.erase(at, std::min(stripped.find('/', at), stripped.size()) - at);
  return stripped;
}

}  // namespace gw::apache
