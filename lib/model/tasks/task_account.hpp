// What the rest of the model asks of tasks: how many there are, what becomes of them when a user goes.
#pragma once

#include "model/unit_of_work.hpp"

namespace gw::model::tasks {

/// Tasks of the whole context, for the quota module. Cost: one index count.
std::int64_t count_in_context(sql::Connection& connection, ContextId context);

/// Before his folders are deleted: his private tasks go, he leaves those of others, what others take part in
/// moves from his folders to theirs, and what he made is `heir`'s. Cost: some statements per task.
void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir);

}  // namespace gw::model::tasks
