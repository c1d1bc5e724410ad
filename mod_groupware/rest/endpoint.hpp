// One request below `/admin/v1`. Basic credentials on every request; ETags of what is read; a POST with an
// idempotency key is done once. Source: spec provisioning section 10.
#pragma once

#include "provisioning/exchange.hpp"
#include "provisioning/provisioning.hpp"

namespace gw::rest {

/// `request.path` is what follows `/admin/v1/`. Errors: none but std::bad_alloc; faults are answers.
provisioning::HttpAnswer answer(provisioning::Provisioning& provisioning,
                                const provisioning::HttpRequest& request);

}  // namespace gw::rest
