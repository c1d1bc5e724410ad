// The one thread per process that feeds the waiting clients: it reads the bus of the push child, and writes
// to a client's socket only when that takes more. Free of httpd, whose part is behind Parked.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "push/bus_client.hpp"
#include "push/stream_hub.hpp"

namespace gw::apache {

/// A request that waits, with its connection. Used by the loop's thread alone once it was handed over; its
/// end closes the connection.
class Parked {
 public:
  virtual ~Parked() = default;
  [[nodiscard]] virtual int socket() const = 0;
  /// The connection is out of the server's hands: before, it may not be touched.
  [[nodiscard]] virtual bool is_free() const = 0;
  /// False: the client is gone. Never waits for the client.
  virtual bool write(std::string_view bytes, bool is_last) noexcept = 0;
  /// Ends the answer and says so to the client. False: there is nobody to wait for. Call it once.
  virtual bool finish() noexcept = 0;
  /// The process ends: the connection is not ours to close any more.
  virtual void abandon() noexcept = 0;
};

/// Threads: any, but for the thread's own parts.
class StreamLoop {
 public:
  /// More is not written at once: a socket that reports room takes that much.
  static constexpr std::size_t kSlice = 4'096;

  struct Callbacks {
    /// Every second; gets the streams whose session must be asked again.
    std::function<void(std::span<const push::StreamId>)> tick;
    /// A stream is gone.
    std::function<void(push::StreamId)> closed;
    /// Sends what waits for the push child; true while there is more.
    std::function<bool()> flush;
    /// The push child asks for a user. Must not wait.
    std::function<void(push::UserQuestion)> asked;
  };
  struct Counters {
    std::atomic<std::uint64_t> failed_writes{0};
    std::atomic<std::uint64_t> gaps{0};
    std::atomic<std::uint64_t> connects{0};  ///< to the bus
    std::atomic<bool> connected{false};
  };

  StreamLoop(push::StreamHub& hub, std::string bus_path, Callbacks callbacks);
  /// As shut_down. Clients that still wait lose their connections with the process.
  ~StreamLoop();
  StreamLoop(const StreamLoop&) = delete;
  StreamLoop& operator=(const StreamLoop&) = delete;

  /// Errors: std::system_error when the kernel gives no descriptors.
  void start();
  /// Tells every client to come again; the thread goes on until they are gone.
  void stop() noexcept;
  /// Ends the thread at once.
  void shut_down();
  /// Something may have to be sent.
  void wake() noexcept;
  void park(push::StreamId stream, std::unique_ptr<Parked> parked);
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  using Clock = std::chrono::steady_clock;
  enum class State {
    Open,       ///< takes output
    Ended,      ///< all is written; may not be finished yet
    Lingering,  ///< finished; waits for the client to close
  };
  struct Client {
    std::unique_ptr<Parked> parked;
    State state = State::Open;
    /// Since when it is out of the server's hands; none: not yet.
    Clock::time_point free_since{};
    Clock::time_point gives_up{};
    std::uint32_t watched = 0;
  };
  using Clients = std::map<push::StreamId, Client>;

  void run();
  [[nodiscard]] int pause() const;
  void handle(std::uint64_t what, std::uint32_t happened);
  void take_inbox();
  void read_bus();
  void connect_bus();
  void lose_bus();
  void send_ready();
  void serve(push::StreamId id, std::uint32_t happened);
  void write(push::StreamId id, Client& client);
  void advance(Clock::time_point now);
  /// Gives true when the client is done with.
  static bool is_unsettled(const Client& client);
  bool advance_one(push::StreamId id, Client& client, Clock::time_point now);
  void end(push::StreamId id, Client& client);
  void watch(push::StreamId id, Client& client, std::uint32_t events);

  push::StreamHub& hub_;
  push::BusClient bus_;
  const Callbacks callbacks_;
  Counters counters_;
  int poller_ = -1;
  int wakeup_ = -1;
  std::mutex mutex_;
  std::vector<std::pair<push::StreamId, std::unique_ptr<Parked>>> inbox_;
  std::atomic<bool> stops_{false};
  std::atomic<bool> ends_{false};
  Clients clients_;
  /// Those that need more than the kernel's news: just handed over, ended or lingering.
  std::vector<push::StreamId> unsettled_;
  Clock::time_point next_tick_{};
  Clock::time_point next_connect_{};
  std::chrono::milliseconds connect_pause_;
  bool has_backlog_ = false;
  std::thread thread_;
};

}  // namespace gw::apache
