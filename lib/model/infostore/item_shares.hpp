// What shares ask of files: who has an entry where, and giving one more. Source: spec infostore 9.
#pragma once

#include <vector>

#include "model/infostore/item.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::infostore {

/// Files on which the user has an entry of his own. Ascending.
std::vector<ObjectId> items_shared_with(sql::Connection& connection, ContextId context, UserId user);

/// May the caller open the file to everybody? Errors: IFO-0300, IFO-0403.
void check_shareable(Transaction& transaction, ObjectId item);
/// Adds or replaces one entry, by all the rules of a change by the caller.
void grant(Transaction& transaction, ObjectId item, const ObjectPermission& entry);

}  // namespace gw::model::infostore
