// Modules `mailfilter` and `mailfilter/v2`: a user's rules on the mail server. Both work on the same script;
// the second knows more tests. Source: spec mailfilter section 5.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMailFilterModule;
extern const ApiModule kMailFilterV2Module;

}  // namespace gw::ajax
