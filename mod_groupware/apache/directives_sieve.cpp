// GroupwareSieve…: where the rules of users on their mails are kept. Meanings: docs/directives.md.
#include <algorithm>

#include "apache/mail_server_words.hpp"
#include "apache/setter.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

constexpr MailScheme kFilterServers[] = {{"sieve", "sieve", 4190, MailEncryption::Prefer}};
constexpr std::string_view kHiddenKinds[] = {"test", "action", "comparison", "header", "part"};

MailServerSettings parse_filter_server(std::string_view name, std::span<const std::string_view> arguments) {
  MailServerSettings server = parse_mail_server(name, arguments, kFilterServers);
  if (!server.signs_in)
    throw DirectiveError(fmt::format("{}: rules belong to users, so auth=off has no meaning here", name));
  return server;
}

void set_filter_timeouts(SieveSettings& sieve, Words words) {
  words.duration("connect", sieve.connect_timeout, 100ms, 5min);
  words.duration("read", sieve.read_timeout, 100ms, 10min);
  words.finish();
}

void add_denied_redirect(SieveSettings& sieve, std::string_view name, std::string_view text) {
  const std::string denied = to_lower_ascii(text);
  const auto at = denied.find('@');
  const bool is_fine = !denied.empty() && !has_control_characters(denied) &&
                       denied.find_first_of(" *<>,") == denied.npos && at != 0 && at != denied.size() - 1 &&
                       (at == denied.npos || denied.find('@', at + 1) == denied.npos);
  if (!is_fine)
    throw DirectiveError(
        fmt::format("{} \"{}\": write a domain such as example.org, or an address", name, text));
  sieve.denied_redirects.push_back(denied);
}

void add_hidden(SieveSettings& sieve, std::string_view name, std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const bool is_fine = std::find(std::begin(kHiddenKinds), std::end(kHiddenKinds), text.substr(0, colon)) !=
                           std::end(kHiddenKinds) &&
                       colon + 1 < text.size();
  if (!is_fine)
    throw DirectiveError(
        fmt::format("{} \"{}\": write test:, action:, comparison:, header: or part: and a name", name, text));
  sieve.hidden.emplace_back(text);
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;
using gw::apache::to_views;
using gw::apache::Words;

const char* gw_set_sieve_server(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.sieve.server = gw::apache::parse_filter_server(name, to_views(count, words));
  });
}

const char* gw_set_sieve_login(cmd_parms* command, void*, const char* pattern) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.sieve.login = gw::apache::parse_login_pattern(name, pattern);
  });
}

const char* gw_set_sieve_master(cmd_parms* command, void*, const char* login, const char* secret) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.sieve.master_secret = gw::apache::read_value_or_file(name, secret);
    config.settings.sieve.master = login;
  });
}

const char* gw_set_sieve_timeouts(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_filter_timeouts(config.settings.sieve, Words(name, to_views(count, words)));
  });
}

const char* gw_add_sieve_denied_redirect(cmd_parms* command, void*, const char* text) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::add_denied_redirect(config.settings.sieve, name, text);
  });
}

const char* gw_add_sieve_hidden(cmd_parms* command, void*, const char* text) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::add_hidden(config.settings.sieve, name, text);
  });
}
