// Modules `contacts` and `halo/contact`.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kContactsModule;
/// What is known about a person: of the providers only the address book has content here.
extern const ApiModule kHaloContactModule;

}  // namespace gw::ajax
