// The directives of sessions, cookies and the address check that are more than one value.
#include <arpa/inet.h>

#include "apache/setter.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxTokenSecrets = 100;
constexpr std::size_t kMinSecretLength = 8;

void set_lifetime(SessionSettings& session, Words words) {
  words.duration("short", session.short_lifetime, 1min, 24h * 365);
  words.duration("long", session.long_lifetime, 1min, 24h * 365);
  words.finish();
}

void set_limits(SessionSettings& session, Words words) {
  words.number("node", session.max_sessions_per_node, 0, 100'000'000);
  words.number("user", session.max_sessions_per_user, 0, 1'000'000);
  words.number("client", session.max_sessions_per_client, 0, 1'000'000);
  words.finish();
}

void set_ip_check(SessionSettings& session, std::span<const std::string_view> arguments) {
  const std::string_view first = arguments.empty() ? std::string_view() : arguments.front();
  const bool on = equal_ignoring_ascii_case(first, "on");
  if (!on && !equal_ignoring_ascii_case(first, "off"))
    throw DirectiveError("GroupwareIPCheck: write On or Off first, as in: GroupwareIPCheck On v4=24 v6=64");
  session.check_address = on;
  if (arguments.size() == 1) return;
  Words words("GroupwareIPCheck", arguments.subspan(1));
  words.number("v4", session.address_bits_v4, 0, 32);
  words.number("v6", session.address_bits_v6, 0, 128);
  words.finish();
}

/// `address/bits`, or one address.
bool is_network(const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::string address = text.substr(0, slash);
  unsigned char bytes[sizeof(in6_addr)];
  const int longest = inet_pton(AF_INET, address.c_str(), bytes) == 1    ? 32
                      : inet_pton(AF_INET6, address.c_str(), bytes) == 1 ? 128
                                                                         : -1;
  if (longest < 0) return false;
  if (slash == std::string::npos) return true;
  const auto bits = parse_integer(text.substr(slash + 1));
  return bits && *bits >= 0 && *bits <= longest;
}

void add_exempt(SessionSettings& session, const std::string& value) {
  constexpr std::string_view kClient = "client=";
  if (value.starts_with(kClient) && value.size() > kClient.size()) {
    session.address_exempt_clients.push_back(value.substr(kClient.size()));
  } else if (is_network(value)) {
    session.address_exempt_networks.push_back(value);
  } else {
    throw DirectiveError(fmt::format(
        "GroupwareIPCheckExempt \"{}\": write a network such as 10.0.0.0/8 or 2001:db8::/32, or client=name",
        value));
  }
}

std::string read_secret(std::string_view directive, std::string_view value) {
  std::string secret = read_value_or_file(directive, value);
  if (secret.size() < kMinSecretLength)
    throw DirectiveError(fmt::format("{}: {} characters are too few, use at least {}, better 32 random ones",
                                     directive, secret.size(), kMinSecretLength));
  return secret;
}

/// One of two words; true means the second.
bool choose(std::string_view directive, std::string_view value, std::string_view first,
            std::string_view second) {
  if (equal_ignoring_ascii_case(value, first)) return false;
  if (equal_ignoring_ascii_case(value, second)) return true;
  throw DirectiveError(fmt::format("{} \"{}\": write {} or {}", directive, value, first, second));
}

void set_cache(ModuleConfig& config, std::string_view value) {
  for (const std::string_view kind : {"none", "shmcb", "redis", "memcache"}) {
    const bool has_arguments = value.size() > kind.size() && value[kind.size()] == ':';
    if (value.substr(0, kind.size()) != kind || (value.size() != kind.size() && !has_arguments)) continue;
    if (kind == "none" && has_arguments) break;
    // Without a size the provider would take its own small one.
    if (kind == "shmcb" && has_arguments && (!value.ends_with(')') || value.find('(') == value.npos)) break;
    if ((kind == "redis" || kind == "memcache") && !has_arguments)
      throw DirectiveError(fmt::format("GroupwareSessionCache: {0} needs its server, as in {0}:127.0.0.1:{1}",
                                       kind, kind == "redis" ? 6379 : 11211));
    config.session_cache = value;
    return;
  }
  throw DirectiveError(
      fmt::format("GroupwareSessionCache \"{}\": write shmcb, shmcb:path(bytes), redis:host:port, "
                  "memcache:host:port or none",
                  value));
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;
using gw::apache::to_views;
using gw::apache::Words;

const char* gw_set_session_lifetime(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_lifetime(config.settings.session, Words(name, to_views(count, words)));
  });
}

const char* gw_set_session_limits(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_limits(config.settings.session, Words(name, to_views(count, words)));
  });
}

const char* gw_set_session_cache(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(
      command, [value](ModuleConfig& config, std::string_view) { gw::apache::set_cache(config, value); });
}

const char* gw_set_ip_check(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view) {
    gw::apache::set_ip_check(config.settings.session, to_views(count, words));
  });
}

const char* gw_add_ip_check_exempt(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view) {
    gw::apache::add_exempt(config.settings.session, value);
  });
}

const char* gw_set_cookie_hash(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    config.settings.session.cookie_hash_remember = gw::apache::choose(name, value, "calculate", "remember");
  });
}

const char* gw_set_cookie_salt(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    config.settings.session.cookie_salt = gw::apache::read_secret(name, value);
  });
}

const char* gw_set_cookie_secure(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    config.settings.session.cookie_force_secure = gw::apache::choose(name, value, "auto", "on");
  });
}

const char* gw_add_token_secret(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    auto& secrets = config.settings.session.token_secrets;
    if (secrets.size() >= gw::apache::kMaxTokenSecrets)
      throw gw::apache::DirectiveError(
          fmt::format("{}: at most {} secrets", name, gw::apache::kMaxTokenSecrets));
    secrets.push_back(gw::apache::read_secret(name, value));
  });
}
