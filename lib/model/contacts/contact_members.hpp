// Members of distribution lists: references to contacts are followed when a list is read and when it is
// written. Source: spec contacts-users-groups-resources section 1, distribution lists.
#pragma once

#include <span>

#include "model/contacts/contact.hpp"
#include "model/contacts/contact_access.hpp"

namespace gw::model::contacts {

/// Fills distribution_list of contacts that were read without it. Addresses and names come from the
/// referenced contacts; a member whose contact is gone or unreadable is given as an independent one with its
/// last known data. Cost: one select for the members, one per 256 referenced contacts, and one for the
/// folders.
void attach_members(sql::Connection& connection, const Caller& caller, FolderLookup& folders,
                    std::span<Contact* const> lists);

/// Fills in what the caller left out of members that refer to contacts, and every member's sort name.
/// Errors: CON-0177 a member without address; CON-0100 an address that is none (with `check_addresses`).
void complete_members(sql::Connection& connection, const Caller& caller, FolderLookup& folders, Contact& list,
                      bool check_addresses);

}  // namespace gw::model::contacts
