#include "push_child.hpp"

#include <fmt/format.h>
#include <net/if.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "core/random.hpp"
#include "core/time.hpp"
#include "mail/news.hpp"
#include "mail_listeners.hpp"
#include "state_file.hpp"

namespace oxpush {
namespace {

constexpr int kMostEventsPerTurn = 256;
constexpr std::chrono::seconds kSweepInterval{5};
constexpr std::chrono::seconds kMailTick{1};
/// What UDP clients know the INBOX by. Source: spec udp-push section 3.
constexpr std::int64_t kInboxFolder = 1;
/// Descriptors for everything but mail servers.
constexpr rlim_t kOtherDescriptors = 512;
constexpr std::chrono::seconds kSaveInterval{60};
/// The parent waits for us, up to three seconds.
constexpr milliseconds kLongestEnd{800};

/// An address of this host on the interface, for the group's family: what an announcement names.
Address own_address(const std::string& interface, const Address& group, const Address& bound) {
  if (!bound.is_any()) return bound;
  Address found;
  for (const Address& address : local_addresses(interface)) {
    if (address.family != group.family || (address.is_loopback() && interface.empty())) continue;
    // Link-local ones last: they mean nothing on another link.
    if (found.is_none() || found.scope != 0) found = address;
  }
  return found;
}

std::vector<Route> routes_of(const ChildSetup& setup) {
  std::vector<Route> routes;
  for (const ChildSetup::Group& group : setup.groups) {
    const auto via = cluster_port(setup.ports, group.endpoint.address.family);
    if (!via) continue;
    const Address bound = setup.ports[*via].bound.address;
    const std::vector<std::string> interfaces =
        group.interfaces.empty() ? std::vector<std::string>{""} : group.interfaces;
    for (const std::string& interface : interfaces) {
      const Route route{group.endpoint, interface.empty() ? 0 : if_nametoindex(interface.c_str()),
                        own_address(interface, group.endpoint.address, bound)};
      if (!route.own.is_none()) routes.push_back(route);
    }
  }
  return routes;
}

/// As many as there are descriptors for: without any the child could not even take a worker's connection.
std::uint32_t most_listeners(std::uint32_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + kOtherDescriptors;
  if (wanted > 0 && limit.rlim_cur < needed) {
    limit.rlim_cur = std::min(limit.rlim_max, needed);
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  const rlim_t room = limit.rlim_cur > kOtherDescriptors ? limit.rlim_cur - kOtherDescriptors : 0;
  return static_cast<std::uint32_t>(std::min<rlim_t>(wanted, room));
}

class PushChild final : public Outlet {
 public:
  PushChild(const ChildSetup& setup, Loop& loop, Journal& journal, Counters& counters)
      : setup_(setup),
        loop_(loop),
        journal_(journal),
        counters_(counters),
        host_{.ports = setup.ports,
              .routes = routes_of(setup),
              .static_peers = setup.static_peers,
              .own_addresses = local_addresses(),
              .instance = gw::random_hex(8)},
        clock_(system_steady_clock()),
        exchange_(setup.settings, host_, *this, journal, counters,
                  {clock_, [] { return gw::system_clock().now().value; }}),
        mail_(loop, most_listeners(setup.settings.mail_listeners), journal, counters,
              {clock_, [this](ClientKey user) { return exchange_.has_clients(user); },
               [this](ClientKey user, const gw::mail::News& news) { tell_mail(user, news); }}),
        bus_(loop, setup.bus_descriptor, geteuid(), counters),
        sockets_(loop, setup.port_descriptors, counters,
                 {[this](std::size_t via, const Endpoint& source, const Address& local,
                         std::string_view bytes) { exchange_.take_packet(via, source, local, bytes); },
                  [this](const Endpoint& endpoint) { exchange_.take_unreachable(endpoint); }}),
        buffer_(gw::push::kLongestRecord + 1, '\0') {}

  void run(const std::function<bool()>& leaves) {
    bus_.on_command([this](std::string_view command) { return exchange_.run_command(command); });
    ++counters_.starts;
    exchange_.load(read_state(setup_.state_file));
    loop_.watch(setup_.events_descriptor, EPOLLIN, [this](std::uint32_t) { take_events(); });
    loop_.every(kSweepInterval, [this] { sweep(); });
    if (setup_.settings.mail_listeners > 0) loop_.every(kMailTick, [this] { mail_.tick(); });
    loop_.every(kSaveInterval, [this] { save(); });
    loop_.every(setup_.settings.announce_interval, [this] { exchange_.announce(); });
    loop_.after_each_turn([this] {
      exchange_.work();
      sockets_.flush();
      return exchange_.next_work();
    });
    exchange_.announce();
    sockets_.flush();
    loop_.run();
    loop_.forget(setup_.events_descriptor);
    exchange_.send_all_waiting(clock_() + kLongestEnd);
    if (leaves()) exchange_.say_goodbye();
    sockets_.flush();
    save();
  }

  void send(std::size_t via, const Endpoint& to, const Address& from, std::string_view bytes) override {
    sockets_.send(via, to, from, 0, bytes);
  }
  void send_multicast(std::size_t via, const Route& route, std::string_view bytes) override {
    // The address is given even to a bound socket: naming the interface alone makes the kernel choose
    // another.
    sockets_.send(via, route.group, route.own, route.interface, bytes);
  }
  void publish(std::string_view record) override { bus_.publish(record); }
  bool ask(std::string_view record) override { return bus_.ask(record); }
  void watch_mail(const gw::push::MailWatch& watch) override { mail_.take(watch); }
  void release_mail(const gw::push::MailRelease& release) override { mail_.take(release); }
  void end_mail(ClientKey user) override { mail_.end(user); }

 private:
  void take_events() {
    for (int i = 0; i < kMostEventsPerTurn; ++i) {
      const ssize_t got = recv(setup_.events_descriptor, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
      if (got < 0) return;
      exchange_.take_event({buffer_.data(), static_cast<std::size_t>(got)});
      // It may have held a password.
      std::fill_n(buffer_.begin(), got, '\0');
    }
  }

  /// As if a worker had told of it, so that what was told already goes no further.
  void tell_mail(ClientKey user, const gw::mail::News& news) {
    const gw::push::EventRecord event{.context = user.context,
                                      .module = gw::push::kMail,
                                      .kind = gw::push::kCreated,
                                      .object = gw::mail::number_of(news),
                                      .stamp = gw::system_clock().now().value,
                                      .data = gw::mail::describe(news),
                                      .audiences = {{kInboxFolder, {user.user}}}};
    for (const std::string& record : gw::push::encode_event(event)) exchange_.take_event(record);
  }

  /// Addresses and interfaces come and go.
  void sweep() {
    host_.own_addresses = local_addresses();
    if (setup_.settings.is_multicast_on) host_.routes = routes_of(setup_);
    exchange_.sweep();
  }

  void save() {
    if (!setup_.settings.is_udp_on) return;
    if (write_state(setup_.state_file, exchange_.save())) {
      ++counters_.state_saved;
      return;
    }
    journal_.write(Severity::Error, fmt::format("OXP0014: cannot save the registrations to {}: {}",
                                                setup_.state_file, std::strerror(errno)));
  }

  const ChildSetup& setup_;
  Loop& loop_;
  Journal& journal_;
  Counters& counters_;
  Host host_;
  SteadyClock clock_;
  Exchange exchange_;
  MailListeners mail_;
  BusServer bus_;
  UdpSockets sockets_;
  std::string buffer_;
};

}  // namespace

void run_push_child(const ChildSetup& setup, Loop& loop, Journal& journal, Counters& counters,
                    const std::function<bool()>& leaves) {
  PushChild(setup, loop, journal, counters).run(leaves);
}

}  // namespace oxpush
