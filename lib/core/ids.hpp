// Distinct types for every kind of id, so that swapped arguments do not compile.
// Core names live in namespace gw itself: every folder above speaks them.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace gw {

/// A number that identifies one kind of thing inside a context. 0 means "none" unless the kind says
/// otherwise.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::int64_t number) : value(number) {}
  constexpr auto operator<=>(const Id&) const = default;
  constexpr explicit operator bool() const { return value != 0; }
};

using ContextId = Id<struct ContextTag>;
using UserId = Id<struct UserTag>;
using GroupId = Id<struct GroupTag>;
using ResourceId = Id<struct ResourceTag>;
using FolderId = Id<struct FolderTag>;
using ObjectId = Id<struct ObjectTag>;

/// Group 0: every internal user, computed. Source: spec contacts-users-groups-resources, section 11.
inline constexpr GroupId kAllUsersGroup{0};
/// Group 1: stored; new users become members.
inline constexpr GroupId kStandardGroup{1};
/// All guests, computed.
inline constexpr GroupId kAllGuestsGroup{2147483647};

}  // namespace gw

template <class Tag>
struct std::hash<gw::Id<Tag>> {
  std::size_t operator()(const gw::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
