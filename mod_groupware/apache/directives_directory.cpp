// GroupwareDirectory…: directories of users over LDAP. Meanings: docs/directory.md.
#include "apache/directory_words.hpp"
#include "apache/setter.hpp"

const char* gw_set_directory(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](gw::apache::ModuleConfig& config, std::string_view name) {
    gw::apache::apply_directory_directive(config.settings.directories.list, name,
                                          gw::apache::to_views(count, words));
  });
}
