// An iCalendar file into a calendar: series with their exceptions, one answer element per series or single
// event in file order. Source: spec export-import section 7.
#pragma once

#include <string_view>

#include "ajax/action.hpp"

namespace gw::ajax {

struct EventImportOptions {
  bool ignores_uids = false;  ///< every uid is replaced, the same by the same
};

/// What the file says and nobody can read comes as warnings, those of elements too. Errors: I_E-0500 no right
/// to create, I_E-1100 no calendar, I_E-1315 nothing in the file, I_E-1311 a file too large.
Response import_calendar(Invocation& invocation, FolderId folder, std::string_view text,
                         const EventImportOptions& options);

}  // namespace gw::ajax
