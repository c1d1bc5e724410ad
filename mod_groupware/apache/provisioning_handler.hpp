// Administration over HTTP, where GroupwareProvisioning is on: SOAP at `/webservices/<Service>` (and at the
// older `/servlet/axis2/services/<Service>`), REST below `/admin/v1`. Answers are those of soap/ and rest/.
#pragma once

namespace gw::apache {

void register_provisioning_hooks();

}  // namespace gw::apache
