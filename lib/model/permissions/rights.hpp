// The permission bits of folders and the one place that combines them. Source: spec folders sections 6 and 7.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/ids.hpp"
#include "model/caller.hpp"

namespace gw::model {

/// Levels in wire form: folder 0 none, 1 see, 2 + create objects, 4 + create subfolders, 64 all;
/// read, write, remove 0 none, 1 own, 2 all, 64 all incl. admin-only.
struct Rights {
  int folder = 0;
  int read = 0;
  int write = 0;
  int remove = 0;
  bool admin = false;
  bool operator==(const Rights&) const = default;

  [[nodiscard]] bool may_see() const { return folder >= 1 || admin; }
  [[nodiscard]] bool may_create_objects() const { return folder >= 2; }
  [[nodiscard]] bool may_create_subfolders() const { return folder >= 4; }
};

/// bits = folder + (read << 7) + (write << 14) + (remove << 21) + (admin << 28).
std::int64_t to_bits(const Rights& rights);
/// Errors: empty for an unknown level.
std::optional<Rights> rights_from_bits(std::int64_t bits);

inline constexpr std::int64_t kOwnerBits = 403710016;
inline constexpr std::int64_t kAuthorBits = 4227332;
inline constexpr std::int64_t kViewerBits = 257;

struct PermissionEntry {
  std::int64_t entity = 0;  ///< user id or group id
  bool is_group = false;
  Rights rights;
  bool operator==(const PermissionEntry&) const = default;
};

/// Facet-wise maximum over the entries that concern the caller. Not yet reduced by folder type (folders do
/// that).
Rights combine(std::span<const PermissionEntry> entries, const Caller& caller);

/// What a caller may do with one object in a folder: `is_own` = created by the caller.
bool may_read(const Rights& rights, bool is_own);
bool may_write(const Rights& rights, bool is_own);
bool may_remove(const Rights& rights, bool is_own);

}  // namespace gw::model
