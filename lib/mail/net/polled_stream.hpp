// A connection of a line protocol for a process that serves many at once with one thread: nothing here waits.
// The caller polls the descriptor and calls advance(); stream.hpp is for threads that may wait.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "mail/net/tls_session.hpp"

namespace gw::mail::net {

/// Where to connect to. Nothing is looked up here: that could block.
struct PolledAddress {
  std::string address;  ///< literal, of IPv4 or IPv6
  int port = 0;
  std::string host;  ///< the name that the certificate must bear, and errors tell
  TlsPolicy policy;
  bool begins_encrypted = false;
};

/// Deadlines are the caller's: it destroys what takes too long. Threads: one at a time.
class PolledStream {
 public:
  /// What waits unread; above it nothing is read before take_input().
  static constexpr std::size_t kMostUnread = 64 * 1024;

  /// Begins to connect. Errors: none thrown; problem() tells at once what cannot work.
  explicit PolledStream(PolledAddress to);
  ~PolledStream();
  PolledStream(const PolledStream&) = delete;
  PolledStream& operator=(const PolledStream&) = delete;

  /// -1 when there is no socket. Stays the same until the end.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// What to poll for. Both may be true; at least one is while there is no problem. To be asked after
  /// anything else was called.
  [[nodiscard]] bool wants_read() const;
  [[nodiscard]] bool wants_write() const;

  /// Does a bounded part of what can be done now: connecting, shaking hands, writing, reading.
  /// Errors: none thrown but std::bad_alloc; see problem().
  void advance();
  /// Connected and, where that was asked for, encrypted.
  [[nodiscard]] bool is_open() const { return state_ == State::Open; }
  [[nodiscard]] bool is_encrypted() const { return ssl_ != nullptr && state_ == State::Open; }

  /// What came since the last call.
  std::string take_input();
  /// Goes out with advance(). What is written is overwritten in memory once it went out.
  void write(std::string_view bytes);
  /// Upgrades to TLS with the next advance(). What came in plain text and was not taken is dropped, so that
  /// it cannot count as said under TLS. Everything written must be out: see has_output().
  void start_tls();
  [[nodiscard]] bool has_output() const { return out_begin_ < out_.size(); }

  /// Why the connection is over, for people; empty while it is not. Then only the destructor is of use.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  enum class State { Connecting, Shaking, Open };
  void fail(std::string why);
  void begin_to_connect();
  void finish_connecting();
  void shake_hands();
  void begin_tls();
  void send_output();
  void read_input();
  /// One read or write. Returns: the count, 0 when it would have to wait, -1 when the connection is over.
  int move_bytes(bool reads, char* bytes, std::size_t size);
  int judge_tls(int result);

  const PolledAddress to_;
  int descriptor_ = -1;
  State state_ = State::Connecting;
  /// TLS may have to read in order to write, and the other way round.
  bool tls_wants_write_ = false;
  SslHandle ssl_;
  std::string in_, out_;
  std::size_t out_begin_ = 0;
  std::string problem_;
};

}  // namespace gw::mail::net
