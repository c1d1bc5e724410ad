// Secrets that all nodes of one database share: made at first use, then kept. Used for cookie names and
// pseudonyms.
#pragma once

#include <string>
#include <string_view>

#include "sql/connection.hpp"

namespace gw::model {

/// 64 hex characters. Two processes that ask first at the same time get the same secret. Cost: one query once
/// it exists.
std::string server_secret(sql::Connection& connection, std::string_view name);

}  // namespace gw::model
