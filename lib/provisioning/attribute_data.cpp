#include "provisioning/attribute_data.hpp"

#include <fmt/format.h>

#include "model/administration/account_attributes.hpp"
#include "provisioning/fault.hpp"

namespace gw::provisioning {
namespace {

constexpr std::string_view kOwnPrefix = "a/";

void store_one(model::Transaction& transaction, ContextId context, UserId user, std::string_view space,
               std::string_view key, const Json& value) {
  const auto text = value.is_null() ? std::nullopt : value.to_text();
  if (!text && !value.is_null())
    throw Fault(FaultKind::InvalidData, fmt::format("The attribute {}/{} is no text", space, key));
  model::administration::store_attribute(transaction, context, user,
                                         fmt::format("{}{}/{}", kOwnPrefix, space, key), text);
}

}  // namespace

Json read_user_attributes(sql::Connection& connection, ContextId context, UserId user) {
  Json spaces;
  for (const auto& [name, value] :
       model::administration::read_attributes(connection, context, user, kOwnPrefix)) {
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) continue;
    if (spaces.is_missing()) spaces = Json::object();
    const std::string space = name.substr(0, slash);
    Json keys = spaces.get(space.c_str());
    if (keys.is_missing()) {
      keys = Json::object();
      spaces.set(space, keys);
    }
    keys.set(name.substr(slash + 1), Json::string(value));
  }
  return spaces;
}

void store_user_attributes(model::Transaction& transaction, ContextId context, UserId user,
                           const Json& attributes) {
  if (attributes.is_missing() || attributes.is_null()) return;
  if (!attributes.is_object()) throw Fault(FaultKind::InvalidData, "userAttributes is no map of maps");
  attributes.for_each_member([&](std::string_view space, const Json& keys) {
    if (space.empty() || space.find('/') != space.npos || !keys.is_object())
      throw Fault(FaultKind::InvalidData, fmt::format("The attributes of \"{}\" are no map", space));
    keys.for_each_member([&](std::string_view key, const Json& value) {
      store_one(transaction, context, user, space, key, value);
    });
  });
}

}  // namespace gw::provisioning
