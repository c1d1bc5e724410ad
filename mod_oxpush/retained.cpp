#include "retained.hpp"

#include <fmt/format.h>
#include <http_config.h>
#include <http_log.h>
#include <netdb.h>
#include <sys/mman.h>
#include <unistd.h>
#include <unixd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <optional>

#include "bind.hpp"
#include "directives.hpp"

namespace oxpush {
namespace {

constexpr const char* kRetainedKey = "mod_oxpush_retained";
constexpr std::size_t kMostSockets = 32;
constexpr std::size_t kLongestName = 512;

/// What a socket is, in words: the same words mean the same socket.
struct KeptSocket {
  int descriptor;
  bool is_wanted;
  char name[kLongestName];
  char path[kLongestName];  ///< of a Unix socket, for its removal
};

struct Retained {
  pid_t parent;
  std::size_t count;
  KeptSocket sockets[kMostSockets];
  Counters* counters;
};

Retained* find_retained() noexcept { return static_cast<Retained*>(ap_retained_data_get(kRetainedKey)); }

Retained& retained() {
  if (Retained* known = find_retained()) return *known;
  auto* fresh = static_cast<Retained*>(ap_retained_data_create(kRetainedKey, sizeof(Retained)));
  fresh->parent = getpid();
  void* memory = mmap(nullptr, sizeof(Counters), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  fresh->counters = new (memory) Counters();
  return *fresh;
}

void close_kept(KeptSocket& socket) noexcept {
  close(socket.descriptor);
  if (socket.path[0] != '\0') unlink(socket.path);
}

void close_unwanted(Retained& kept) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kept.count; ++i) {
    if (kept.sockets[i].is_wanted) {
      kept.sockets[count++] = kept.sockets[i];
    } else {
      close_kept(kept.sockets[i]);
    }
  }
  kept.count = count;
}

/// One socket that is wanted. `open` binds it and gives -1 with errno when it cannot.
struct Wanted {
  std::string name;
  std::string path;
  std::function<int()> open;
  int* descriptor;
};

void mark_wanted(Retained& kept, const std::vector<Wanted>& wanted) {
  for (std::size_t i = 0; i < kept.count; ++i) {
    KeptSocket& socket = kept.sockets[i];
    const auto same =
        std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& w) { return w.name == socket.name; });
    socket.is_wanted = same != wanted.end();
    if (socket.is_wanted) *same->descriptor = socket.descriptor;
  }
}

std::string open_missing(Retained& kept, const std::vector<Wanted>& wanted) {
  std::string error;
  for (const Wanted& want : wanted) {
    if (*want.descriptor >= 0) continue;
    const bool has_room =
        kept.count < kMostSockets && want.name.size() < kLongestName && want.path.size() < kLongestName;
    errno = ENFILE;
    *want.descriptor = has_room ? want.open() : -1;
    if (*want.descriptor < 0) {
      error = fmt::format("{}: {}", want.name, std::strerror(errno));
      continue;
    }
    KeptSocket& socket = kept.sockets[kept.count++];
    socket = {};
    socket.descriptor = *want.descriptor;
    socket.is_wanted = true;
    want.name.copy(socket.name, kLongestName - 1);
    want.path.copy(socket.path, kLongestName - 1);
  }
  return error;
}

Owner owner_of_children() noexcept {
  if (geteuid() != 0) return {};
  return {.user = ap_unixd_config.user_id, .group = ap_unixd_config.group_id};
}

/// `*` as the addresses of both families. A host without IPv6 has one.
std::vector<Endpoint> endpoints_of(const std::vector<std::string>& words, std::uint16_t default_port) {
  std::vector<Endpoint> found;
  for (const std::string& word : words) {
    const auto parts = split_host_port(word);
    if (!parts) continue;
    const std::uint16_t port = parts->port != 0 ? parts->port : default_port;
    if (parts->host == "*") {
      found.push_back({*parse_address("0.0.0.0"), port});
      if (access("/proc/net/if_inet6", F_OK) == 0) found.push_back({*parse_address("::"), port});
    } else if (const auto address = parse_address(parts->host)) {
      found.push_back({*address, port});
    }
  }
  return found;
}

/// Names of peers are looked up here, in the parent, because the child's loop must never wait for the DNS.
void add_peer(server_rec* server, const std::string& word, std::uint16_t default_port,
              std::vector<Endpoint>& peers) {
  const auto parts = split_host_port(word);
  if (!parts) return;
  const std::uint16_t port = parts->port != 0 ? parts->port : default_port;
  if (const auto literal = parse_address(parts->host)) {
    peers.push_back({*literal, port});
    return;
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int status = getaddrinfo(std::string(parts->host).c_str(), nullptr, &hints, &list);
  if (status != 0) {
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, server,
                 "OXP0016: OXPushPeer %s is not known now and gets no events until the next restart: %s",
                 word.c_str(), gai_strerror(status));
    return;
  }
  // The first address only: each of them would get every event.
  sockaddr_storage raw{};
  std::memcpy(&raw, list->ai_addr, std::min<std::size_t>(list->ai_addrlen, sizeof(raw)));
  peers.push_back({from_socket_address(raw).address, port});
  freeaddrinfo(list);
}

