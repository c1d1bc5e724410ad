// What other services ask the folders: may this caller do that in folder N? The one place that reduces rights
// by folder type and by the caller's modules. Source: spec folders sections 5-7.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "model/caller.hpp"
#include "model/event.hpp"
#include "model/permissions/rights.hpp"
#include "sql/connection.hpp"

namespace gw::model {
class Transaction;
}

namespace gw::model::folders {

/// Stored type; "shared" (3) is never stored: it is how a private folder looks to everybody but its owner.
enum class FolderType : int { Private = 1, Public = 2, Shared = 3, System = 5, Trash = 16 };

namespace system_folder {
inline constexpr FolderId kRoot{0}, kPrivate{1}, kPublic{2}, kShared{3}, kSystem{4}, kGlobalAddressBook{6},
    kInfostore{9}, kUserInfostore{10}, kPublicInfostore{15};
}

struct FolderAccess {
  FolderId id;
  ObjectModule module = ObjectModule::System;
  FolderType type = FolderType::Private;  ///< as the caller sees it
  UserId owner;
  std::string title;
  bool is_default = false;
  Rights rights;  ///< effective: combined, reduced by type, modules and system rules
  FolderId parent;
};

/// Errors: ApiError FLD-0008 when it does not exist, FLD-0003 when the caller may not see it.
/// Cost: one query, or none: what a process has seen is used again while the caller's marks stand still, so a
/// change made anywhere counts from the next request on. Inside a transaction pass its connection.
FolderAccess load_access(sql::Connection& connection, const Caller& caller, FolderId folder);
/// Empty instead of an error, for lists that leave unreadable folders out.
std::optional<FolderAccess> find_access(sql::Connection& connection, const Caller& caller, FolderId folder);
/// As its owner sees it, whoever asks: for what becomes of the objects of a folder that goes. Cost: one
/// query.
std::optional<FolderAccess> find_as_owner(sql::Connection& connection, ContextId context, FolderId folder);
/// Every folder of one module the caller may see, whatever its depth. Cost: one query.
std::vector<FolderAccess> visible_folders(sql::Connection& connection, const Caller& caller,
                                          ObjectModule module);
/// Everybody with an entry that makes the folder visible, ascending: the audience of its events. Groups are
/// expanded, but group 0 is kEverybody. Source: spec udp-push section 9, rule 2.
/// Cost: a query, and one for each group with an entry.
std::vector<UserId> viewers(sql::Connection& connection, ContextId context, FolderId folder);
/// The same; also of the global address book that nobody is kept out of kEverybody. Cost: none when this
/// process has asked under the same marks; of that book one query.
std::vector<UserId> viewers(Transaction& transaction, FolderId folder);
/// With the users themselves in the place of kEverybody, for who must leave some out. Cost: a query, if he is
/// among them.
std::vector<UserId> expand(sql::Connection& connection, ContextId context, std::vector<UserId> viewers);

/// To be called by whoever wrote entries of the global address book past folder_store.
void renew_book_audience(Transaction& transaction, ContextId context);

/// The name of the note that says whether everybody sees the global address book (account_attributes.hpp).
inline constexpr std::string_view kBookSeenByAll = "global_address_book_seen_by_all";

}  // namespace gw::model::folders
