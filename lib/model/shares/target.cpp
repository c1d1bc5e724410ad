#include "model/shares/target.hpp"

#include "core/text.hpp"

namespace gw::model::shares {

std::string format_target(const Target& target) {
  std::string path =
      std::to_string(static_cast<int>(target.module)) + '/' + std::to_string(target.folder.value);
  if (target.item) path += '/' + std::to_string(target.item.value);
  return path;
}

std::optional<Target> parse_target(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto parts = split(path, '/');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  const auto module = parse_integer(parts[0]);
  const auto folder = parse_integer(parts[1]);
  const auto item = parts.size() == 3 ? parse_integer(parts[2]) : std::optional<std::int64_t>(0);
  if (!module || !folder || !item || *module < 1 || *module > 100 || *folder < 1 || *item < 0)
    return std::nullopt;
  return Target{static_cast<ObjectModule>(*module), FolderId(*folder), ObjectId(*item)};
}

}  // namespace gw::model::shares
