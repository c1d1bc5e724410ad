// The description of a service for SOAP clients, made of the tables of operations and types. Source:
// WSDL 1.1; spec provisioning section 2.
#pragma once

#include <string>
#include <string_view>

#include "provisioning/operation.hpp"

namespace gw::soap {

/// `address`: where the client reached the service.
std::string write_wsdl(const provisioning::ServiceTable& service, std::string_view address);

}  // namespace gw::soap
