// The push child's UDP sockets, bound by the parent: receiving in bounded parts, sending in batches,
// complaints of the network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "counters.hpp"
#include "loop.hpp"
#include "outlet.hpp"

namespace oxpush {

/// Threads: one
class UdpSockets {
 public:
  /// Datagrams that wait for the network at one socket; above it new ones are dropped and counted.
  static constexpr std::size_t kMostWaiting = 65'536;

  /// What the sockets tell.
  struct Listener {
    std::function<void(std::size_t via, const Endpoint& source, const Address& local, std::string_view bytes)>
        packet;
    std::function<void(const Endpoint& endpoint)> unreachable;
  };

  /// Owns nothing: descriptors stay open for the next child.
  /// Errors: std::system_error
  UdpSockets(Loop& loop, std::vector<int> descriptors, Counters& counters, Listener listener);

  /// Queues a datagram; flush() sends it.
  void send(std::size_t via, const Endpoint& to, const Address& from, std::uint32_t interface,
            std::string_view bytes);
  /// Sends what waits, as far as the network takes it. Call it at the end of each turn.
  void flush();

 private:
  struct Datagram {
    Endpoint to;
    Address from;
    std::uint32_t interface = 0;
    std::string bytes;
  };
  struct Socket {
    int descriptor = -1;
    std::deque<Datagram> waiting;
    bool is_blocked = false;
  };
  struct Batch;

  void on_ready(std::size_t via, std::uint32_t events);
  void receive(std::size_t via);
  void read_complaints(std::size_t via);
  void flush(Socket& socket);

  Loop& loop_;
  Counters& counters_;
  Listener listener_;
  std::vector<Socket> sockets_;
  std::string buffer_;
};

}  // namespace oxpush
