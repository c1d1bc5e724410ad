// Module `userfeedback`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kUserFeedbackModule;

}  // namespace gw::ajax
