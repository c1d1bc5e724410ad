// Module `onboarding`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kOnboardingModule;

}  // namespace gw::ajax
