// Module `find`: the search box over mails, contacts, events, tasks and files. Source: http-api.json;
// docs/find.md.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kFindModule;

}  // namespace gw::ajax
