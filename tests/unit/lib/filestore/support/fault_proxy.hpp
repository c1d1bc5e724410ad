// Stands between a store and its S3 server and does what networks do: cuts, stalls, answers with errors.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gw::filestore::test {

struct Fault {
  enum class Kind {
    None,        ///< passed on
    Answer,      ///< `answer` instead of the server's
    Cut,         ///< closed without an answer; the server saw nothing
    LoseAnswer,  ///< passed on, closed without the server's answer
    CutAnswer,   ///< closed after `bytes` of the server's answer
    Stall,       ///< neither answered nor closed until the test ends
  };
  Kind kind = Kind::None;
  std::string answer;
  std::size_t bytes = 0;

  static Fault status(int status, const std::string& code);
};

struct SeenRequest {
  std::string method;
  std::string target;
  std::string head;
};

/// One request on each connection. Threads: one test, any number of clients.
class FaultProxy {
 public:
  /// `upstream`: port on the loopback, 0 when nothing is passed on. `decide` is called for each request.
  FaultProxy(unsigned short upstream, std::function<Fault(const SeenRequest&)> decide);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::vector<SeenRequest> seen() const;
  /// How many requests of that method had `part` in their target.
  [[nodiscard]] int count(const std::string& method, const std::string& part = "") const;

 private:
  void accept_all();
  void serve(int client);
  void pass_on(int client, const std::string& request, const Fault& fault) const;
  void wait_for_end(int client) const;

  unsigned short upstream_;
  std::function<Fault(const SeenRequest&)> decide_;
  int listener_ = -1;
  unsigned short port_ = 0;
  int end_reader_ = -1;
  int end_writer_ = -1;
  mutable std::mutex mutex_;
  std::vector<SeenRequest> seen_;
  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

}  // namespace gw::filestore::test
