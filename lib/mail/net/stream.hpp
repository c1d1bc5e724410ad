// A connection of a line protocol (IMAP, ManageSieve, POP3): lines and counted bytes in, buffered bytes out,
// with STARTTLS and COMPRESS switched on when the protocol says so. Every wait and every length is bounded.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "mail/account.hpp"
#include "mail/net/deflate.hpp"
#include "mail/net/socket.hpp"
#include "mail/net/tls.hpp"

namespace gw::mail::net {

using gw::wipe;

/// Errors of every member: MSG-1014 time-out or end of the stream, MSG-1017 reset, MSG-1027 a line too long.
/// After an error nothing but the destructor may be called. Threads: one at a time.
///
/// An answer is what is read after a flush, of however many lines. All of it must come within
/// kLongestAnswer read time-outs, or a server that sends a line now and then would keep a thread for ever.
/// Each 64 KiB of counted bytes give one read time-out back, so that a large mail may take as long as it
/// moves on.
class Stream {
 public:
  /// Long enough for a search through a large mailbox, meanwhile servers say that they are at it.
  static constexpr int kLongestAnswer = 15;

  /// Connects; with Encryption::Tls the handshake is done, every other encryption begins in plain text.
  /// Errors: MSG-1016, -1018, -1022 (socket.hpp, tls.hpp).
  explicit Stream(const Server& server);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Upgrades to TLS. Whatever the server (or somebody between) sent in plain text and was not read yet is
  /// dropped, so that it cannot count as said under TLS.
  void start_tls();
  [[nodiscard]] bool is_encrypted() const { return tls_ != nullptr; }
  /// Both directions are DEFLATE streams from here on. Source: RFC 4978.
  void start_deflate();

  /// The next line without its end (CRLF or a bare LF). The whole line must come within the read time-out.
  /// Units: `limit` in bytes.
  std::string read_line(std::size_t limit);
  /// Exactly `count` bytes in pieces; the time-out begins anew every 64 KiB, and what the sink takes for
  /// itself does not count. The sink's false ends the transfer by an exception-free return of false; the
  /// rest is then unread and the stream must be given up.
  bool read_counted(std::uint64_t count, const std::function<bool(std::string_view)>& sink);
  /// Exactly `count` bytes. The caller bounds `count`.
  std::string read_bytes(std::size_t count);
  /// So much of a long text that somebody takes has come as lines: it counts like counted bytes. True: 64 KiB
  /// are together.
  bool credit(std::size_t bytes);
  /// Without waiting: there is something to read, or the other side hung up.
  [[nodiscard]] bool has_input() const;

  /// Buffered; goes out with `flush`, or when 32 KiB are together.
  void write(std::string_view bytes);
  /// As write; what is in the buffer is overwritten after it went out.
  void write_secret(std::string_view bytes);
  void flush();

  [[nodiscard]] const std::string& host() const { return socket_.host(); }
  [[nodiscard]] Timeout read_timeout() const { return read_timeout_; }
  void set_read_timeout(Timeout timeout) { read_timeout_ = timeout; }

 private:
  /// One more piece of input; throws at the end of the stream.
  void fill(const Deadline& deadline);
  std::size_t receive(std::span<char> into, const Deadline& deadline);
  void send(std::string_view bytes);
  [[nodiscard]] std::string_view buffered() const { return {in_.data() + begin_, end_ - begin_}; }

  Socket socket_;
  TlsPolicy policy_;
  Timeout connect_timeout_, read_timeout_;
  Deadline answer_;           ///< of all that is read until the next flush
  std::size_t credited_ = 0;  ///< below 64 KiB
  std::unique_ptr<TlsChannel> tls_;
  std::unique_ptr<Deflate> deflate_;
  std::array<char, 16'384> in_;
  std::size_t begin_ = 0, end_ = 0;  ///< of what is in `in_` and unread
  std::string out_;
  bool out_is_secret_ = false;
};

}  // namespace gw::mail::net
