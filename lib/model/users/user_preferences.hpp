// Language and time zone of a user: the account columns people may change themselves; and the folder that is
// made for them when they come for the first time.
#pragma once

#include <string_view>

#include "model/unit_of_work.hpp"

namespace gw::model::users {

/// Errors: ApiError USR-0023 for an unknown language, USR-0024 for an unknown zone, USR-0010. Call inside a
/// transaction; it takes the stamp and touches the accounts, so that every node sees it at the next request.
void change_locale(Transaction& transaction, UserId user, std::string_view locale);
void change_timezone(Transaction& transaction, UserId user, std::string_view timezone);

/// Nobody keeps this in a cache, so no other node is told. Call inside a transaction.
void set_collected_folder(Transaction& transaction, UserId user, FolderId folder);

}  // namespace gw::model::users
