#include "mod_oxpush/engine/exchange.hpp"

#include <gtest/gtest.h>

#include "exchange_fixture.hpp"
#include "push/client_key.hpp"
#include "push/packet.hpp"

namespace oxpush {
namespace {

TEST_F(ExchangeTest, AUserWhomNoWorkerKnowsIsAnsweredAlikeAndNotKept) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  ASSERT_EQ(outlet_.asked, std::vector{gw::push::encode_control(gw::push::UserQuestion{1, 3})});
  EXPECT_EQ(counters_.clients, 1u) << "until somebody answers";
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.asked.size(), 1u) << "an answer is under way";
  exchange().take_event(gw::push::encode_control(gw::push::UserAnswer{1, 3, false}));
  EXPECT_EQ(counters_.clients, 0u);
  outlet_.take();
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "OK\x01"}}));
  EXPECT_EQ(counters_.clients, 0u);
  pass(60'000);
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.asked.size(), 2u) << "he may have been created meanwhile";
  exchange().take_event(gw::push::encode_control(gw::push::UserAnswer{1, 3, true}));
  EXPECT_EQ(counters_.clients, 1u);
}

TEST_F(ExchangeTest, WithoutAWorkerEveryRegistrationIsKept) {
  outlet_.has_worker = false;
  packet(kClient, gw::push::ClientRegister{3, 1});
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.asked.size(), 2u) << "the first one that comes is asked";
  EXPECT_EQ(counters_.clients, 1u);
  EXPECT_EQ(counters_.users_asked, 0u);
}

TEST_F(ExchangeTest, AFloodOfStrangersBecomesNoFloodOfQuestions) {
  settings_.limits.registrations = settings_.limits.clients_per_address = 1'000;
  for (std::int32_t user = 1; user <= 500; ++user) packet(kClient, gw::push::ClientRegister{user, 1});
  EXPECT_EQ(outlet_.asked.size(), UserBook::kMostQuestions);
}

TEST_F(ExchangeTest, WhatWorkersTellOfInboxesIsHandedOn) {
  const gw::push::MailWatch watch{.context = 1, .user = 3, .listener = "a1", .host = "h", .secret = "secret"};
  exchange().take_event(gw::push::encode_control(watch));
  exchange().take_event(gw::push::encode_control(gw::push::MailRelease{1, 3, "a1"}));
  EXPECT_EQ(outlet_.watched, std::vector{watch});
  EXPECT_EQ(outlet_.released, (std::vector{gw::push::MailRelease{1, 3, "a1"}}));
  exchange().take_event(
      gw::push::encode_control(gw::push::SessionEnd{1, 3, gw::push::session_handle("x"), false}));
  EXPECT_TRUE(outlet_.ended.empty());
  exchange().take_event(
      gw::push::encode_control(gw::push::SessionEnd{1, 3, gw::push::session_handle("y"), true}));
  EXPECT_EQ(outlet_.ended, (std::vector{ClientKey{1, 3}}));
}

TEST_F(ExchangeTest, UsersOfLoadedRegistrationsAreAskedForUntilAWorkerIsThere) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_TRUE(exchange().has_clients({1, 3}));
  EXPECT_FALSE(exchange().has_clients({1, 4}));
  const std::string saved = exchange().save();
  settings_.mail_listeners = 10;
  outlet_.has_worker = false;
  exchange_.reset();
  exchange().load(saved);
  exchange().sweep();
  EXPECT_EQ(counters_.users_asked, 1u) << "before the restart";
  outlet_.has_worker = true;
  exchange().sweep();
  exchange().sweep();
  EXPECT_EQ(counters_.users_asked, 2u);
  pass(settings_.register_timeout.count());
  EXPECT_FALSE(exchange().has_clients({1, 3}));
}

