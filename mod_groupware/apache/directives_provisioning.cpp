// GroupwareProvisioning. Meaning: docs/directives.md.
#include "apache/provisioning_words.hpp"
#include "apache/setter.hpp"

using gw::apache::ModuleConfig;

const char* gw_set_provisioning(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_provisioning(config.settings.provisioning, name, gw::apache::to_views(count, words));
  });
}
