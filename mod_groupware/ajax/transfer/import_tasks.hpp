// iCalendar files into a task folder. Source: spec export-import sections 3 and 7.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

/// The task folder among those of `folder`. Events are passed over, and nothing is left then. Errors:
/// I_E-1313 no folder, I_E-1100 no task folder, I_E-0500 no right to create, I_E-0508 without the module,
/// I_E-1304 and so on for the file, I_E-1315 no calendar in it.
Response import_tasks(Invocation& invocation);

}  // namespace gw::ajax
