// What the exchange needs of the world: ways out. The child has sockets behind it, tests record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "endpoint.hpp"
#include "push/control_record.hpp"
#include "registrations.hpp"

namespace oxpush {

enum class Role : std::uint8_t {
  Client,     ///< clients register here; without a cluster port servers talk here, too
  Cluster,    ///< servers only
  Multicast,  ///< announcements of servers only
};

/// A bound UDP socket; its place in the list is its number everywhere.
struct Port {
  Role role = Role::Client;
  Endpoint bound;
};

/// A way to a multicast group: through one interface, from this host's address there.
struct Route {
  Endpoint group;
  std::uint32_t interface = 0;  ///< 0: the system's choice
  Address own;
};

class Outlet {
 public:
  virtual ~Outlet() = default;
  /// Through port number `via`, from the address `from` unless it is none.
  virtual void send(std::size_t via, const Endpoint& to, const Address& from, std::string_view bytes) = 0;
  virtual void send_multicast(std::size_t via, const Route& route, std::string_view bytes) = 0;
  /// To every worker.
  virtual void publish(std::string_view record) = 0;
  /// To one worker, which answers by a record of its own. Returns: false when there is none.
  virtual bool ask(std::string_view record) = 0;
  /// What workers tell of INBOXes to listen to.
  virtual void watch_mail(const gw::push::MailWatch& watch) = 0;
  virtual void release_mail(const gw::push::MailRelease& release) = 0;
  /// The user has no session any more.
  virtual void end_mail(ClientKey user) = 0;
};

}  // namespace oxpush
