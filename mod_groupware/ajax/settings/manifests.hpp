// Module `apps/manifests`: what a web client needs to know of the server, before and after login. Spec
// settings 1.2.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kManifestsModule;

/// The server configuration object (`data` of action config).
Json server_config(const Invocation& invocation, bool has_caller);

}  // namespace gw::ajax
