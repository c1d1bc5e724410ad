#include "mod_oxpush/engine/mail_listeners.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "support/scripted_server.hpp"

namespace oxpush {
namespace {

using gw::push::MailRelease;
using gw::push::MailWatch;
using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

constexpr ClientKey kUser{1, 3};

void sign_in(ScriptedPeer& peer, const std::string& uid_next = "2") {
  peer.send("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n");
  peer.expect_command("AUTHENTICATE PLAIN AGpvAHNlY3JldA==");
  peer.ok("[CAPABILITY IMAP4rev1 IDLE] in");
  peer.expect_command("EXAMINE INBOX");
  peer.data("1 EXISTS");
  peer.data("OK [UIDVALIDITY 5] x");
  peer.data("OK [UIDNEXT " + uid_next + "] x");
  peer.ok();
}

void idle(ScriptedPeer& peer) {
  peer.expect_command("IDLE");
  peer.send("+ idling\r\n");
}

void deliver(ScriptedPeer& peer, const std::string& number, const std::string& uid) {
  peer.data(number + " EXISTS");
  peer.expect("DONE");
  peer.ok();
  peer.expect_command("FETCH " + number + ":" + number +
                      " (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.4096>)");
  peer.data(number + " FETCH (UID " + uid +
            " FLAGS () BODY[HEADER.FIELDS (FROM SUBJECT)]<0> {15}\r\nSubject: Hi\r\n\r\n)");
  peer.ok();
}

class MailListenersTest : public ::testing::Test {
 protected:
  MailListeners& listeners(std::uint32_t most = 10) {
    if (!listeners_)
      listeners_ = std::make_unique<MailListeners>(
          loop_, most, journal_, counters_,
          MailListeners::Calls{[this] { return now_; }, [this](ClientKey) { return has_clients_; },
                               [this](ClientKey user, const gw::mail::News& news) {
                                 EXPECT_EQ(user, kUser);
                                 told_.push_back(news);
                               }});
    return *listeners_;
  }

  static MailWatch watch(const ScriptedServer& server, const std::string& listener = "a1") {
    return {.context = kUser.context,
            .user = kUser.user,
            .listener = listener,
            .life = 1'000,
            .host = "localhost",
            .addresses = "127.0.0.1",
            .port = server.port(),
            .encryption = "none",
            .verifies_certificate = true,
            .ca_file = gw::test::server_certificate(),
            .mechanism = "PLAIN",
            .login = "jo",
            .authorize_as = "",
            .secret = "secret"};
  }

  template <class Condition>
  void run_until(const Condition& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    stop_ = 0;
    loop_.after_each_turn([&]() -> std::optional<milliseconds> {
      if (condition() || std::chrono::steady_clock::now() > end) stop_ = 1;
      return system_steady_clock()() + milliseconds{5};
    });
    loop_.run();
    EXPECT_TRUE(condition());
  }
  void pass(std::chrono::seconds time) {
    now_ += time;
    listeners().tick();
  }
  void run_until_failures(std::uint64_t count) {
    run_until([&] { return counters_.mail_failures == count; });
  }

