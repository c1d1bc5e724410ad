#include "model/settings/drive_mail_rules.hpp"

#include "model/settings/availability.hpp"
#include "model/settings/jslob_presets.hpp"

namespace gw::model::settings {

DriveMailRules drive_mail_rules(const Caller& caller, const Settings& settings) {
  constexpr std::string_view kBelow = "compose/shareAttachments/";
  DriveMailRules rules;
  rules.is_offered = !caller.is_guest && is_available(Module::Webmail, settings) &&
                     caller.modules.has(Module::Webmail) && is_available(Module::Infostore, settings) &&
                     caller.modules.has(Module::Infostore) &&
                     caller.modules.has(Module::ReadCreateSharedFolders);
  for (const Preset& preset : parse_presets(settings)) {
    if (preset.document != "io.ox/mail" || !preset.path.starts_with(kBelow)) continue;
    const std::string_view name = std::string_view(preset.path).substr(kBelow.size());
    if (name == "enabled" && preset.is_protected && !preset.value.is_true()) rules.is_offered = false;
    if (name == "requiredExpiration") rules.requires_expiry = preset.value.is_true();
    if (name == "forceAutoDelete") rules.forces_deletion = preset.value.is_true();
  }
  return rules;
}

}  // namespace gw::model::settings
