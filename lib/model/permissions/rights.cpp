#include "model/permissions/rights.hpp"

#include <algorithm>

namespace gw::model {
namespace {

constexpr int kReadShift = 7;
constexpr int kWriteShift = 14;
constexpr int kRemoveShift = 21;
constexpr int kAdminShift = 28;
constexpr std::int64_t kLevelMask = 0x7F;
constexpr int kAll = 2;

bool is_folder_level(int level) {
  return level == 0 || level == 1 || level == 2 || level == 4 || level == 64;
}
bool is_object_level(int level) { return level == 0 || level == 1 || level == 2 || level == 64; }
bool allows(int level, bool is_own) { return level >= kAll || (level == 1 && is_own); }

}  // namespace

std::int64_t to_bits(const Rights& rights) {
  return std::int64_t{rights.folder} | std::int64_t{rights.read} << kReadShift |
         std::int64_t{rights.write} << kWriteShift | std::int64_t{rights.remove} << kRemoveShift |
         std::int64_t{rights.admin} << kAdminShift;
}

std::optional<Rights> rights_from_bits(std::int64_t bits) {
  if (bits < 0 || bits >> (kAdminShift + 1) != 0) return std::nullopt;
  const auto level = [bits](int shift) { return static_cast<int>(bits >> shift & kLevelMask); };
  const Rights rights{level(0), level(kReadShift), level(kWriteShift), level(kRemoveShift),
                      (bits >> kAdminShift & 1) != 0};
  if (!is_folder_level(rights.folder) || !is_object_level(rights.read) || !is_object_level(rights.write) ||
      !is_object_level(rights.remove))
    return std::nullopt;
  return rights;
}

Rights combine(std::span<const PermissionEntry> entries, const Caller& caller) {
  Rights sum;
  for (const PermissionEntry& entry : entries) {
    const bool concerns =
        entry.is_group ? caller.in_group(GroupId(entry.entity)) : entry.entity == caller.user.value;
    if (!concerns) continue;
    sum.folder = std::max(sum.folder, entry.rights.folder);
    sum.read = std::max(sum.read, entry.rights.read);
    sum.write = std::max(sum.write, entry.rights.write);
    sum.remove = std::max(sum.remove, entry.rights.remove);
    sum.admin = sum.admin || entry.rights.admin;
  }
  return sum;
}

bool may_read(const Rights& rights, bool is_own) { return allows(rights.read, is_own); }
bool may_write(const Rights& rights, bool is_own) { return allows(rights.write, is_own); }
bool may_remove(const Rights& rights, bool is_own) { return allows(rights.remove, is_own); }

}  // namespace gw::model
