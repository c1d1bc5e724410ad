// Module `capabilities`: which features a client may show.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kCapabilitiesModule;

/// `[{id, attributes}]` of the caller; only public ones without one.
Json capability_list(const Invocation& invocation, bool has_caller);

}  // namespace gw::ajax
