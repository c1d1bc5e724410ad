// A server that follows a script, for clients of line protocols: one connection after the other is handed to
// the next script, on a thread of its own. Threads: the scripts run on the server's thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gw::test {

/// The server's end of one connection. Every wait ends after 10 seconds with a failure of the test.
class MailPeer {
 public:
  MailPeer(int descriptor, const std::string& certificate);
  ~MailPeer();
  MailPeer(const MailPeer&) = delete;
  MailPeer& operator=(const MailPeer&) = delete;

  /// As it stands.
  void send(std::string_view bytes);
  /// Without its CRLF; "<end>" when the client hung up.
  std::string read_line();
  std::string read_bytes(std::size_t count);
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
  /// Shakes hands with the certificate of `server_certificate`.
  void start_tls();

 private:
  struct Tls;
  std::size_t read_some(char* into, std::size_t size);
  int descriptor_;
  std::string certificate_;
  std::string buffer_, tag_;
  std::unique_ptr<Tls> tls_;
};

using Script = std::function<void(MailPeer&)>;

class FakeMailServer {
 public:
  /// Listens on a free port of 127.0.0.1. Scripts are used in order, one for each connection.
  explicit FakeMailServer(std::vector<Script> scripts);
  /// Waits for the scripts that run; fails the test if one was never begun.
  ~FakeMailServer();
  FakeMailServer(const FakeMailServer&) = delete;
  FakeMailServer& operator=(const FakeMailServer&) = delete;
  [[nodiscard]] int port() const { return port_; }

 private:
  void serve(const std::vector<Script>& scripts);
  int listener_ = -1, port_ = 0, stop_[2] = {-1, -1};
  std::thread thread_;
};

/// A PEM file with key and certificate for "localhost" and 127.0.0.1, made once per process; it is its own
/// authority.
const std::string& server_certificate();

}  // namespace gw::test
