// A room, car or projector that can be booked, as the API knows it. Rules: resource_service.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/time.hpp"
#include "model/field.hpp"

namespace gw::model::resources {

/// Ids are plain numbers because the field table binds them.
struct Resource {
  std::int64_t id = 0;
  std::optional<std::string> name;  ///< internal simple name
  std::optional<std::string> display_name;
  std::optional<std::string> mail;
  bool available = true;  ///< false: cannot be booked
  std::optional<std::string> description;
  Millis last_modified;
  Millis created;
};

/// Source: spec contacts-users-groups-resources section 12, http-api ResourceData.
std::span<const Field<Resource>> resource_fields();

}  // namespace gw::model::resources
