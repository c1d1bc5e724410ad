// What events and tasks share when they come and go as iCalendar: which of their folders a request names, and
// what is told of a file that could not be read whole. Source: spec export-import sections 2, 3 and 7.
#pragma once

#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "formats/ical/component_reader.hpp"

namespace gw::ajax {

/// False for calendars, folders of other modules and those that the caller cannot see. Cost: a query.
bool is_task_folder(const Invocation& invocation, std::string_view folder);

/// What the reader passed over, each kind and place once, at most 20.
std::vector<Warning> file_warnings(const std::vector<formats::ical::Warning>& found);
/// Those of `more` that are not among `warnings` yet.
void add_warnings(std::vector<Warning>& warnings, const std::vector<Warning>& more);

}  // namespace gw::ajax
