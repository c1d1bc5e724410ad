// A server of a line protocol that does what a test says: for answers that no real server gives.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gw::test {

/// One accepted connection, on the server's thread.
class ScriptedPeer {
 public:
  explicit ScriptedPeer(int socket) : socket_(socket) {}
  ~ScriptedPeer();
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  void send(std::string_view bytes);
  /// The next line without its end; "" when the client is gone.
  std::string line();
  /// Exactly so many bytes, fewer when the client is gone.
  std::string bytes(std::size_t count);
  /// The client hung up and everything it sent was read.
  [[nodiscard]] bool has_ended() const { return is_over_ && buffer_.empty(); }
  /// Until the client hangs up.
  void wait_for_end();
  /// Cuts the connection so that the client sees a reset.
  void reset();

 private:
  bool fill();
  int socket_;
  bool is_over_ = false;
  std::string buffer_;
};

/// Serves one connection after another with `serve` until it is destroyed. Port: of 127.0.0.1.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::function<void(ScriptedPeer&)> serve);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  /// Connections that were taken.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void run();
  std::function<void(ScriptedPeer&)> serve_;
  int listener_ = -1, port_ = 0;
  std::atomic<int> current_{-1}, connections_{0};
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

}  // namespace gw::test