/// A client with the key that the HTTP API hands out for the session.
class SignedClientTest : public ExchangeTest {
 protected:
  SignedClientTest() {
    settings_.client_sign_mode = SignMode::Prefer;
    settings_.keys = {kKey};
  }
  std::string key_id(const std::string& session) {
    return gw::push::format_key_id({wall_ / 1'000 + 86'400, gw::push::session_handle(session)});
  }
  void register_signed(std::int32_t user, const std::string& id, const char* nonce,
                       const Endpoint& source = kClient) {
    const gw::push::SignKey key = gw::push::derive_client_key(kKey.secret, 1, user, id);
    exchange().take_packet(
        kClientPort, source, {},
        gw::push::frame_payload(gw::push::sign_payload(
            gw::push::format_payload(gw::push::ClientRegister{user, 1}), key, wall_ / 1'000, nonce)));
  }
  void end_session(const std::string& session, bool was_last) {
    exchange().take_event(
        gw::push::encode_control(gw::push::SessionEnd{1, 3, gw::push::session_handle(session), was_last}));
  }
};

TEST_F(SignedClientTest, ASignedClientGetsSignedPacketsAndNoQuestionIsAsked) {
  const std::string id = key_id("one");
  register_signed(3, id, "0000000000000001");
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "OK\x01"}}));
  EXPECT_TRUE(outlet_.asked.empty());
  event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  const auto sent = outlet_.take();
  ASSERT_EQ(sent.size(), 1u);
  const std::string& bytes = sent[0].bytes;
  EXPECT_TRUE(bytes.starts_with("1\x01h1\x01" + id + "\x01" + std::to_string(wall_ / 1'000) + "\x01"))
      << bytes;
  // The nonce is random: signed again with it, the packet is the same.
  const std::string nonce = bytes.substr(bytes.size() - 32 - 1 - 16, 16);
  EXPECT_EQ(bytes, gw::push::sign_payload("1", gw::push::derive_client_key(kKey.secret, 1, 3, id),
                                          wall_ / 1'000, nonce));
}

TEST_F(SignedClientTest, WrongKeysUsersAndRepetitionsAreNotAnswered) {
  const std::string id = key_id("one");
  register_signed(3, id, "0000000000000001");
  register_signed(3, id, "0000000000000001");
  const gw::push::SignKey others = gw::push::derive_client_key(kKey.secret, 1, 4, id);
  exchange().take_packet(
      kClientPort, kClient, {},
      gw::push::frame_payload(gw::push::sign_payload(gw::push::format_payload(gw::push::ClientRegister{3, 1}),
                                                     others, wall_ / 1'000, "0000000000000002")));
  const std::string old = gw::push::format_key_id({wall_ / 1'000, gw::push::session_handle("one")});
  register_signed(3, old, "0000000000000003");
  EXPECT_EQ(outlet_.take().size(), 1u);
  EXPECT_EQ(counters_.signatures_refused, 3u);
}

TEST_F(SignedClientTest, TheModesLetUnsignedInOrNot) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.take().size(), 1u);
  exchange_.reset();
  settings_.client_sign_mode = SignMode::Require;
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_TRUE(outlet_.take().empty());
  exchange_.reset();
  settings_.client_sign_mode = SignMode::Off;
  register_signed(3, "no key id at all", "0000000000000001");
  EXPECT_EQ(outlet_.take().size(), 1u) << "as servers do that know no signatures";
}

TEST_F(SignedClientTest, ItEndsWithItsSessionAndItsKeyIsSpent) {
  const Endpoint other = *parse_endpoint("10.9.9.9:5001"), plain = *parse_endpoint("10.9.9.9:5002");
  register_signed(3, key_id("one"), "0000000000000001");
  register_signed(3, key_id("two"), "0000000000000002", other);
  packet(plain, gw::push::ClientRegister{3, 1});
  end_session("one", false);
  EXPECT_EQ(counters_.clients, 2u);
  const std::string saved = exchange().save();
  exchange_.reset();
  exchange().load(saved);
  outlet_.take();
  register_signed(3, key_id("one"), "0000000000000003");
  EXPECT_TRUE(outlet_.take().empty()) << "also after a restart";
  event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  const auto sent = outlet_.take();
  ASSERT_EQ(sent.size(), 2u);
  for (const Sent& one : sent) EXPECT_EQ(one.bytes.size() > 2, one.to == other) << one.bytes;
  end_session("two", true);
  EXPECT_EQ(counters_.clients, 1u) << "the unsigned one was not made by a session";
}

TEST_F(SignedClientTest, WhereItIsWantedAllOfAUserEndWithTheLastSession) {
  settings_.ends_with_session = true;
  packet(kClient, gw::push::ClientRegister{3, 1});
  packet(kClient, gw::push::ClientRegister{4, 1});
  end_session("one", false);
  EXPECT_EQ(counters_.clients, 2u);
  end_session("two", true);
  EXPECT_EQ(counters_.clients, 1u);
  EXPECT_EQ(counters_.clients_ended, 1u);
}

TEST_F(SignedClientTest, UnsignedOnesNeverDisplaceASignedOne) {
  register_signed(3, key_id("one"), "0000000000000001");
  for (const char* port : {"1", "2", "3", "4", "5", "6"})
    packet(*parse_endpoint(std::string("10.9.9.8:") + port), gw::push::ClientRegister{3, 1});
  packet(kClient, gw::push::ClientRegister{3, 1});
  const std::string list = exchange().run_command("list 1 3");
  EXPECT_NE(list.find("10.9.9.9:5000 3600 signed local"), list.npos) << list;
}

}  // namespace
}  // namespace oxpush
