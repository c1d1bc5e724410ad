// userAttributes (namespace, key, value) and fields that are only kept, of a user or a context.
#pragma once

#include "core/json.hpp"
#include "model/unit_of_work.hpp"

namespace gw::provisioning {

/// `{"config": {"key": "value"}}`; missing when there are none.
Json read_user_attributes(sql::Connection& connection, ContextId context, UserId user);
/// Stores those that are there: a null value removes its key. Errors: Fault InvalidData.
void store_user_attributes(model::Transaction& transaction, ContextId context, UserId user,
                           const Json& attributes);

}  // namespace gw::provisioning
