// Words of the directive GroupwareProvisioning. Free of httpd, so they are tested without it, and
// groupwarectl reads them, too. Meanings: docs/directives.md.
#pragma once

#include <span>
#include <string_view>

#include "core/settings.hpp"

namespace gw::apache {

/// `off`, or `on` and then `override=` and `combinations=`; the file is read once, so that a mistake in it is
/// told at once. Errors: DirectiveError.
void set_provisioning(ProvisioningSettings& provisioning, std::string_view name,
                      std::span<const std::string_view> words);

}  // namespace gw::apache
