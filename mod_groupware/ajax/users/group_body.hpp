// What groups and resources share: parameters, ids in bodies, and the `updates` answer.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ajax/action.hpp"
#include "core/json.hpp"
#include "model/field_json.hpp"

namespace gw::ajax {

inline constexpr Parameter kId[] = {{"id", Type::Integer, true}};
inline constexpr Parameter kTimestamp[] = {{"timestamp", Type::Timestamp, true}};
inline constexpr Parameter kIdAndTimestamp[] = {{"id", Type::Integer, true},
                                                {"timestamp", Type::Timestamp, true}};

/// One object `{id}`, one number, or an array of them; repeated ids count once.
/// Errors: ApiError SVL-0028 for anything else, SVL-0010 for an id that is no number.
std::vector<std::int64_t> parse_body_ids(const Json& body);

/// `pattern` of a search body, empty when missing. Limits: 255 characters. Errors: ApiError SVL-0028,
/// SVL-0010.
std::string parse_pattern(const Json& body);

template <class Object>
Json write_objects(const std::vector<Object>& objects, std::span<const model::Field<Object>> table,
                   const model::WireFormat& format) {
  Json array = Json::array();
  for (const Object& object : objects) array.append(model::write_object(object, table, format));
  return array;
}

/// `{new, modified, deleted}`; a deleted one is `{id}`.
template <class Updates, class Object>
Json write_updates(const Updates& updates, std::span<const model::Field<Object>> table,
                   const model::WireFormat& format) {
  Json deleted = Json::array();
  for (const auto id : updates.deleted) deleted.append(Json::object().set("id", Json::integer(id.value)));
  Json data = Json::object();
  data.set("new", write_objects(updates.created, table, format));
  data.set("modified", write_objects(updates.modified, table, format));
  data.set("deleted", std::move(deleted));
  return data;
}

}  // namespace gw::ajax
