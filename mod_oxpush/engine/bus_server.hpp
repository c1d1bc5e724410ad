// The push child's end of the bus: every worker process is connected and gets every record once. A slow one
// loses records and is told so.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "counters.hpp"
#include "loop.hpp"

namespace oxpush {

/// Threads: one
class BusServer {
 public:
  static constexpr std::size_t kMostConnections = 512;

  /// `listener` was bound by the parent and stays open for the next child. Only processes of `owner` (and
  /// root) may connect. Errors: std::system_error
  BusServer(Loop& loop, int listener, uid_t owner, Counters& counters);
  ~BusServer();
  BusServer(const BusServer&) = delete;
  BusServer& operator=(const BusServer&) = delete;

  void publish(std::string_view record);

 private:
  void accept_all();
  void on_ready(int descriptor, std::uint32_t events);
  void send(int descriptor, std::string_view record);
  void drop(int descriptor);

  Loop& loop_;
  int listener_;
  uid_t owner_;
  Counters& counters_;
  /// Descriptor, and whether it lost records that it was not told of yet.
  std::unordered_map<int, bool> connections_;
};

}  // namespace oxpush
