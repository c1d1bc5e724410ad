// A user on the wire to and from the model. Source: spec provisioning section 5.
#pragma once

#include <optional>
#include <string>

#include "core/json.hpp"
#include "model/users/provisioning.hpp"
#include "provisioning/call.hpp"

namespace gw::provisioning {

/// By id when there is one, else by login. Errors: Fault NoSuchUser, InvalidData with neither.
model::users::User load_named_user(Call& call, const Json& named);
std::optional<model::users::User> find_named_user(Call& call, const Json& named);

/// Checks what every new user needs, and reads it; without modules. The slow hash of the password is made
/// here: no connection may be held. Errors: Fault InvalidData; ApiError of the password rules and of
/// contacts.
model::users::NewUser read_new_user(const Settings& settings, const Json& data);
/// Only members that are there change. `user` is who is changed. Errors: as read_new_user.
model::users::UserChanges read_user_changes(const Settings& settings, const Json& data,
                                            const model::users::User& user);
/// Attributes and fields that are only kept. Errors: Fault InvalidData.
void store_kept_fields(model::Transaction& transaction, ContextId context, UserId user, const Json& data);

/// Without password. Cost: three queries.
Json write_user(sql::Connection& connection, const model::contexts::Context& context,
                const model::users::User& user);
/// For lists: id and name.
Json write_user_name(const model::users::User& user);

}  // namespace gw::provisioning
