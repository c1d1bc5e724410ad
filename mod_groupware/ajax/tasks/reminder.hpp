// Module `reminder`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kReminderModule;

}  // namespace gw::ajax
