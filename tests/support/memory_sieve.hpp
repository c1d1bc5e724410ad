// A filter server in memory, for what no real one does on demand: everybody signs in with the password
// "secret", scripts are kept as they come, and faults are switched on by a test. Real servers are in
// mail_servers.hpp.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "support/scripted_server.hpp"

namespace gw::test {

class MemorySieve {
 public:
  MemorySieve() : server_(ScriptedServer::Repeat::Always, [this](ScriptedPeer& peer) { serve(peer); }) {}
  [[nodiscard]] int port() const { return server_.port(); }

  /// Scripts of everybody by name. Touch them only while nobody is connected.
  std::map<std::string, std::string> scripts;
  std::string active;
  /// Who signed in: "authorised as/login".
  std::vector<std::string> logins;

  std::string capabilities =
      "\"SIEVE\" \"fileinto vacation copy imap4flags date relational\"\r\n\"MAXREDIRECTS\" \"2\"\r\n";
  /// Begins the answer to each PUTSCRIPT, such as `NO "no"`; empty: it is taken.
  std::string refusal;
  /// The connection is cut when this command comes.
  std::atomic<const char*> cut_at{""};
  std::atomic<int> changes{0};

 private:
  void greet(ScriptedPeer& peer) const;
  bool sign_in(ScriptedPeer& peer, const std::string& line);
  void serve(ScriptedPeer& peer);
  void answer(ScriptedPeer& peer, const std::string& verb, const std::vector<std::string>& words);

  ScriptedServer server_;
};

}  // namespace gw::test
