// Folders of calendar accounts: rows like all others, with numbers of their own, so that whoever holds a
// number knows that nobody writes there. What they show comes from elsewhere. Source: spec chronos sections 1
// and 14.
#pragma once

#include <string>
#include <string_view>

#include "model/folders/folder_access.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// The folder of account N is this plus N. Ordinary folders never come so far, and the numbers still fit the
/// 32 bits of the UDP push protocol.
inline constexpr std::int64_t kFirstAccountFolder = 1'000'000'000;
inline constexpr bool is_account_folder(FolderId folder) { return folder.value > kFirstAccountFolder; }
inline constexpr std::int64_t account_of(FolderId folder) { return folder.value - kFirstAccountFolder; }
inline constexpr FolderId folder_of_account(std::int64_t account) {
  return FolderId(kFirstAccountFolder + account);
}
/// Everybody's first account: birthdays of contacts. It has no row.
inline constexpr FolderId kBirthdayFolder = folder_of_account(1);

/// A calendar of the caller that he reads, renames and removes, and nobody changes. The title becomes one
/// that is free. Errors: FLD-0002, FLD-0007, FLD-0064, FLD-0092.
FolderId create_account_folder(Transaction& transaction, std::string_view title, bool is_subscribed);

/// Of a folder without a row. Cost: one query.
bool is_subscribed(sql::Connection& connection, const Caller& caller, FolderId folder);
void set_subscribed(Transaction& transaction, FolderId folder, bool is_subscribed);

}  // namespace gw::model::folders
