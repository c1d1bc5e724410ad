#include "groupwarectl/store_account.hpp"

#include <unistd.h>

#include <string>

#include "groupwarectl/tool.hpp"

namespace groupwarectl {

void require_store_account(const gw::filestore::StoreRoot* root) {
  if (root == nullptr) return;
  const auto account = root->account();
  if (account && *account != ::geteuid())
    throw UsageError(root->place() + " belongs to user " + std::to_string(*account) +
                     ": run this command as that user, for example with sudo -u '#" +
                     std::to_string(*account) + "'");
}

}  // namespace groupwarectl
