// Bundled requests. Source: spec settings section 5.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kMultipleModule;

/// Runs the elements of a bundle in order with the caller and connection of `invocation`; gives the bare
/// array of envelopes as JSON text. Errors: HttpError 400 when it is no array, 500 when an element has no
/// module; ApiError SVL-0010 over the limit.
std::string run_bundle(Invocation& invocation, const Json& elements, bool stop_at_error);

}  // namespace gw::ajax