  volatile std::sig_atomic_t stop_ = 0;
  Loop loop_{stop_, system_steady_clock()};
  std::vector<std::string> lines_;
  Journal journal_{[this](Severity, const std::string& line) { lines_.push_back(line); }};
  Counters counters_{};
  milliseconds now_{1'000'000};
  bool has_clients_ = false;
  std::vector<gw::mail::News> told_;
  std::unique_ptr<MailListeners> listeners_;
};

TEST_F(MailListenersTest, AMailIsToldWhereverEncryptionBegins) {
  int connection = 0;
  for (const char* encryption : {"none", "starttls", "tls"}) {
    ScriptedServer server({[&](ScriptedPeer& peer) {
      if (encryption == std::string("tls")) peer.start_tls();
      if (encryption == std::string("starttls")) {
        peer.send("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n");
        peer.expect_command("STARTTLS");
        peer.ok();
        peer.start_tls();
        peer.expect_command("CAPABILITY");
        peer.data("CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR");
        peer.ok();
        peer.expect_command("AUTHENTICATE PLAIN AGpvAHNlY3JldA==");
        peer.ok("[CAPABILITY IMAP4rev1 IDLE] in");
        peer.expect_command("EXAMINE INBOX");
        peer.data("1 EXISTS");
        peer.data("OK [UIDVALIDITY 5] x");
        peer.data("OK [UIDNEXT 2] x");
        peer.ok();
      } else {
        sign_in(peer);
      }
      idle(peer);
      deliver(peer, "2", "7");
      idle(peer);
      peer.wait_for_end();
    }});
    MailWatch wanted = watch(server);
    wanted.encryption = encryption;
    listeners().take(wanted);
    EXPECT_EQ(counters_.mail_listeners, 1U);
    listeners().tick();
    run_until([&] { return !told_.empty() && counters_.mail_idle == 1; });
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_EQ(told_[0].uid, 7);
    EXPECT_EQ(told_[0].subject, "Hi");
    EXPECT_EQ(counters_.mails_heard, static_cast<std::uint64_t>(++connection));
    told_.clear();
    listeners_.reset();
  }
  EXPECT_TRUE(lines_.empty());
}

TEST_F(MailListenersTest, ItEndsAMinuteAfterTheLastOneWent) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    sign_in(peer);
    idle(peer);
    peer.wait_for_end();
  }});
  listeners().take(watch(server, "a1"));
  listeners().take(watch(server, "b2"));
  listeners().tick();
  run_until([&] { return counters_.mail_idle == 1; });
  listeners().take(MailRelease{1, 3, "a1"});
  pass(std::chrono::seconds{100});
  EXPECT_EQ(counters_.mail_listeners, 1U);
  listeners().take(MailRelease{1, 3, "b2"});
  pass(std::chrono::seconds{1});
  pass(std::chrono::seconds{59});
  EXPECT_EQ(counters_.mail_listeners, 1U);
  pass(std::chrono::seconds{1});
  EXPECT_EQ(counters_.mail_listeners, 0U);
}

TEST_F(MailListenersTest, WithoutAWordItEndsWithTheTimeThatWasAskedFor) {
  ScriptedServer server({});
  MailWatch wanted = watch(server);
  wanted.addresses = "256.0.0.1";
  listeners().take(wanted);
  pass(std::chrono::seconds{1'000});
  pass(std::chrono::seconds{59});
  EXPECT_EQ(counters_.mail_listeners, 1U);
  pass(std::chrono::seconds{1});
  EXPECT_EQ(counters_.mail_listeners, 0U);
}

TEST_F(MailListenersTest, WhoeverRegisteredOverUdpIsListenedForAsLongAsHeIsThere) {
  ScriptedServer server({});
  MailWatch wanted = watch(server, "");
  wanted.addresses = "256.0.0.1";
  has_clients_ = true;
  listeners().take(wanted);
  pass(std::chrono::hours{10});
  listeners().end(kUser);
  EXPECT_EQ(counters_.mail_listeners, 1U) << "his sessions do not matter";
  has_clients_ = false;
  pass(std::chrono::seconds{1});
  pass(std::chrono::seconds{60});
  EXPECT_EQ(counters_.mail_listeners, 0U);
}

TEST_F(MailListenersTest, TheLastSessionTakesThePasswordWithIt) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    sign_in(peer);
    idle(peer);
    peer.wait_for_end();
  }});
  listeners().take(watch(server));
  listeners().tick();
  run_until([&] { return counters_.mail_idle == 1; });
  listeners().end(kUser);
  EXPECT_EQ(counters_.mail_listeners, 0U);
  listeners().end(kUser);
}

TEST_F(MailListenersTest, AWrongPasswordIsTriedOnce) {
  const auto refuse = [](ScriptedPeer& peer) {
    peer.send("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n");
    peer.line();
    peer.send("W1 NO [AUTHENTICATIONFAILED] no\r\n");
    peer.wait_for_end();
  };
  ScriptedServer server({refuse, refuse});
  listeners().take(watch(server));
  listeners().tick();
  run_until_failures(1);
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_TRUE(lines_[0].starts_with("OXP0021: ")) << lines_[0];
  EXPECT_EQ(lines_[0].find("secret"), std::string::npos);
  pass(std::chrono::seconds{900});
  listeners().take(watch(server, "b2"));
  pass(std::chrono::seconds{1});
  EXPECT_EQ(counters_.mail_connects, 1U);
  MailWatch other = watch(server, "b2");
  other.secret = "another";
  listeners().take(other);
  pass(std::chrono::seconds{1});
  run_until_failures(2);
}

