// After users lost modules: their data of these modules goes, as the services delete it. Giving a module back
// restores nothing. Source: spec provisioning sections 3 and 4.
#pragma once

#include "model/unit_of_work.hpp"

namespace gw::model::contexts {

/// Of the caller's context: calendar, tasks, contacts and files. Private folders go from every user without
/// the module; what is shared or public stays as long as one user of the context has it. Default folders and
/// what belongs to the system stay, empty. Repeating it finds nothing more to do. Gives how many folders were
/// emptied or deleted. Cost: one transaction for each user and module.
std::int64_t drop_unreachable_data(UnitOfWork& work);

}  // namespace gw::model::contexts
