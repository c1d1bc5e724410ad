// The request to tell of new mail: when it is made, and that nothing depends on its answer.
#include "mail/imap/notification.hpp"

#include <gtest/gtest.h>

#include "mail/imap/imap_provider.hpp"
#include "support/scripted_server.hpp"

namespace gw::mail::imap::test {
namespace {

using gw::test::Script;
using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

constexpr const char* kAtAccount =
    R"(SETMETADATA "" (/private/vendor/vendor.dovecot/http-notify "user=3@1"))";
constexpr const char* kAtInbox =
    R"(SETMETADATA "INBOX" (/private/vendor/vendor.dovecot/http-notify "user=3@1"))";

Account notified_account(int port, const std::string& name = "3@1") {
  Account account;
  account.store.protocol = "imap";
  account.store.host = "127.0.0.1";
  account.store.port = port;
  account.store.encryption = Encryption::None;
  account.store.login = "anna";
  account.store.secret = "secret";
  account.notified_as = name;
  return account;
}

void let_notified_in(ScriptedPeer& peer, const std::string& words) {
  peer.send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n");
  peer.expect_command("AUTHENTICATE PLAIN AGFubmEAc2VjcmV0");
  peer.ok("[CAPABILITY IMAP4rev1 " + words + "] in");
}

TEST(ImapNotification, ALoginIsAskedForOnce) {
  ScriptedServer server({[](ScriptedPeer& peer) {
                           let_notified_in(peer, "METADATA");
                           peer.expect_command(kAtAccount);
                           peer.ok();
                           peer.wait_for_end();
                         },
                         [](ScriptedPeer& peer) {
                           let_notified_in(peer, "METADATA");
                           peer.expect_command("SUBSCRIBE \"x\"");
                           peer.ok();
                           peer.wait_for_end();
                         }});
  ImapSettings settings;
  settings.pool.idle = std::chrono::milliseconds(0);
  ImapProvider provider{settings};
  const Account account = notified_account(server.port());
  provider.connect(account, "session");
  provider.purge_idle();
  provider.connect(account, "session")->folders().subscribe("x", true);
}

TEST(ImapNotification, TheInboxIsTheSecondPlaceAndARefusalIsNoError) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    let_notified_in(peer, "METADATA-SERVER");
    peer.expect_command(kAtAccount);
    peer.no("[CANNOT] no such entry");
    peer.expect_command(kAtInbox);
    peer.no("no");
    peer.expect_command("SUBSCRIBE \"x\"");
    peer.ok();
    peer.wait_for_end();
  }});
  ImapProvider provider{ImapSettings{}};
  const auto access = provider.connect(notified_account(server.port()), "session");
  EXPECT_NO_THROW(access->folders().subscribe("x", true));
}

TEST(ImapNotification, AServerThatHangsUpIsConnectedToAgain) {
  ScriptedServer server({[](ScriptedPeer& peer) {
                           let_notified_in(peer, "METADATA");
                           peer.expect_command(kAtAccount);
                         },
                         [](ScriptedPeer& peer) {
                           let_notified_in(peer, "METADATA");
                           peer.expect_command("SUBSCRIBE \"x\"");
                           peer.ok();
                           peer.wait_for_end();
                         }});
  ImapProvider provider{ImapSettings{}};
  const auto access = provider.connect(notified_account(server.port()), "session");
  EXPECT_NO_THROW(access->folders().subscribe("x", true));
}

TEST(ImapNotification, OthersAreNotAskedFor) {
  const Script quiet = [](ScriptedPeer& peer) {
    let_notified_in(peer, "IDLE");
    peer.expect_command("SUBSCRIBE \"x\"");
    peer.ok();
    peer.wait_for_end();
  };
  const Script unconfigured = [](ScriptedPeer& peer) {
    let_notified_in(peer, "METADATA");
    peer.expect_command("SUBSCRIBE \"x\"");
    peer.ok();
    peer.wait_for_end();
  };
  ScriptedServer server({quiet, unconfigured});
  ImapProvider provider{ImapSettings{}};
  provider.connect(notified_account(server.port()), "one")->folders().subscribe("x", true);
  provider.forget("one");
  provider.connect(notified_account(server.port(), ""), "two")->folders().subscribe("x", true);
}

}  // namespace
}  // namespace gw::mail::imap::test
