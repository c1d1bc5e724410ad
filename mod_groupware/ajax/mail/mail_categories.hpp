// Module `mail/categories`: the tabs of the inbox.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMailCategoriesModule;

}  // namespace gw::ajax
