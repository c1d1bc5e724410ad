#include "groupwarectl/store_account.hpp"

#include <string>

#include "groupwarectl/tool.hpp"

namespace groupwarectl {

void require_store_account(const gw::filestore::StoreRoot* root) {
  if (root == nullptr) return;
  if (const std::string problem = gw::filestore::account_problem(*root); !problem.empty())
    throw UsageError(problem);
}

}  // namespace groupwarectl
