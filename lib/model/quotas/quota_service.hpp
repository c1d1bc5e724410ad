// What a caller's context may hold and holds. Limits are checked by the services that write; here they are
// told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/unit_of_work.hpp"

namespace gw::model::quotas {

struct AccountQuota {
  std::string module;
  std::string display_name;
  std::int64_t count_limit = -1;  ///< objects; -1 = none
  std::int64_t count_use = 0;
  /// Units: bytes; -1 unlimited. Empty: the module has no byte limit at all.
  std::optional<std::int64_t> byte_limit;
  std::int64_t byte_use = 0;
};

/// One entry per module that this server offers.
std::vector<AccountQuota> list_quotas(UnitOfWork& work);
/// The quota that the caller's files count for: his own, or the context's.
AccountQuota file_quota(UnitOfWork& work);

}  // namespace gw::model::quotas
