// What is wrong with a classic recurrence pattern, in the codes that appointments and tasks share.
// Source: spec calendar section 4.
#pragma once

#include "core/error.hpp"
#include "recurrence/classic_pattern.hpp"

namespace gw::model {

/// nullptr: nothing is wrong.
const ErrorCode* pattern_error(recurrence::PatternState state);

}  // namespace gw::model