void plan_ports(const Settings& settings, ChildSetup& setup) {
  const EngineSettings& engine = settings.engine;
  const std::vector<std::string> everywhere{"*"};
  for (const Endpoint& bound :
       endpoints_of(settings.client_binds.empty() ? everywhere : settings.client_binds, engine.port))
    setup.ports.push_back({Role::Client, bound});
  for (const Endpoint& bound : endpoints_of(settings.cluster_binds, engine.port))
    setup.ports.push_back({Role::Cluster, bound});
  if (!engine.is_multicast_on) return;
  const std::vector<std::string> usual{"224.0.0.1"};
  for (const Endpoint& group :
       endpoints_of(settings.groups.empty() ? usual : settings.groups, settings.group_port)) {
    setup.ports.push_back({Role::Multicast, group});
    setup.groups.push_back({group, settings.interfaces});
  }
}

std::vector<Wanted> wanted_sockets(const Settings& settings, ChildSetup& setup) {
  const Owner owner = owner_of_children();
  std::vector<Wanted> wanted;
  wanted.push_back({"events socket " + settings.events_path, settings.events_path,
                    [&settings, owner] { return bind_unix(settings.events_path, UnixKind::Datagram, owner); },
                    &setup.events_descriptor});
  wanted.push_back({"bus socket " + settings.bus_path, settings.bus_path,
                    [&settings, owner] { return bind_unix(settings.bus_path, UnixKind::Listener, owner); },
                    &setup.bus_descriptor});
  setup.port_descriptors.assign(setup.ports.size(), -1);
  for (std::size_t i = 0; i < setup.ports.size(); ++i) {
    const Port& port = setup.ports[i];
    std::string name = "UDP port " + to_text(port.bound);
    if (port.role == Role::Multicast) {
      for (const std::string& interface : settings.interfaces) name += " on " + interface;
    }
    wanted.push_back({std::move(name), "",
                      [&port, &settings] {
                        return port.role == Role::Multicast ? bind_multicast(port.bound, settings.interfaces)
                                                            : bind_udp(port.bound);
                      },
                      &setup.port_descriptors[i]});
  }
  return wanted;
}

/// The child gets only what is open.
void drop_unbound(ChildSetup& setup) {
  std::vector<Port> ports;
  std::vector<int> descriptors;
  for (std::size_t i = 0; i < setup.ports.size(); ++i) {
    if (setup.port_descriptors[i] < 0) continue;
    ports.push_back(setup.ports[i]);
    descriptors.push_back(setup.port_descriptors[i]);
  }
  setup.ports = std::move(ports);
  setup.port_descriptors = std::move(descriptors);
}

}  // namespace

std::string prepare_sockets(server_rec* server, const Settings& settings, ChildSetup& setup) {
  Retained& kept = retained();
  setup.settings = settings.engine;
  if (settings.engine.is_udp_on) {
    plan_ports(settings, setup);
    for (const std::string& peer : settings.peers)
      add_peer(server, peer, settings.engine.port, setup.static_peers);
  }
  const std::vector<Wanted> wanted = wanted_sockets(settings, setup);
  mark_wanted(kept, wanted);
  close_unwanted(kept);
  std::string error = open_missing(kept, wanted);
  drop_unbound(setup);
  const std::string folder = setup.state_file.substr(0, setup.state_file.rfind('/'));
  if (!make_folder(folder, owner_of_children()))
    error = fmt::format("folder {}: {}", folder, std::strerror(errno));
  return error;
}

void close_sockets() noexcept {
  Retained* kept = find_retained();
  if (kept == nullptr) return;
  for (std::size_t i = 0; i < kept->count; ++i) close_kept(kept->sockets[i]);
  kept->count = 0;
}

void close_inherited_sockets() noexcept {
  const Retained* kept = find_retained();
  // With -X the only process is the parent itself.
  if (kept == nullptr || kept->parent == getpid()) return;
  for (std::size_t i = 0; i < kept->count; ++i) close(kept->sockets[i].descriptor);
}

Counters* shared_counters() noexcept {
  const Retained* kept = find_retained();
  return kept == nullptr ? nullptr : kept->counters;
}

}  // namespace oxpush
