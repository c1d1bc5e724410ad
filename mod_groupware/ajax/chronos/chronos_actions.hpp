// The actions of module `chronos`, by file: chronos_lists.cpp, chronos_write.cpp, chronos_files.cpp,
// chronos_busy.cpp; the table and the single event stand in chronos.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax::chronos_actions {

Response all(Invocation& invocation);
/// PUT: several calendars, each with its own error.
Response all_of_folders(Invocation& invocation);
Response list(Invocation& invocation);
Response updates(Invocation& invocation);
Response needs_action(Invocation& invocation);

Response create(Invocation& invocation);
Response update(Invocation& invocation);
Response remove(Invocation& invocation);
Response move(Invocation& invocation);
Response update_attendee(Invocation& invocation);
Response change_organizer(Invocation& invocation);

Response get_attachment(Invocation& invocation);
Response zip_attachments(Invocation& invocation);

Response free_busy(Invocation& invocation);

}  // namespace gw::ajax::chronos_actions
