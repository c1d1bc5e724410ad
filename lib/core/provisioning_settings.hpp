// What an administrator configures about provisioning; a part of core/settings.hpp.
#pragma once

#include <string>

namespace gw {

/// Administration by SOAP and REST (lib/provisioning).
struct ProvisioningSettings {
  bool enabled = false;
  /// Administrators of the installation may do the work of context administrators, too.
  bool master_override = false;
  /// Where combinations of module access get their names; empty: only those that everybody has.
  std::string combinations_file;
};

}  // namespace gw
