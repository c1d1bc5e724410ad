#include "mod_oxpush/engine/exchange.hpp"

#include <gtest/gtest.h>

#include "exchange_fixture.hpp"
#include "push/packet.hpp"

namespace oxpush {
namespace {

using gw::push::Packet;
using gw::push::PushSync;

TEST_F(ExchangeTest, ARegisteredClientGetsTheFolderAfterTheDelay) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "OK\x01"}}));
  event(gw::push::kContact, 42, {3, 4});
  event(gw::push::kContact, 42, {3, 4});
  EXPECT_EQ(exchange().next_work(), now_ + milliseconds{100});
  pass(99);
  EXPECT_TRUE(outlet_.take().empty());
  pass(1);
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "42\x01"}}));
  EXPECT_EQ(counters_.events_merged, 1u);
}

TEST_F(ExchangeTest, NewMailGoesAtOnceAndEachTime) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  event(gw::push::kMail, 1, {3}, gw::push::kUpdated);
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "1\x01"}, {kClient, "1\x01"}}));
  EXPECT_EQ(outlet_.published.size(), 3u) << "browsers hear of all";
}

TEST_F(ExchangeTest, AMailThatIsToldTwiceReachesNobodyTwice) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  const EventRecord mail{.context = 1,
                         .module = gw::push::kMail,
                         .kind = gw::push::kCreated,
                         .object = 7,
                         .audiences = {{1, {3}}}};
  for (int i = 0; i < 2; ++i)
    for (const std::string& bytes : gw::push::encode_event(mail)) exchange().take_event(bytes);
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "1\x01"}}));
  EXPECT_EQ(outlet_.published.size(), 1u);
  EXPECT_EQ(counters_.events_repeated, 1u);
}

TEST_F(ExchangeTest, ARegistrationEndsAfterItsLife) {
  settings_.register_timeout = milliseconds{500};
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  pass(500);
  event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  EXPECT_TRUE(outlet_.take().empty());
  exchange().sweep();
  EXPECT_EQ(counters_.clients, 0u);
}

TEST_F(ExchangeTest, StrangersAndFloodsAreNotAnswered) {
  settings_.client_networks = {"10.9.0.0/16"};
  settings_.limits.registrations = 2;
  packet(*parse_endpoint("10.8.0.1:1"), gw::push::ClientRegister{3, 1});
  packet(*parse_endpoint("10.9.0.1:0"), gw::push::ClientRegister{3, 1});
  EXPECT_TRUE(outlet_.take().empty());
  for (int i = 0; i < 5; ++i) packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.take().size(), 2u);
  EXPECT_EQ(counters_.registrations_refused, 5u);
  pass(60'000);
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.take().size(), 1u);
}

TEST_F(ExchangeTest, AClientAtItsLimitGetsTheLastChangeWhenTheMinuteIsOver) {
  settings_.limits.packets = 2;
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  for (int i = 0; i < 10; ++i) event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  EXPECT_EQ(outlet_.take().size(), 2u);
  pass(59'999);
  EXPECT_TRUE(outlet_.take().empty());
  pass(1);
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "1\x01"}}));
}

TEST_F(ExchangeTest, TwoComplaintsOfTheNetworkEndARegistration) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  exchange().take_unreachable(kClient);
  exchange().take_unreachable(kClient);
  EXPECT_EQ(counters_.clients, 0u);
  EXPECT_EQ(counters_.clients_unreachable, 1u);
}

TEST_F(ExchangeTest, EventsAreToldToPeersOnceAndThoseOfPeersAreNotToldAgain) {
  settings_.distributes_events = true;
  hear(kPeer);
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  event(gw::push::kContact, 42, {3, 7});
  pass(100);
  const std::string told = gw::push::format_packet(PushSync{42, 7, 1, {3, 7}, 77});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "42\x01"}, {kPeer, told}}));
  packet(kPeer, PushSync{43, 7, 1, {3, 3, 1}, 78});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "43\x01"}}))
      << "at once: it waited where it came from";
  const auto record = gw::push::decode_event(outlet_.published.back());
  ASSERT_TRUE(record);
  EXPECT_EQ(record->origin, gw::push::Origin::Remote);
  EXPECT_EQ(record->audiences, (std::vector<gw::push::FolderAudience>{{43, {1, 3}}}));
}

