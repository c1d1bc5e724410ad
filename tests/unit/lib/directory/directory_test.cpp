// What needs no server that answers: tests/restart/directory_test.py has one.
#include "directory/directory.hpp"

#include <gtest/gtest.h>

#include "directory/breaker.hpp"
#include "directory/dn.hpp"
#include "support/scripted_server.hpp"

namespace gw::directory {
namespace {

using namespace std::chrono_literals;

DirectorySettings settings_for(std::vector<int> ports, bool is_tls = false) {
  DirectorySettings settings;
  settings.name = "corp";
  settings.base = "dc=x";
  settings.is_plain = !is_tls;
  for (const int port : ports) settings.servers.push_back({"127.0.0.1", port, is_tls});
  settings.mapping = "[user]\nfilter = (objectClass=person)\nid = entryUUID\nlogin = uid\n";
  settings.login.enabled = true;
  settings.login.pattern = "(uid=%u)";
  settings.connect_timeout = settings.search_timeout = settings.request_timeout = 200ms;
  return settings;
}

/// "no", or the kind of the failure.
std::string outcome(const DirectorySettings& settings, const std::string& password = "secret") {
  try {
    return Directory(settings).authenticate({"anna", "", "anna"}, password) ? "yes" : "no";
  } catch (const DirectoryError& error) {
    return error.kind() == DirectoryError::Kind::Unreachable ? "unreachable" : error.what();
  }
}

TEST(Directory, ASilentServerIsGivenUp) {
  test::ScriptedServer silent(test::ScriptedServer::Repeat::Always,
                              [](test::ScriptedPeer& peer) { peer.wait_for_end(); });
  EXPECT_EQ(outcome(settings_for({silent.port()})), "unreachable");
  EXPECT_EQ(outcome(settings_for({silent.port()}, true)), "unreachable");
  EXPECT_EQ(silent.connections(), 2);
}

TEST(Directory, GarbageAndHalfAnswersAreNone) {
  test::ScriptedServer garbage(test::ScriptedServer::Repeat::Always, [](test::ScriptedPeer& peer) {
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.wait_for_end();
  });
  EXPECT_EQ(outcome(settings_for({garbage.port()})), "unreachable");
  test::ScriptedServer half(test::ScriptedServer::Repeat::Always, [](test::ScriptedPeer& peer) {
    // The begin of a message of 100 bytes.
    peer.send(std::string_view("\x30\x64\x02\x01", 4));
    peer.wait_for_end();
  });
  auto settings = settings_for({half.port()});
  settings.search_timeout = settings.request_timeout = 100ms;
  EXPECT_EQ(outcome(settings), "unreachable");
}

TEST(Directory, EmptyPasswordsAreRefusedWithoutAsking) {
  test::ScriptedServer never(test::ScriptedServer::Repeat::Always, [](test::ScriptedPeer&) {});
  EXPECT_EQ(outcome(settings_for({never.port()}), ""), "no");
  EXPECT_EQ(outcome(settings_for({never.port()}), std::string("a\0b", 3)), "no");
  EXPECT_EQ(outcome(settings_for({never.port()}), std::string(2'000, 'x')), "no");
  EXPECT_EQ(never.connections(), 0);
}

TEST(Directory, AServerThatFailsThreeTimesIsLeftOut) {
  test::ScriptedServer closing(test::ScriptedServer::Repeat::Always,
                               [](test::ScriptedPeer& peer) { peer.reset(); });
  const DirectorySettings settings = settings_for({closing.port()}, true);
  Directory directory(settings);
  for (int i = 0; i < 5; ++i)
    EXPECT_THROW(directory.authenticate({"anna", "", "anna"}, "x"), DirectoryError) << i;
  EXPECT_EQ(closing.connections(), 3);
}

TEST(Breaker, OpensAgainAfterAPauseForOne) {
  Breaker breaker;
  const auto now = Breaker::Time{} + 1h;
  EXPECT_FALSE(breaker.note_failure(now));
  EXPECT_FALSE(breaker.note_failure(now));
  EXPECT_TRUE(breaker.lets_through(now));
  EXPECT_TRUE(breaker.note_failure(now));
  EXPECT_FALSE(breaker.lets_through(now + 29s));
  EXPECT_TRUE(breaker.lets_through(now + 30s));
  EXPECT_TRUE(breaker.note_failure(now + 30s));
  EXPECT_FALSE(breaker.lets_through(now + 31s));
  breaker.note_success();
  EXPECT_TRUE(breaker.lets_through(now + 31s));
}

TEST(Dn, SpellingsOfOneNameAreTheSame) {
  EXPECT_EQ(normalise_dn("CN=Anna Berg, OU=People,DC=X"), normalise_dn("cn=anna berg,ou=people,dc=x"));
  EXPECT_EQ(normalise_dn("cn=a\\2Cb,dc=x"), normalise_dn("cn=a\\,b,dc=x"));
  EXPECT_EQ(normalise_dn("  no name "), "no name");
  EXPECT_TRUE(is_dn("uid=x,dc=y"));
  EXPECT_FALSE(is_dn("uid"));
  EXPECT_FALSE(is_dn(" "));
}

}  // namespace
}  // namespace gw::directory
