// The path every list of items takes: permissions, visibility, order, range.
#pragma once

#include <vector>

#include "model/infostore/infostore_service.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_store.hpp"

namespace gw::model::infostore {

/// By the column, then by id and version.
void sort_items(std::vector<Item>& items, const Sort& sort, const Caller& caller);
/// Reads the object permissions of these items into them.
void attach_permissions(sql::Connection& connection, ContextId context, std::vector<Item>& items);

/// What a scan found and the caller may read, as he sees it. `in_view`: everything is shown in "Shared
/// files".
std::vector<Item> visible_items(sql::Connection& connection, const Caller& caller, Millis now,
                                FolderLookup& folders, const store::Condition& condition,
                                bool in_view = false);

/// Items that others share with the caller one by one. `condition` says what else must hold, but not where.
std::vector<Item> shared_items(sql::Connection& connection, const Caller& caller, Millis now,
                               FolderLookup& folders, store::Condition condition = {});

/// Sorts and cuts. The timestamp of an empty list is the context's last stamp.
ItemList deliver(std::vector<Item> items, const ListRequest& request, sql::Connection& connection,
                 const Caller& caller);

}  // namespace gw::model::infostore
