// One request to `/webservices/<Service>`: a call, or the question for the description (`?wsdl`).
#pragma once

#include "provisioning/exchange.hpp"
#include "provisioning/provisioning.hpp"

namespace gw::soap {

/// `request.path` is the name of the service. Errors: none but std::bad_alloc; faults are answers.
provisioning::HttpAnswer answer(provisioning::Provisioning& provisioning,
                                const provisioning::HttpRequest& request);

}  // namespace gw::soap
