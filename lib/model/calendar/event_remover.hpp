// What becomes of the events of a calendar that is deleted. Inside the transaction; rights are the caller's
// business.
#pragma once

#include <optional>

#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

/// What the calendar user organizes, and everything of a public folder, is gone for everybody; from the rest
/// he withdraws. With `creator` only single events and series that he made. Leaves tombstones, raises events.
/// Cost: a few statements for each event.
void remove_folder_events(Transaction& transaction, FolderId folder,
                          std::optional<UserId> creator = std::nullopt);

}  // namespace gw::model::calendar
