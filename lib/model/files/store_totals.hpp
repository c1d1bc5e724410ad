// How much lies in the file stores, for monitoring.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/connection.hpp"

namespace gw::model::files {

struct StoreTotal {
  std::string kind;  ///< `file` or `s3`
  std::int64_t bytes = 0;
};

/// Of all contexts of this database, by the sort of the store that takes their new files: what is on its way
/// from one store to another counts where it will be. `server_store`: the address of the server's own; files
/// there are left out when it is empty. Units: bytes, as quotas count them. Cost: a query over a row for each
/// context and each user with a quota of his own.
std::vector<StoreTotal> total_bytes(sql::Connection& connection, std::string_view server_store);

}  // namespace gw::model::files
