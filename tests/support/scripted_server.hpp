// A server that does what a test says, for clients of line protocols: for answers that no real server gives.
// Threads: scripts run on the server's thread, one connection after the other.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gw::test {

/// The server's end of one connection. Every wait ends after 10 seconds with a failure of the test.
class ScriptedPeer {
 public:
  ScriptedPeer(int descriptor, const std::string& certificate);
  ~ScriptedPeer();
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  /// As it stands.
  void send(std::string_view bytes);
  /// Without its line end; "" when the client hung up.
  std::string line();
  /// Fewer when the client hung up.
  std::string bytes(std::size_t count);
  /// The client hung up, and everything it sent was read.
  [[nodiscard]] bool has_ended() const { return is_over_ && buffer_.empty(); }
  /// The next line must be this; a failure names both.
  void expect(const std::string& line);
  /// The next line is an IMAP command that must be this behind its tag; `ok`, `no` and `bad` answer it.
  void expect_command(const std::string& command);
  void ok(const std::string& text = "done") { send(tag_ + " OK " + text + "\r\n"); }
  void no(const std::string& text) { send(tag_ + " NO " + text + "\r\n"); }
  void bad(const std::string& text) { send(tag_ + " BAD " + text + "\r\n"); }
  /// Untagged data, the line end added.
  void data(const std::string& line) { send("* " + line + "\r\n"); }
  [[nodiscard]] const std::string& tag() const { return tag_; }
  /// The client is expected to hang up; what it says before is passed over.
  void wait_for_end();
  /// Cuts the connection so that the client sees a reset.
  void reset();
  /// Shakes hands with the certificate of `server_certificate`.
  void start_tls();

 private:
  struct Tls;
  std::size_t read_some(char* into, std::size_t size);
  int descriptor_;
  bool is_over_ = false;
  std::string certificate_;
  std::string buffer_, tag_;
  std::unique_ptr<Tls> tls_;
};

using Script = std::function<void(ScriptedPeer&)>;

class ScriptedServer {
 public:
  /// Listens on a free port of 127.0.0.1. Scripts are used in order, one for each connection.
  explicit ScriptedServer(std::vector<Script> scripts);
  /// This script for every connection, until the server is destroyed, which ends the one that runs.
  enum class Repeat { Always };
  ScriptedServer(Repeat repeat, Script script);
  /// Waits for the scripts that run; fails the test if one was never begun.
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  [[nodiscard]] int port() const { return port_; }
  /// Connections that were taken.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void listen_on_any_port();
  /// False: the server is over.
  bool serve_one(const Script& script, bool must_come);
  int listener_ = -1, port_ = 0, stop_[2] = {-1, -1};
  std::atomic<int> current_{-1}, connections_{0};
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

/// A PEM file with key and certificate for "localhost" and 127.0.0.1, made once per process; it is its own
/// authority.
const std::string& server_certificate();

}  // namespace gw::test
