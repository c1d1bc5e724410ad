// GroupwareMailAccount…, GroupwareMailAutoconfig and GroupwareMailProvider: accounts that users enter
// themselves. Meanings: docs/directives.md.
#include "apache/account_words.hpp"
#include "apache/setter.hpp"

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;
using gw::apache::to_views;

const char* gw_set_account_deny(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_denied_networks(config.settings.mail_accounts, name, to_views(count, words));
  });
}

const char* gw_set_account_ports(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_account_ports(config.settings.mail_accounts, name, to_views(count, words));
  });
}

const char* gw_set_account_tls(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_account_tls(config.settings.mail_accounts, name, to_views(count, words));
  });
}

const char* gw_set_autoconfig(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_autoconfig(config.settings.autoconfig, name, to_views(count, words));
  });
}

const char* gw_add_mail_provider(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.autoconfig.providers.push_back(gw::apache::parse_provider(name, to_views(count, words)));
  });
}
