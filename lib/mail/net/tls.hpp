// TLS over a connected socket, with OpenSSL: checks the certificate and the host's name, never blocks longer
// than the deadline. Not for servers.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "mail/net/socket.hpp"

namespace gw::mail::net {

struct TlsPolicy {
  bool verifies_certificate = true;
  std::string ca_file;  ///< PEM; empty: the system's
};

/// The socket must outlive it. Threads: one at a time.
class TlsChannel {
 public:
  /// Shakes hands: TLS 1.2 or newer, server name sent unless the host is a literal address.
  /// Errors: MSG-1016 with the reason when the certificate is not accepted or the handshake fails; MSG-1014,
  /// -1017.
  TlsChannel(Socket& socket, const TlsPolicy& policy, const Deadline& deadline);
  ~TlsChannel();
  TlsChannel(const TlsChannel&) = delete;
  TlsChannel& operator=(const TlsChannel&) = delete;

  /// As Socket::read_some.
  std::size_t read_some(std::span<char> into, const Deadline& deadline);
  /// As Socket::write_all.
  void write_all(std::string_view bytes, const Deadline& deadline);
  /// Bytes wait inside, decrypted or not yet.
  [[nodiscard]] bool has_input() const;
  /// Tells the other side that no more comes; waits for nothing. Never throws.
  void say_goodbye() noexcept;

 private:
  struct Session;
  Socket& socket_;
  std::unique_ptr<Session> session_;
};

}  // namespace gw::mail::net
