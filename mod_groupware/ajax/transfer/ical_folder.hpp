// Which of the folders that keep what iCalendar knows a request names. Source: spec export-import sections 2
// and 7.
#pragma once

#include <string_view>

#include "ajax/action.hpp"

namespace gw::ajax {

/// False for calendars, folders of other modules and those that the caller cannot see. Cost: a query.
bool is_task_folder(const Invocation& invocation, std::string_view folder);

}  // namespace gw::ajax
