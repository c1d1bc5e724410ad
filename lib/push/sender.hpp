// A worker's way to the push child: hands over event records without ever waiting.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

#include "push/control_record.hpp"
#include "push/event_record.hpp"

namespace gw::push {

/// Datagrams go to the child's socket by its path, so a child that was replaced, or that starts later, needs
/// no new connection. The kernel holds only a few datagrams (net.unix.max_dgram_qlen, 10 by default): what it
/// does not take at once waits here, bounded, for the next send() or flush().
class Sender {
 public:
  /// Of what waits here; above it the newest is dropped.
  static constexpr std::size_t kLongestBacklog = 4'096;
  static constexpr std::size_t kLargestBacklog = 4 * 1024 * 1024;

  /// Nothing is opened before the first send, so it may be made before a fork.
  /// Threads: any
  explicit Sender(std::string socket_path);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  /// True: the kernel took it, or it waits in the backlog. False: it is lost, and counted.
  /// Errors:  noexcept; no child, a full backlog or no memory give false
  /// Threads: any
  /// Cost:    one system call per datagram; never blocks
  bool send(const EventRecord& event) noexcept;
  /// A record that is no event (control_record.hpp), in the same order.
  bool send(const Control& control) noexcept;

  /// Tries the backlog again. A process that sends should call it every 50 ms or so while has_backlog(), else
  /// an event may wait for the next one. Threads: any
  void flush() noexcept;
  [[nodiscard]] bool has_backlog() const noexcept { return backlog_count_.load() != 0; }

  /// Datagrams, since the start of the process.
  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_.load(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }

 private:
  enum class Outcome { Taken, Full, Lost };

  bool open_socket() noexcept;
  Outcome hand_over(std::string_view datagram) noexcept;
  void flush_locked() noexcept;
  bool send_locked(std::string&& datagram);

  const std::string path_;
  std::mutex mutex_;
  int socket_ = -1;
  std::deque<std::string> backlog_;
  std::size_t backlog_bytes_ = 0;
  std::atomic<std::size_t> backlog_count_{0};
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace gw::push
