// What the rest of the model asks of calendars: the folder services' view, how many events there are, what
// becomes of them when a user goes.
#pragma once

#include "model/folders/folder_content.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::calendar {

/// The folder services' view of this module. Lives as long as the process.
const folders::FolderContent& calendar_folder_content();

/// Events of the whole context; a series and each of its exceptions count one. Cost: one index count.
std::int64_t count_in_context(sql::Connection& connection, ContextId context);
/// Before an event with this id is stored. Errors: QUOTA-0003. Cost: none while the context has given out
/// fewer ids than it may hold events, then one index count.
void check_quota(Transaction& transaction, ObjectId next);

/// Events whose index of times was made with other zone data than this process has: after an update of tzdata
/// they may be missed by ranges. Cost: reads all events of the context.
std::int64_t count_outdated(sql::Connection& connection, ContextId context);
/// Makes their index anew.
void renew_times(Transaction& transaction, ContextId context);

/// After his calendars went: where he still takes part he stays as somebody outside, and what he made in
/// folders of others is his heir's.
void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir);

}  // namespace gw::model::calendar
