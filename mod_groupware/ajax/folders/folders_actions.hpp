// The actions of the folders module, split over folders_read.cpp, folders_write.cpp and folders_share.cpp;
// the table that names them is in folders.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax::folder_actions {

Response root(Invocation& invocation);
Response list(Invocation& invocation);
Response path(Invocation& invocation);
Response get(Invocation& invocation);
Response updates(Invocation& invocation);
Response all_visible(Invocation& invocation);
Response shares(Invocation& invocation);

Response create(Invocation& invocation);
Response update(Invocation& invocation);
Response remove(Invocation& invocation);
Response clear(Invocation& invocation);
Response restore(Invocation& invocation);

Response notify(Invocation& invocation);
Response check_limits(Invocation& invocation);

}  // namespace gw::ajax::folder_actions
