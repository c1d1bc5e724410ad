// Who may send attachments as links ("Drive mail"), and what the administrator wants of such links: the
// presets (GroupwarePreset) that clients obey, too. Source: spec mail-compose section 6, step 5.
#pragma once

#include "core/settings.hpp"
#include "model/caller.hpp"

namespace gw::model::settings {

struct DriveMailRules {
  /// With mail, files and the right to share, for no guest; off by the protected preset
  /// `!io.ox/mail//compose/shareAttachments/enabled=false`.
  bool is_offered = false;
  bool requires_expiry = false;  ///< `io.ox/mail//compose/shareAttachments/requiredExpiration=true`
  bool forces_deletion = false;  ///< `io.ox/mail//compose/shareAttachments/forceAutoDelete=true`
};
DriveMailRules drive_mail_rules(const Caller& caller, const Settings& settings);

}  // namespace gw::model::settings
