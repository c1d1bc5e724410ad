// What the home database keeps of a context whose data are in another one: its row, so that its number, its
// name and its mappings are unique in the installation and lead to it. Not for contexts at home.
#pragma once

#include <cstdint>

#include "model/contexts/provisioning.hpp"

namespace gw::model::contexts {

/// The number of the database that a new context goes to, 0 for the home database: the one that was named,
/// else the one with most room that answers. Contexts of resellers stay at home, as what a reseller may have
/// is counted there. `work` is at home, before and after. Errors: ProvisioningError NotFound, Invalid (no
/// room left).
std::int64_t choose_database(UnitOfWork& work, const NewContext& wanted);

/// Keeps number and names for it, and a place in the database, in one transaction at home. Gives what was
/// wanted with the number and the name that were chosen. Errors: as create_context.
NewContext reserve_place(UnitOfWork& work, const NewContext& wanted, std::int64_t database);
/// Gives all of that back.
void release_place(UnitOfWork& work, ContextId context);

/// Before names are taken where the data are: they lead to the context from here on, beside those it has.
/// Errors: as change_context.
void announce_names(UnitOfWork& work, ContextId context, const ContextChanges& changes);
/// Afterwards: the row at home follows what is in the other database.
void settle_place(UnitOfWork& work, const Context& context);

// Shared with provisioning.cpp: names are chosen by one transaction at a time.
void lock_names(sql::Connection& connection);
ContextId choose_id(sql::Connection& connection, const std::optional<ContextId>& wanted);
/// Logins are looked up by mapping first, then by name: neither may hide another context.
void require_free(sql::Connection& connection, const std::string& name, ContextId context);
void add_mapping(sql::Connection& connection, ContextId context, const std::string& mapping);

}  // namespace gw::model::contexts
