#include "values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "engine/endpoint.hpp"
#include "push/packet.hpp"

namespace oxpush {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::size_t kMostBinds = 8;
constexpr std::size_t kMostGroups = 4;
constexpr std::size_t kMostInterfaces = 8;
constexpr std::size_t kMostPeers = 64;
constexpr std::size_t kMostNetworks = 64;

/// `5`, `5s`, `500ms`, `2mi`, `1h`: seconds without a unit.
std::optional<milliseconds> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t factor;
  };
  constexpr std::array<Unit, 5> kUnits{
      {{"ms", 1}, {"s", 1'000}, {"mi", 60'000}, {"h", 3'600'000}, {"", 1'000}}};
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = gw::push::parse_number(text.substr(0, end), 1'000'000'000);
  const auto unit =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == text.substr(end); });
  if (!number || unit == kUnits.end()) return std::nullopt;
  return milliseconds{*number * unit->factor};
}

std::string set_duration(milliseconds& out, std::string_view word, milliseconds least, milliseconds most,
                         std::string_view range) {
  const auto duration = parse_duration(word);
  if (!duration || *duration < least || *duration > most)
    return fmt::format("'{}' is no time from {} (units ms, s, mi, h; seconds without)", word, range);
  out = *duration;
  return {};
}

std::string add_to(std::vector<std::string>& list, std::string_view word, std::size_t most) {
  if (list.size() >= most) return fmt::format("more than {} of them", most);
  list.emplace_back(word);
  return {};
}

std::string set_restart_delay(Settings& settings, std::string_view word) {
  constexpr std::string_view kFix =
      "'{}' is no delay; write min=100ms max=30s (units ms, s, mi; at most one hour)";
  milliseconds* out = word.starts_with("min=")   ? &settings.restart_delay_min
                      : word.starts_with("max=") ? &settings.restart_delay_max
                                                 : nullptr;
  const auto duration = out != nullptr ? parse_duration(word.substr(4)) : std::nullopt;
  if (!duration || *duration > hours{1}) return fmt::format(kFix, word);
  *out = *duration;
  return {};
}

std::string add_bind(std::vector<std::string>& list, std::string_view word) {
  const auto parts = split_host_port(word);
  const auto address = parts ? parse_address(parts->host) : std::nullopt;
  const bool is_star = parts && parts->host == "*";
  if (!is_star && (!address || address->is_multicast()))
    return fmt::format(
        "'{}' is no address of this host: write * or a literal address, [v6] in brackets, and :port if it "
        "is not OXPushPort",
        word);
  return add_to(list, word, kMostBinds);
}

bool is_host_name(std::string_view name) {
  return !name.empty() && name.size() <= 253 &&
         name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-") ==
             name.npos;
}

std::string add_peer(Settings& settings, std::string_view word) {
  const auto parts = split_host_port(word);
  if (!parts || (!parse_address(parts->host) && !is_host_name(parts->host)))
    return fmt::format("'{}' is no host: write a name or an address, and :port if it is not OXPushPort",
                       word);
  return add_to(settings.peers, word, kMostPeers);
}

std::string add_group(Settings& settings, std::string_view word) {
  const auto parts = split_host_port(word);
  const auto address = parts ? parse_address(parts->host) : std::nullopt;
  if (!address || !address->is_multicast())
    return fmt::format(
        "'{}' is no multicast address: write one of 224.0.0.0/4 or ff00::/8, such as 239.192.0.1:9982", word);
  return add_to(settings.groups, word, kMostGroups);
}

std::string add_network(std::vector<std::string>& list, std::string_view word) {
  if (word != "private" && word != "local" && word != "all" && !parse_network(word))
    return fmt::format("'{}' is no network: write private, local, all, 192.0.2.0/24 or 2001:db8::/32", word);
  return add_to(list, word, kMostNetworks);
}

std::string set_port(std::uint16_t& port, std::string_view word) {
  const auto number = gw::push::parse_number(word, 65'535);
  if (!number || *number == 0) return fmt::format("'{}' is no port from 1 to 65535", word);
  port = static_cast<std::uint16_t>(*number);
  return {};
}

std::string set_hostname(Settings& settings, std::string_view word) {
  if (!parse_address(word) && !is_host_name(word))
    return fmt::format("'{}' is neither a host name of letters, digits, dots and hyphens nor an address",
                       word);
  settings.engine.hostname = word;
  return {};
}

std::string set_distribution(Settings& settings, std::string_view word) {
  if (word != "none" && word != "event" && word != "register")
    return fmt::format("'{}': write none, event or register", word);
  settings.engine.distributes_events = word == "event";
  settings.engine.distributes_registrations = word == "register";
  return {};
}

std::string set_limit(Settings& settings, std::string_view word) {
  struct Row {
    std::string_view name;
    std::uint32_t Limits::*member;
    std::uint32_t least;
    std::uint32_t most;
  };
  constexpr Row kRows[] = {{"clients", &Limits::clients, 1, 1'000'000},
                           {"clients-per-address", &Limits::clients_per_address, 1, 1'000'000},
                           {"clients-per-user", &Limits::clients_per_user, 1, 16},
                           {"registrations", &Limits::registrations, 1, 10'000'000},
                           {"packets", &Limits::packets, 1, 65'535},
                           {"peers", &Limits::peers, 1, 1'024},
                           {"peer-packets", &Limits::peer_packets, 1, 1'000'000},
                           {"queue", &Limits::queue, 1, 1'000'000}};
  const std::size_t equals = std::min(word.find('='), word.size());
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                 [&](const Row& r) { return r.name == word.substr(0, equals); });
  if (row == std::end(kRows)) {
    std::string names;
    for (const Row& known : kRows) names += fmt::format(" {}=N", known.name);
    return fmt::format("'{}' is no limit; there are{}", word, names);
  }
  const auto number = gw::push::parse_number(word.substr(std::min(equals + 1, word.size())), row->most);
  if (!number || *number < row->least)
    return fmt::format("'{}': write {}=N with N from {} to {}", word, row->name, row->least, row->most);
  settings.engine.limits.*row->member = static_cast<std::uint32_t>(*number);
  return {};
}

std::string set_sign_mode(SignMode& out, std::string_view word) {
  constexpr std::array<std::string_view, 3> kModes{"off", "prefer", "require"};
  const auto mode = std::find(kModes.begin(), kModes.end(), word);
  if (mode == kModes.end()) return fmt::format("'{}': write off, prefer or require", word);
  out = static_cast<SignMode>(mode - kModes.begin());
  return {};
}

std::string set_peer_address(Settings& settings, std::string_view word) {
  if (word != "source" && word != "any") return fmt::format("'{}': write source or any", word);
  settings.engine.checks_peer_address = word == "source";
  return {};
}

std::string set_text(std::string& out, std::string_view word) {
  if (word.empty()) return "takes one argument that is not empty";
  out = word;
  return {};
}

struct WordRow {
  std::string_view directive;
  std::string (*apply)(Settings& settings, std::string_view word);
};

std::string set_mail_listeners(Settings& settings, std::string_view word) {
  const auto number = gw::push::parse_number(word, 100'000);
  if (!number) return fmt::format("'{}' is no number from 0 (off) to 100000", word);
  settings.engine.mail_listeners = static_cast<std::uint32_t>(*number);
  return {};
}

constexpr WordRow kWords[] = {
    {"OXPushPidFile", [](Settings& s, std::string_view w) { return set_text(s.pid_file, w); }},
    {"OXPushRestartDelay", set_restart_delay},
    {"OXPushSockets", [](Settings& s, std::string_view w) { return set_text(s.sockets_prefix, w); }},
    {"OXPushStateFolder", [](Settings& s, std::string_view w) { return set_text(s.state_folder, w); }},
    {"OXPushPort", [](Settings& s, std::string_view w) { return set_port(s.engine.port, w); }},
    {"OXPushClientBind", [](Settings& s, std::string_view w) { return add_bind(s.client_binds, w); }},
    {"OXPushClusterBind", [](Settings& s, std::string_view w) { return add_bind(s.cluster_binds, w); }},
    {"OXPushClientNetworks",
     [](Settings& s, std::string_view w) { return add_network(s.engine.client_networks, w); }},
    {"OXPushClusterNetworks",
     [](Settings& s, std::string_view w) { return add_network(s.engine.cluster_networks, w); }},
    {"OXPushHostname", set_hostname},
    {"OXPushPeer", add_peer},
    {"OXPushPeerAddress", set_peer_address},
    {"OXPushPeerLife",
     [](Settings& s, std::string_view w) {
       return set_duration(s.engine.peer_life, w, seconds{1}, hours{168}, "1s to 168h");
     }},
    {"OXPushMulticastGroup", add_group},
    {"OXPushMulticastInterface",
     [](Settings& s, std::string_view w) { return add_to(s.interfaces, w, kMostInterfaces); }},
    {"OXPushAnnounceInterval",
     [](Settings& s, std::string_view w) {
       return set_duration(s.engine.announce_interval, w, milliseconds{100}, hours{1}, "100ms to 1h");
     }},
    {"OXPushDistribution", set_distribution},
    {"OXPushDelay",
     [](Settings& s, std::string_view w) {
       return set_duration(s.engine.delay, w, seconds{0}, hours{1}, "0 to 1h");
     }},
    {"OXPushRegisterTimeout",
     [](Settings& s, std::string_view w) {
       return set_duration(s.engine.register_timeout, w, seconds{1}, hours{168}, "1s to 168h");
     }},
    {"OXPushLimits", set_limit},
    {"OXPushMailListeners", set_mail_listeners},
    {"OXPushSignatures",
     [](Settings& s, std::string_view w) { return set_sign_mode(s.engine.sign_mode, w); }},
    {"OXPushClientSignatures",
     [](Settings& s, std::string_view w) { return set_sign_mode(s.engine.client_sign_mode, w); }},
    {"OXPushKeyFile", [](Settings& s, std::string_view w) { return set_text(s.key_file, w); }},
};

constexpr std::string_view kPropertyPrefix = "com.openexchange.push.udp.";

/// Integers of the properties are milliseconds.
std::string set_property_duration(milliseconds& out, std::string_view value) {
  const auto number = gw::push::parse_number(value, 604'800'000);
  if (!number) return fmt::format("'{}' is no number of milliseconds up to 604800000", value);
  out = milliseconds{*number};
  return {};
}

std::string set_property_peers(Settings& settings, std::string_view value) {
  settings.peers.clear();
  for (const std::string_view peer : gw::split(value, ','))
    if (std::string error = peer.empty() ? std::string() : add_peer(settings, peer); !error.empty())
      return error;
  return {};
}

struct PropertyRow {
  std::string_view name;
  /// The value is trimmed and never empty.
  std::string (*apply)(Settings& settings, std::string_view value);
};

std::string set_flag(bool& flag, std::string_view value) {
  flag = gw::parse_boolean(value);
  return {};
}

constexpr PropertyRow kProperties[] = {
    {"pushEnabled", [](Settings& s, std::string_view v) { return set_flag(s.engine.is_udp_on, v); }},
    {"remoteHost", set_property_peers},
    {"registerTimeout",
     [](Settings& s, std::string_view v) { return set_property_duration(s.engine.register_timeout, v); }},
    {"registerPort", [](Settings& s, std::string_view v) { return set_port(s.engine.port, v); }},
    {"registerDistributionEnabled",
     [](Settings& s, std::string_view v) { return set_flag(s.engine.distributes_registrations, v); }},
    {"eventDistributionEnabled",
     [](Settings& s, std::string_view v) { return set_flag(s.engine.distributes_events, v); }},
    {"outputQueueDelay",
     [](Settings& s, std::string_view v) { return set_property_duration(s.engine.delay, v); }},
    {"hostname", set_hostname},
    {"senderAddress",
     [](Settings& s, std::string_view v) {
       s.client_binds.clear();
       return add_bind(s.client_binds, v);
     }},
    {"multicastEnabled",
     [](Settings& s, std::string_view v) { return set_flag(s.engine.is_multicast_on, v); }},
    {"multicastAddress",
     [](Settings& s, std::string_view v) {
       s.groups.clear();
       return add_group(s, v);
     }},
    {"multicastPort", [](Settings& s, std::string_view v) { return set_port(s.group_port, v); }},
    {"remoteHostTimeOut",
     [](Settings& s, std::string_view v) { return set_property_duration(s.engine.peer_life, v); }},
    {"remoteHostRefresh",
     [](Settings& s, std::string_view v) { return set_property_duration(s.engine.announce_interval, v); }},
};

/// One `name=value` line. Returns: what to warn of; `error` is set when the value is wrong.
std::string apply_property(Settings& settings, std::string_view line, std::string& error) {
  const std::size_t equals = std::min(line.find_first_of("=:"), line.size());
  const std::string_view full = gw::trim(line.substr(0, equals));
  const std::string_view value = gw::trim(line.substr(std::min(equals + 1, line.size())));
  const std::string_view name = full.starts_with(kPropertyPrefix) ? full.substr(kPropertyPrefix.size()) : "";
  if (name == "outputBlockSize") return fmt::format("{} has no effect here", full);
  const auto* row = std::find_if(std::begin(kProperties), std::end(kProperties),
                                 [&](const PropertyRow& known) { return known.name == name; });
  if (row == std::end(kProperties)) return fmt::format("{} is unknown and has no effect", full);
  if (value.empty()) return {};
  const std::string fix = row->apply(settings, value);
  if (!fix.empty()) error = fmt::format("{}: {}", full, fix);
  return {};
}

bool is_link_local_group(const std::string& word) {
  const auto parts = split_host_port(word);
  const auto address = parts ? parse_address(parts->host) : std::nullopt;
  return address && !address->is_v4() && (address->bytes[1] & 0x0F) == 2;
}

/// As the sockets will be bound; `*` gives both families.
std::vector<std::string> bound_names(const std::vector<std::string>& words, std::uint16_t port) {
  std::vector<std::string> names;
  for (const std::string& word : words) {
    const auto parts = split_host_port(word);
    if (parts) names.push_back(fmt::format("{} port {}", parts->host, parts->port != 0 ? parts->port : port));
  }
  return names;
}

}  // namespace

std::string apply_word(Settings& settings, std::string_view directive, std::string_view word) {
  const auto* row = std::find_if(std::begin(kWords), std::end(kWords), [&](const WordRow& known) {
    return gw::equal_ignoring_ascii_case(known.directive, directive);
  });
  return row == std::end(kWords) ? "is unknown" : row->apply(settings, word);
}

PropertiesResult apply_properties(Settings& settings, std::string_view text) {
  PropertiesResult result;
  for (const std::string_view line : gw::split(text, '\n')) {
    if (line.empty() || line.starts_with('#') || line.starts_with('!')) continue;
    std::string warning = apply_property(settings, line, result.error);
    if (!warning.empty()) result.warnings.push_back(std::move(warning));
    if (!result.error.empty()) break;
  }
  return result;
}

std::vector<std::string> find_conflicts(const Settings& settings) {
  std::vector<std::string> found;
  const EngineSettings& engine = settings.engine;
  if (settings.restart_delay_min > settings.restart_delay_max) {
    found.push_back(
        fmt::format("OXPushRestartDelay: min={}ms is longer than max={}ms: swap them or raise max",
                    settings.restart_delay_min.count(), settings.restart_delay_max.count()));
  }
  if (!engine.is_udp_on) return found;
  const bool distributes = engine.distributes_events || engine.distributes_registrations;
  if (engine.distributes_events && engine.distributes_registrations) {
    found.emplace_back(
        "registerDistributionEnabled and eventDistributionEnabled are both true: clients would get every "
        "packet twice; switch registerDistributionEnabled off or write OXPushDistribution event");
  }
  if (distributes && !engine.is_multicast_on && settings.peers.empty()) {
    found.emplace_back(
        "OXPushDistribution finds no other server: write OXPushMulticast On or OXPushPeer HOST, or "
        "OXPushDistribution none");
  }
  if (engine.is_multicast_on && engine.peer_life <= engine.announce_interval) {
    found.emplace_back(
        "OXPushPeerLife must be longer than OXPushAnnounceInterval: five times it is a good value");
  }
  if (engine.is_multicast_on && settings.interfaces.empty() &&
      std::any_of(settings.groups.begin(), settings.groups.end(), is_link_local_group)) {
    found.emplace_back(
        "OXPushMulticastGroup: a group of ff02:: lies on one link: write OXPushMulticastInterface NAME");
  }
  if (engine.sign_mode != SignMode::Off && settings.key_file.empty()) {
    found.emplace_back("OXPushSignatures needs keys: write OXPushKeyFile FILE, or OXPushSignatures off");
  }
  if (engine.client_sign_mode != SignMode::Off && settings.key_file.empty()) {
    found.emplace_back(
        "OXPushClientSignatures derives the clients' keys: write OXPushKeyFile FILE, or "
        "OXPushClientSignatures off");
  }
  const std::vector<std::string> clients = bound_names(
      settings.client_binds.empty() ? std::vector<std::string>{"*"} : settings.client_binds, engine.port);
  for (const std::string& name : bound_names(settings.cluster_binds, engine.port)) {
    if (std::count(clients.begin(), clients.end(), name) != 0)
      found.push_back(fmt::format(
          "OXPushClientBind and OXPushClusterBind are both {}: give one of them another address or "
          "port, or leave OXPushClusterBind out",
          name));
  }
  return found;
}

}  // namespace oxpush
