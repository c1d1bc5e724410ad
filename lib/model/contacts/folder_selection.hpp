// Which folders a search goes through, and the scan over them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_listing.hpp"

namespace gw::model::contacts {

/// `named`, each of which must be readable, or every readable folder when none is named; without `excluded`.
/// Errors: folder errors of named ones.
std::vector<FolderId> select_folders(sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                                     std::span<const FolderId> named,
                                     std::span<const FolderId> excluded = {});

/// Hands every visible contact that `accepts` to the listing. Nothing happens without folders.
void scan_visible(Listing& listing, sql::Connection& connection, const Caller& caller, FolderLookup& lookup,
                  const store::Condition& condition, const std::function<bool(const Contact&)>& accepts);

}  // namespace gw::model::contacts
