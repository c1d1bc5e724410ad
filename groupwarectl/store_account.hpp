// Commands that write files into the store.
#pragma once

#include "filestore/file_store.hpp"

namespace groupwarectl {

/// Files that another account wrote could be neither read nor removed by the server. Null: no store, nothing
/// to refuse. Errors: UsageError.
void require_store_account(const gw::filestore::StoreRoot* root);

}  // namespace groupwarectl
