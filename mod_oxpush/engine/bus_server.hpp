// The push child's end of the bus: every worker process is connected and gets every record once. A slow one
// loses records and is told so.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

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
  /// To one worker, another one each time. Returns: false when there is none that takes it.
  bool ask(std::string_view record);
  /// Who runs commands of groupwarectl; it gives the answer, empty when it knows no such command.
  void on_command(std::function<std::string(std::string_view)> run) { run_command_ = std::move(run); }

 private:
  struct Connection {
    bool has_gap = false;     ///< it lost records that it was not told of yet
    bool is_command = false;  ///< no worker: it gave a command and gets its answer only
    std::string answer;       ///< of it, what is not sent yet
  };

  void accept_all();
  bool take_command(int descriptor);
  void send_answer(int descriptor);
  void on_ready(int descriptor, std::uint32_t events);
  void send(int descriptor, std::string_view record);
  void drop(int descriptor);

  Loop& loop_;
  int listener_;
  uid_t owner_;
  Counters& counters_;
  std::function<std::string(std::string_view)> run_command_;
  /// By descriptor.
  std::map<int, Connection> connections_;
  int asked_last_ = -1;
};

}  // namespace oxpush
