// Task folders as iCalendar. Source: spec export-import section 2.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

/// `folder`, or the tasks of the body's list, all or nothing. Errors: I_E-1313 no folder, I_E-1101 nothing
/// that is exported so, I_E-0100 no right to read, TSK-0019.
Response export_tasks(Invocation& invocation);

}  // namespace gw::ajax
