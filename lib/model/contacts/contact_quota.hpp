// How many contacts a context holds, for the quota module. The limit itself is checked by create
// (contact_service.hpp).
#pragma once

#include "core/ids.hpp"
#include "sql/connection.hpp"

namespace gw::model::contacts {

/// Contacts of the whole context, those of users included. Cost: one index count.
std::int64_t count_in_context(sql::Connection& connection, ContextId context);

}  // namespace gw::model::contacts
