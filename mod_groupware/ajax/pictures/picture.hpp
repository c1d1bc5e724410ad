// Pictures of people: `contacts/picture` and its deprecated forms `image/contact/picture`,
// `image/user/picture`, `halo/contact/picture`. The public-session cookie is enough for all of them (spec
// conventions section 9.4).
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kContactsPictureModule;
extern const ApiModule kImageContactModule;
extern const ApiModule kImageUserModule;
extern const ApiModule kHaloPictureModule;

}  // namespace gw::ajax
