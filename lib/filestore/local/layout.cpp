#include "filestore/local/layout.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "filestore/names.hpp"

namespace gw::filestore {
namespace {

/// Folders between `hashed` and the file, and parts of an identifier of the old layout.
constexpr std::size_t kLevels = 3;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == path.npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool are_hex_pairs(const std::vector<std::string_view>& parts, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i)
    if (!is_hex(parts[i], 2)) return false;
  return true;
}

}  // namespace

std::string hashed_folder(std::string_view uuid) {
  std::uint32_t hash = 0;
  for (const char c : uuid) hash = hash * 31 + static_cast<unsigned char>(c);
  const std::string digits = fmt::format("{:0<6x}", hash);
  return fmt::format("{}/{}/{}/{}", kHashedFolder, digits.substr(0, 2), digits.substr(2, 2),
                     digits.substr(4, 2));
}

std::string make_identifier() {
  const std::string uuid = make_uuid();
  return hashed_folder(uuid) + "/" + uuid;
}

bool is_identifier(std::string_view id) {
  const auto parts = parts_of(id);
  if (parts.size() == kLevels) return are_hex_pairs(parts, 0, kLevels);
  return parts.size() == kLevels + 2 && parts[0] == kHashedFolder && are_hex_pairs(parts, 1, kLevels + 1) &&
         is_uuid(parts[kLevels + 1]);
}

bool is_folder_of_files(std::string_view path) {
  const auto parts = parts_of(path);
  const bool is_hashed = parts[0] == kHashedFolder;
  return parts.size() < kLevels + (is_hashed ? 2 : 0) &&
         are_hex_pairs(parts, is_hashed ? 1 : 0, parts.size());
}

std::string parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == path.npos ? std::string_view{} : path.substr(0, slash));
}

}  // namespace gw::filestore