TEST_F(ExchangeTest, WhatIsForEverybodyIsOnePacketForPeersAndOneForEachClientOfTheContext) {
  settings_.distributes_events = true;
  hear(kPeer);
  const Endpoint other = *parse_endpoint("10.9.9.10:5000"), abroad = *parse_endpoint("10.9.9.11:5000");
  packet(kClient, gw::push::ClientRegister{3, 1});
  packet(other, gw::push::ClientRegister{4, 1});
  packet(abroad, gw::push::ClientRegister{4, 2});
  outlet_.take();
  for (int user = 0; user < 100; ++user) event(gw::push::kContact, 6, {gw::push::kEverybody});
  pass(100);
  const std::string told = gw::push::format_packet(PushSync{6, 7, 1, {gw::push::kEverybody}, 77});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "6\x01"}, {other, "6\x01"}, {kPeer, told}}));
  EXPECT_EQ(counters_.events_merged, 99u);
  packet(kPeer, PushSync{6, 7, 1, {gw::push::kEverybody}, 78});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "6\x01"}, {other, "6\x01"}}));
}

TEST_F(ExchangeTest, CountsSinceWhenTheOldestEventWaits) {
  EXPECT_EQ((exchange(), counters_.events_waiting_since), 0u);
  event(gw::push::kContact, 42, {3});
  const auto since = static_cast<std::uint64_t>(wall_ / 1'000);
  EXPECT_EQ(counters_.events_waiting_since, since);
  pass(60);
  event(gw::push::kContact, 43, {3});
  EXPECT_EQ(counters_.events_waiting_since, since);
  pass(100);
  EXPECT_EQ(counters_.events_waiting_since, 0u);
}

TEST_F(ExchangeTest, FilesAreToldToPeersAndToNoClient) {
  settings_.distributes_events = true;
  hear(kPeer);
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  event(gw::push::kInfostore, 42, {3});
  packet(kPeer, PushSync{43, gw::push::kInfostore, 1, {3}, 0});
  pass(100);
  const auto sent = outlet_.take();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].to, kPeer);
}

TEST_F(ExchangeTest, RegistrationsAreToldToPeersAndPushedFromWhereTheChangeHappens) {
  settings_.distributes_registrations = true;
  hear(kPeer);
  packet(kClient, gw::push::ClientRegister{3, 1});
  EXPECT_EQ(outlet_.take(),
            (std::vector<Sent>{
                {kClient, "OK\x01"},
                {kPeer, gw::push::format_packet(gw::push::RegisterSync{3, 1, "10.9.9.9", 5000, false})}}));
  packet(kPeer, gw::push::RegisterSync{4, 1, "10.9.9.8", 6000, true});
  EXPECT_TRUE(outlet_.take().empty()) << "no answer, and not told again";
  event(gw::push::kContact, 42, {4});
  pass(100);
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{*parse_endpoint("10.9.9.8:6000"), "42\x01"}}));
}

