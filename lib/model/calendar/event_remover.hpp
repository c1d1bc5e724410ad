// What becomes of the events of a calendar that is deleted. Inside the transaction; rights are the caller's
// business.
#pragma once

#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

/// What the calendar user organizes, and everything of a public folder, is gone for everybody; from the rest
/// he withdraws. Leaves tombstones, raises events. Cost: a few statements for each event.
void remove_folder_events(Transaction& transaction, FolderId folder);

}  // namespace gw::model::calendar
