// The list actions of module `user`: all, list, search.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

Response list_all_users(Invocation& invocation);
Response list_users_by_id(Invocation& invocation);
Response search_users(Invocation& invocation);

}  // namespace gw::ajax