TEST_F(ExchangeTest, APeerThatWasAwayIsToldAllLocalRegistrations) {
  settings_.distributes_registrations = true;
  for (std::int32_t user = 1; user <= 3; ++user) packet(kClient, gw::push::ClientRegister{user, 1});
  outlet_.take();
  hear(kPeer);
  pass(0);
  EXPECT_EQ(outlet_.take().size(), 3u);
  hear(kPeer);
  pass(1'000);
  EXPECT_TRUE(outlet_.take().empty());
  pass(90'001);
  hear(kPeer);
  pass(0);
  EXPECT_EQ(outlet_.take().size(), 3u);
}

TEST_F(ExchangeTest, PacketsOfServersAreBelievedOnlyFromPeersOfTheRightKind) {
  settings_.distributes_events = true;
  packet(kClient, gw::push::ClientRegister{3, 1});
  hear(kPeer);
  outlet_.take();
  packet(kStranger, PushSync{42, 7, 1, {3}, 0});                                      // no peer
  packet(kPeer, gw::push::RegisterSync{3, 1, "10.9.9.9", 5000, false});               // not our distribution
  packet(kStranger, gw::push::HostRegister{"10.0.0.77", 44335, ""});                  // not by multicast
  packet(kStranger, gw::push::HostRegister{"10.0.0.78", 44335, ""}, kMulticastPort);  // another's address
  packet(*parse_endpoint("203.0.113.5:44335"), gw::push::HostRegister{"203.0.113.5", 44335, ""},
         kMulticastPort);
  packet(kPeer, PushSync{42, 7, 1, {3}, 0}, kMulticastPort);
  EXPECT_TRUE(outlet_.take().empty());
  EXPECT_EQ(counters_.peer_packets_refused, 6u);
  EXPECT_EQ(counters_.peers, 1u);
}

TEST_F(ExchangeTest, OwnAnnouncementsAreIgnored) {
  exchange().announce();
  ASSERT_EQ(outlet_.announced.size(), 1u);
  EXPECT_EQ(outlet_.announced[0].bytes,
            gw::push::format_packet(gw::push::HostRegister{"10.0.0.1", 44335, ""}));
  exchange().take_packet(kMulticastPort, {kOwn, 44335}, {}, outlet_.announced[0].bytes);
  EXPECT_EQ(counters_.peers, 0u);
  EXPECT_EQ(counters_.peer_packets_refused, 0u);
  // Another server of this host has another port.
  packet({kOwn, 44336}, gw::push::HostRegister{"10.0.0.1", 44336, ""}, kMulticastPort);
  EXPECT_EQ(counters_.peers, 1u);
}

TEST_F(ExchangeTest, AHostWithSeveralAddressesNamesItsInstance) {
  host_.routes.push_back({*parse_endpoint("224.0.0.1:9982"), 2, *parse_address("10.1.0.1")});
  exchange().announce();
  ASSERT_EQ(outlet_.announced.size(), 2u);
  EXPECT_NE(outlet_.announced[1].bytes.find("10.1.0.1\x01"
                                            "44335\x01i1\x01"
                                            "00112233445566ff"),
            std::string::npos);
  exchange().take_packet(kMulticastPort, *parse_endpoint("10.1.0.1:44335"), {}, outlet_.announced[1].bytes);
  EXPECT_EQ(counters_.peers, 0u);
}

TEST_F(ExchangeTest, ANameOrHereMeansTheAddressThatThePacketCameFrom) {
  for (const char* host : {"ox2.example.net", "localhost", "127.0.0.1", "0.0.0.0"})
    packet(kPeer, gw::push::HostRegister{host, 44335, ""}, kMulticastPort);
  EXPECT_EQ(counters_.peers, 1u);
  EXPECT_EQ(counters_.announcements, 4u);
}

TEST_F(ExchangeTest, ClientsAndServersHavePortsOfTheirOwnWhenTheyAreApart) {
  settings_.distributes_events = true;
  host_.ports.push_back({Role::Cluster, *parse_endpoint("10.0.0.1:44337")});
  constexpr std::size_t kClusterPort = 2;
  hear(kPeer);
  packet(kPeer, PushSync{42, 7, 1, {3}, 0}, kClientPort);
  EXPECT_EQ(counters_.peer_events_received, 0u);
  packet(kPeer, PushSync{42, 7, 1, {3}, 0}, kClusterPort);
  EXPECT_EQ(counters_.peer_events_received, 1u);
  packet(kClient, gw::push::ClientRegister{3, 1}, kClusterPort);
  EXPECT_EQ(counters_.clients, 0u);
  exchange().announce();
  EXPECT_EQ(outlet_.announced.back().bytes,
            gw::push::format_packet(gw::push::HostRegister{"10.0.0.1", 44337, ""}));
}

TEST_F(ExchangeTest, RequiredSignaturesRefuseWhatIsUnsignedAndRepeated) {
  settings_.distributes_events = true;
  settings_.sign_mode = SignMode::Require;
  settings_.keys = {kKey};
  host_.static_peers = {kPeer};
  packet(kPeer, PushSync{42, 7, 1, {3}, 0});
  EXPECT_EQ(counters_.peer_events_received, 0u);
  signed_packet(kPeer, PushSync{42, 7, 1, {3}, 0}, "0000000000000001");
  signed_packet(kPeer, PushSync{42, 7, 1, {3}, 0}, "0000000000000001");
  EXPECT_EQ(counters_.peer_events_received, 1u);
  EXPECT_EQ(counters_.signatures_refused, 2u);
  event(gw::push::kContact, 42, {3});
  pass(100);
  const auto sent = outlet_.take();
  ASSERT_EQ(sent.size(), 1u);
  const auto parsed = gw::push::parse_packet(sent[0].bytes);
  gw::push::SignatureJudge judge({kKey});
  EXPECT_EQ(judge.judge(std::get<gw::push::ParsedPacket>(parsed).signature, wall_ / 1'000),
            gw::push::Verdict::Good);
}

TEST_F(ExchangeTest, PreferredSignaturesAcceptUnsignedAndRefuseForged) {
  settings_.distributes_events = true;
  settings_.sign_mode = SignMode::Prefer;
  settings_.keys = {gw::push::SignKey{kKey.id, "abcdefghijabcdefghijabcdefghijabcdefghij"}};
  host_.static_peers = {kPeer};
  packet(kPeer, PushSync{42, 7, 1, {3}, 0});
  EXPECT_EQ(counters_.peer_events_received, 1u);
  signed_packet(kPeer, PushSync{42, 7, 1, {3}, 0}, "0000000000000001");
  EXPECT_EQ(counters_.peer_events_received, 1u);
}

TEST_F(ExchangeTest, AFloodOfAPeerIsCut) {
  settings_.distributes_events = true;
  settings_.limits.peer_packets = 10;
  host_.static_peers = {kPeer};
  for (int i = 0; i < 100; ++i) packet(kPeer, PushSync{42, 7, 1, {3}, 0});
  EXPECT_EQ(counters_.peer_events_received, 10u);
  pass(1'000);
  packet(kPeer, PushSync{42, 7, 1, {3}, 0});
  EXPECT_EQ(counters_.peer_events_received, 11u);
}

TEST_F(ExchangeTest, RegistrationsOutliveARestartWithTheRestOfTheirLife) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  packet(*parse_endpoint("10.9.9.8:1"), gw::push::ClientRegister{4, 2});
  pass(600'000);
  const std::string saved = exchange().save();
  exchange_.reset();
  outlet_.take();
  pass(60'000);
  exchange().load(saved);
  EXPECT_EQ(counters_.clients, 2u);
  event(gw::push::kMail, 1, {3}, gw::push::kCreated);
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "1\x01"}}));
  now_ += milliseconds{3'600'000 - 660'000};
  exchange().sweep();
  EXPECT_EQ(counters_.clients, 0u);
}

TEST_F(ExchangeTest, PeersOutliveARestartAndTheirLifeGoesOn) {
  settings_.distributes_events = settings_.is_multicast_on = true;
  settings_.peer_life = milliseconds{100'000};
  hear(kPeer);
  pass(40'000);
  const std::string saved = exchange().save();
  exchange_.reset();
  pass(20'000);
  exchange().load(saved);
  EXPECT_EQ(counters_.peers, 1u);
  packet(kPeer, PushSync{42, 7, 1, {3}, 0});
  EXPECT_EQ(counters_.peer_events_received, 1u);
  pass(40'000);
  exchange().sweep();
  EXPECT_EQ(counters_.peers, 0u);
}

TEST_F(ExchangeTest, ANewPeerHearsOfUsAtOnceAndNotMoreThanOnceASecond) {
  settings_.is_multicast_on = true;
  hear(kPeer);
  pass(0);
  EXPECT_EQ(outlet_.announced.size(), 1u);
  hear(kPeer);
  pass(0);
  EXPECT_EQ(outlet_.announced.size(), 1u) << "a known one needs no answer";
  hear(*parse_endpoint("10.0.0.3:44335"));
  pass(0);
  EXPECT_EQ(outlet_.announced.size(), 1u);
  EXPECT_EQ(exchange().next_work(), now_ + milliseconds{1'000});
  pass(1'000);
  EXPECT_EQ(outlet_.announced.size(), 2u);
}

TEST_F(ExchangeTest, ASignedGoodbyeEndsAPeerAndAnUnsignedOneDoesNot) {
  settings_.sign_mode = SignMode::Prefer;
  settings_.keys = {kKey};
  hear(kPeer);
  const gw::push::HostRegister goodbye{to_text(kPeer.address), kPeer.port, "00112233445566aa", true};
  packet(kPeer, goodbye, kMulticastPort);
  EXPECT_EQ(counters_.peers, 1u);
  const std::string bytes = gw::push::frame_payload(
      gw::push::sign_payload(gw::push::format_payload(goodbye), kKey, wall_ / 1'000, "0000000000000001"));
  exchange().take_packet(kMulticastPort, kStranger, {}, bytes);
  EXPECT_EQ(counters_.peers, 1u) << "another's address";
  exchange().take_packet(kMulticastPort, kPeer, {}, bytes);
  EXPECT_EQ(counters_.peers, 0u);
  EXPECT_EQ(counters_.goodbyes, 1u);
}

TEST_F(ExchangeTest, GoodbyesAreSaidSignedOrNotAtAll) {
  exchange().say_goodbye();
  EXPECT_TRUE(outlet_.announced.empty());
  exchange_.reset();
  settings_.sign_mode = SignMode::Prefer;
  settings_.keys = {kKey};
  exchange().say_goodbye();
  ASSERT_EQ(outlet_.announced.size(), 1u);
  const auto parsed = gw::push::parse_packet(outlet_.announced[0].bytes);
  const auto& packet = std::get<gw::push::ParsedPacket>(parsed);
  EXPECT_EQ(packet.packet, Packet(gw::push::HostRegister{"10.0.0.1", 44335, "00112233445566ff", true}));
  EXPECT_TRUE(packet.signature);
}

TEST_F(ExchangeTest, ABrokenStateFileDoesNoHarm) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  const std::string saved = exchange().save();
  for (std::size_t size = 0; size < saved.size(); ++size) {
    exchange_.reset();
    exchange().load(saved.substr(0, size));
    EXPECT_LE(counters_.clients, 1u);
  }
  exchange_.reset();
  exchange().load(
      "oxpush-registrations 1 1800000000000\nx y z\n1 3 10.9.9.9:0 none 0.0.0.0:44335 0 5\n\n1 3 a b c d "
      "e\n");
  EXPECT_EQ(counters_.clients, 0u);
}

TEST_F(ExchangeTest, NothingThatWaitsIsLostAtTheEnd) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  outlet_.take();
  event(gw::push::kContact, 42, {3});
  exchange().send_all_waiting(now_ + milliseconds{1});
  EXPECT_EQ(outlet_.take(), (std::vector<Sent>{{kClient, "42\x01"}}));
}

TEST_F(ExchangeTest, BadEventsAndNumbersThatDoNotFitGoNowhere) {
  exchange().take_event("nonsense");
  EXPECT_EQ(counters_.events_bad, 1u);
  event(gw::push::kContact, 5'000'000'000, {3});
  event(gw::push::kContact, 42, {});
  EXPECT_EQ(exchange().next_work(), std::nullopt);
  EXPECT_EQ(outlet_.published.size(), 2u);
}

}  // namespace
}  // namespace oxpush
