// Bounds every wait for a byte of a directory. libldap bounds connecting and waiting for an answer, but
// neither the handshake of TLS nor the rest of an answer that has begun. So a layer of ours lies between its
// TLS and the socket. For connection.cpp only.
#pragma once

#include <ldap.h>

#include <chrono>

namespace gw::directory {

/// Threads: that of the handle. Must outlive the handle.
class SocketPatience {
 public:
  explicit SocketPatience(std::chrono::milliseconds patience);
  SocketPatience(const SocketPatience&) = delete;
  SocketPatience& operator=(const SocketPatience&) = delete;

  /// Before the handle connects. Gives whether libldap took it.
  bool watch(LDAP* handle);
  void set(std::chrono::milliseconds patience);
  /// Milliseconds for one byte; 0: none come in time any more.
  [[nodiscard]] int milliseconds() const { return milliseconds_; }

 private:
  int milliseconds_;
  ldap_conncb calls_;
};

}  // namespace gw::directory
