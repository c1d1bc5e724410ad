// The actions of module `contacts`, by file: contacts_lists.cpp, contacts_write.cpp, contacts_search.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax::contacts_actions {

Response all(Invocation& invocation);
Response list(Invocation& invocation);
Response list_user(Invocation& invocation);
Response updates(Invocation& invocation);

Response create(Invocation& invocation);
Response update(Invocation& invocation);
Response remove(Invocation& invocation);
Response copy(Invocation& invocation);

Response search(Invocation& invocation);
Response advanced_search(Invocation& invocation);
Response autocomplete(Invocation& invocation);
Response birthdays(Invocation& invocation);
Response anniversaries(Invocation& invocation);

}  // namespace gw::ajax::contacts_actions
