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
/// Makes their index anew, and the times that alarms are due at; clients see no change. Of at most `most`
/// events. Gives of how many. After Transaction::stamp, or an edit at the same time may lose its index.
std::size_t renew_times(Transaction& transaction, ContextId context, std::size_t most = SIZE_MAX);
/// The same in a transaction of its own, for a job: call it again while it gives `limit`. Looks at no rights;
/// the context is that of `work`. Cost: when all are up to date it reads all events of the context, so once
/// after each start of a process is enough: zone data never changes while one runs.
std::size_t reindex_zones(UnitOfWork& work, std::size_t limit);

/// After his calendars went: where he still takes part he stays as somebody outside, and what he made in
/// folders of others is his heir's.
void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir);

}  // namespace gw::model::calendar
