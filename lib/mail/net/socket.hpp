// TCP with deadlines for clients of mail servers: connects, waits, reads and writes without ever blocking
// longer than told. No protocol and no encryption; that is stream.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "mail/net/network_list.hpp"

struct sockaddr;

namespace gw::mail::net {

using Timeout = std::chrono::milliseconds;

/// A point in time that bounds one operation, however many system calls it takes.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Deadline(Timeout from_now) : end_(Clock::now() + from_now) {}
  /// Never negative.
  [[nodiscard]] Timeout left() const;
  void extend(Clock::duration more) { end_ += more; }
  [[nodiscard]] const Deadline& sooner_of(const Deadline& other) const {
    return end_ < other.end_ ? *this : other;
  }

 private:
  Clock::time_point end_;
};

/// One connected socket, non-blocking and closed on exec. `host` names the server in errors.
/// Threads: one at a time.
class Socket {
 public:
  /// Tries every address of the name until one answers; they share the time-out.
  /// The name is resolved once, and only addresses that are not in `denied` are tried, so a name that
  /// changes its address meanwhile reaches nothing else.
  /// Errors: MSG-1022 unknown host, MSG-1018 no route, MSG-1016 refused or too slow, ACC-0025 all addresses
  /// are denied. Cost: the system's resolver has its own time-out, which is not ours to bound.
  static Socket connect(const std::string& host, int port, Timeout timeout,
                        const NetworkList* denied = nullptr);
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();

  /// What came, at most `into.size()`; 0 at the end of the stream.
  /// Errors: MSG-1014 time-out, MSG-1017 reset.
  std::size_t read_some(std::span<char> into, const Deadline& deadline);
  /// Errors: MSG-1014 time-out, MSG-1017 reset or closed by the other side.
  void write_all(std::string_view bytes, const Deadline& deadline);
  /// Waits until bytes can be read (or written). Errors: MSG-1014 time-out.
  void wait(bool for_reading, const Deadline& deadline) const;
  /// Without waiting: something can be read, or the other side has closed.
  [[nodiscard]] bool has_input() const;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] const std::string& host() const { return host_; }

 private:
  Socket(int descriptor, std::string host) : descriptor_(descriptor), host_(std::move(host)) {}
  int descriptor_ = -1;
  std::string host_;
};

/// Whether an address that was resolved may not be connected to. Null denies nothing.
bool is_denied(const NetworkList* denied, const sockaddr* address, std::size_t size);

/// The name's addresses now, literal, at most `most`. Empty: it has none, or nobody answers.
/// Cost: as Socket::connect.
std::vector<std::string> find_addresses(const std::string& host, std::size_t most);

/// Every address of the name is denied now. False for a name that has none.
bool leads_to_denied(const NetworkList* denied, const std::string& host);

/// MSG-1014 or MSG-1017: the other side hung up, so what was only read may be asked again on a new
/// connection. A time-out is no such case.
class ConnectionClosed : public ApiError {
 public:
  using ApiError::ApiError;
};

/// Ends the operation with the error that `number` (errno of a read or write) stands for.
[[noreturn]] void throw_network_error(const std::string& host, int number);

}  // namespace gw::mail::net
