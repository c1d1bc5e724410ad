// Deleting what lies in folders of a module that users lost. Which users and modules, and when, is the
// caller's business (contexts/downgrade.hpp). Source: spec provisioning sections 3 and 4.
#pragma once

#include "model/folders/folder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// Private folders and file folders of `owner` with all that lies below them. Default folders stay, empty.
/// With `keeps_shared` a folder that somebody else has an entry in, or an object of, stays as it is.
/// Gives how many folders were emptied or deleted. Cost: two queries a folder, and those of its content.
std::int64_t drop_unreachable_folders(Transaction& transaction, UserId owner, ObjectModule module,
                                      bool keeps_shared);
/// Public folders of the module; what belongs to the system stays, empty, and the global address book as it
/// is.
std::int64_t drop_unreachable_public_folders(Transaction& transaction, ObjectModule module);

}  // namespace gw::model::folders
