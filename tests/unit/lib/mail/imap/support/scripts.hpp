// Servers that follow a script: what their conversations have in common.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mail/imap/imap_provider.hpp"
#include "support/scripted_server.hpp"
#include "unit/lib/mail/imap/support/world.hpp"

namespace gw::mail::imap::test {

using gw::test::Script;
using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

inline Account account_at(int port) {
  Account account;
  account.name = "Mail";
  account.store.protocol = "imap";
  account.store.host = "127.0.0.1";
  account.store.port = port;
  account.store.encryption = Encryption::None;
  account.store.ca_file = gw::test::server_certificate();
  account.store.login = "anna";
  account.store.secret = "secret";
  account.store.read_timeout = std::chrono::milliseconds(5'000);
  return account;
}

/// Greets and lets anna in; announces these words afterwards.
inline void let_in(ScriptedPeer& peer, const std::string& words = "IMAP4rev1") {
  peer.send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n");
  peer.expect_command("AUTHENTICATE PLAIN AGFubmEAc2VjcmV0");
  peer.ok("[CAPABILITY " + words + "] in");
}

inline void let_open(ScriptedPeer& peer, const std::string& verb, unsigned exists, unsigned validity = 7) {
  peer.expect_command(verb + " \"INBOX\"");
  peer.data(std::to_string(exists) + " EXISTS");
  peer.data("OK [UIDVALIDITY " + std::to_string(validity) + "] ok");
  peer.data("OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] ok");
  peer.ok();
}

/// Connects and runs the work on an account whose server follows the scripts.
template <class Work>
std::string code_with(std::vector<Script> scripts, const Work& work) {
  ScriptedServer server(std::move(scripts));
  ImapProvider provider{ImapSettings{}};
  return code_of([&] {
    const auto access = provider.connect(account_at(server.port()), "key");
    work(*access);
  });
}

}  // namespace gw::mail::imap::test