TEST_F(MailListenersTest, AServerThatHangsUpIsTriedAgainLessAndLessOften) {
  const auto hang_up = [](ScriptedPeer&) {};
  ScriptedServer server({hang_up, hang_up, [](ScriptedPeer& peer) { peer.send("* BYE\r\nX\n\xff{9}\r\n"); }});
  MailWatch wanted = watch(server);
  wanted.life = 100'000;
  listeners().take(wanted);
  listeners().tick();
  run_until_failures(1);
  pass(std::chrono::seconds{4});
  EXPECT_EQ(counters_.mail_connects, 1U);
  pass(std::chrono::seconds{6});
  run_until_failures(2);
  pass(std::chrono::seconds{9});
  EXPECT_EQ(counters_.mail_connects, 2U);
  pass(std::chrono::seconds{11});
  run_until_failures(3);
  pass(std::chrono::seconds{19});
  EXPECT_EQ(counters_.mail_connects, 3U);
  EXPECT_TRUE(lines_.empty()) << "a mail server may be away";
}

TEST_F(MailListenersTest, WhatCameMeanwhileIsToldWhenTheConnectionIsBack) {
  ScriptedServer server({[](ScriptedPeer& peer) {
                           sign_in(peer);
                           idle(peer);
                         },
                         [](ScriptedPeer& peer) {
                           peer.send("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n");
                           peer.expect_command("AUTHENTICATE PLAIN AGpvAHNlY3JldA==");
                           peer.ok("[CAPABILITY IMAP4rev1 IDLE] in");
                           peer.expect_command("EXAMINE INBOX");
                           peer.data("2 EXISTS");
                           peer.data("OK [UIDVALIDITY 5] x");
                           peer.data("OK [UIDNEXT 3] x");
                           peer.ok();
                           peer.expect_command(
                               "FETCH 2:2 (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.4096>)");
                           peer.data("2 FETCH (UID 2 FLAGS () BODY[HEADER.FIELDS (FROM SUBJECT)]<0> \"\")");
                           peer.ok();
                           idle(peer);
                           peer.wait_for_end();
                         }});
  listeners().take(watch(server));
  listeners().tick();
  run_until_failures(1);
  pass(std::chrono::seconds{10});
  run_until([&] { return !told_.empty() && counters_.mail_idle == 1; });
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_[0].uid, 2);
  listeners_.reset();
}

TEST_F(MailListenersTest, SilenceEndsInTime) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send("* OK slow");
    peer.wait_for_end();
  }});
  listeners().take(watch(server));
  listeners().tick();
  pass(std::chrono::seconds{59});
  EXPECT_EQ(counters_.mail_failures, 0U);
  pass(std::chrono::seconds{1});
  EXPECT_EQ(counters_.mail_failures, 1U);
}

TEST_F(MailListenersTest, AnIdleIsRenewedBeforeServersEndIt) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    sign_in(peer);
    idle(peer);
    peer.expect("DONE");
    peer.ok();
    idle(peer);
    deliver(peer, "2", "2");
    idle(peer);
    peer.wait_for_end();
  }});
  MailWatch wanted = watch(server);
  wanted.life = 10'000;
  listeners().take(wanted);
  listeners().tick();
  run_until([&] { return counters_.mail_idle == 1; });
  pass(std::chrono::minutes{23});
  EXPECT_EQ(counters_.mail_idle, 1U);
  pass(std::chrono::minutes{5});
  EXPECT_EQ(counters_.mail_idle, 0U);
  run_until([&] { return !told_.empty() && counters_.mail_idle == 1; });
  EXPECT_EQ(counters_.mail_failures, 0U);
  listeners_.reset();
}

TEST_F(MailListenersTest, ThereIsRoomForSoManyAndNoMore) {
  ScriptedServer server({});
  MailWatch wanted = watch(server);
  wanted.addresses = "256.0.0.1";
  listeners(1).take(wanted);
  wanted.user = 4;
  listeners().take(wanted);
  EXPECT_EQ(counters_.mail_listeners, 1U);
  EXPECT_EQ(counters_.mail_listeners_refused, 1U);
  wanted.user = 3;
  wanted.addresses = ",";
  listeners().take(wanted);
  EXPECT_EQ(counters_.mail_listeners_refused, 2U);
}

}  // namespace
}  // namespace oxpush
