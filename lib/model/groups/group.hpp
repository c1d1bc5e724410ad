// A group of users as the API knows it. Rules: group_service.hpp; who is in it: membership.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/field.hpp"

namespace gw::model::groups {

/// Ids are plain numbers because the field table binds them.
struct Group {
  std::int64_t id = 0;
  std::optional<std::string> name;  ///< internal simple name
  std::optional<std::string> display_name;
  std::vector<std::int64_t> members;  ///< user ids, ascending
  Millis last_modified;
  Millis created;
};

/// Source: spec contacts-users-groups-resources section 11, http-api GroupData.
std::span<const Field<Group>> group_fields();

}  // namespace gw::model::groups
