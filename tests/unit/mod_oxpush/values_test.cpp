#include "mod_oxpush/values.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

struct Refused {
  const char* directive;
  const char* word;
  const char* wanted;
};

TEST(Values, WrongWordsNameTheFix) {
  const Refused kCases[] = {
      {"OXPushPort", "0", "no port from 1 to 65535"},
      {"OXPushPort", "x", "no port from 1 to 65535"},
      {"OXPushDelay", "2h", "no time from 0 to 1h"},
      {"OXPushDelay", "soon", "units ms, s, mi, h"},
      {"OXPushDelay", "-1", "units ms, s, mi, h"},
      {"OXPushRegisterTimeout", "0", "1s to 168h"},
      {"OXPushPeerLife", "169h", "1s to 168h"},
      {"OXPushAnnounceInterval", "99ms", "100ms to 1h"},
      {"OXPushClientBind", "localhost", "write * or a literal address"},
      {"OXPushClientBind", "224.0.0.1", "write * or a literal address"},
      {"OXPushClusterBind", "192.0.2.1:0", "write * or a literal address"},
      {"OXPushClientNetworks", "everybody", "write private, local, all"},
      {"OXPushClusterNetworks", "10.0.0.0/33", "write private, local, all"},
      {"OXPushHostname", "a b", "neither a host name"},
      {"OXPushPeer", "ho/st", "write a name or an address"},
      {"OXPushPeer", "host:99999", "write a name or an address"},
      {"OXPushPeerAddress", "maybe", "write source or any"},
      {"OXPushMulticastGroup", "10.0.0.1", "is no multicast address"},
      {"OXPushDistribution", "both", "write none, event or register"},
      {"OXPushLimits", "packets", "with N from 1 to 65535"},
      {"OXPushLimits", "packets=0", "with N from 1 to 65535"},
      {"OXPushLimits", "wishes=3", "there are clients=N"},
      {"OXPushSignatures", "on", "write off, prefer or require"},
      {"OXPushRestartDelay", "5", "write min=100ms max=30s"},
      {"OXPushKeyFile", "", "not empty"},
      {"OXPushMailListeners", "-1", "no number from 0 (off) to 100000"},
      {"OXPushMailListeners", "100001", "no number from 0 (off) to 100000"},
  };
  for (const Refused& test : kCases) {
    Settings settings;
    EXPECT_NE(apply_word(settings, test.directive, test.word).find(test.wanted), std::string::npos)
        << test.directive << " " << test.word << ": " << apply_word(settings, test.directive, test.word);
  }
}

TEST(Values, GoodWordsAreTaken) {
  Settings settings;
  for (const auto& [directive, word] :
       std::initializer_list<std::pair<const char*, const char*>>{{"OXPushPort", "44336"},
                                                                  {"oxpushdelay", "2mi"},
                                                                  {"OXPushRegisterTimeout", "1h"},
                                                                  {"OXPushAnnounceInterval", "500ms"},
                                                                  {"OXPushClientBind", "[2001:db8::1]:7"},
                                                                  {"OXPushClientBind", "*"},
                                                                  {"OXPushClientNetworks", "192.0.2.0/24"},
                                                                  {"OXPushPeer", "ox2.example.net:44337"},
                                                                  {"OXPushMulticastGroup", "ff02::4242"},
                                                                  {"OXPushLimits", "clients-per-user=2"},
                                                                  {"OXPushSignatures", "require"},
                                                                  {"OXPushClientSignatures", "prefer"},
                                                                  {"OXPushDistribution", "register"}})
    EXPECT_EQ(apply_word(settings, directive, word), "") << directive;
  EXPECT_EQ(settings.engine.port, 44336);
  EXPECT_EQ(settings.engine.delay, std::chrono::minutes{2});
  EXPECT_EQ(settings.client_binds, (std::vector<std::string>{"[2001:db8::1]:7", "*"}));
  EXPECT_EQ(settings.engine.limits.clients_per_user, 2u);
  EXPECT_EQ(settings.engine.sign_mode, SignMode::Require);
  EXPECT_EQ(settings.engine.client_sign_mode, SignMode::Prefer);
  EXPECT_TRUE(settings.engine.distributes_registrations && !settings.engine.distributes_events);
}

constexpr const char* kShipped = R"(# as shipped, with what people add
com.openexchange.push.udp.pushEnabled=true
com.openexchange.push.udp.remoteHost= 192.0.2.2 , ox3.example.net:44337
com.openexchange.push.udp.registerTimeout=3600000
com.openexchange.push.udp.registerPort: 44335 )"
                                 "\t\n"
                                 R"(com.openexchange.push.udp.registerDistributionEnabled=false
com.openexchange.push.udp.eventDistributionEnabled=TRUE
com.openexchange.push.udp.outputQueueDelay=60000
com.openexchange.push.udp.hostname=
com.openexchange.push.udp.senderAddress=192.0.2.100
com.openexchange.push.udp.multicastEnabled=true
com.openexchange.push.udp.multicastAddress=224.0.0.1
com.openexchange.push.udp.multicastPort=9983
com.openexchange.push.udp.remoteHostTimeOut=7200000
com.openexchange.push.udp.remoteHostRefresh=10000
com.openexchange.push.udp.outputBlockSize=65535
com.openexchange.push.udp.somethingElse=1
)";

TEST(Properties, EveryOneOfAnExistingInstallIsRead) {
  Settings settings;
  const PropertiesResult result = apply_properties(settings, kShipped);
  EXPECT_EQ(result.error, "");
  ASSERT_EQ(result.warnings.size(), 2u);
  EXPECT_NE(result.warnings[0].find("outputBlockSize has no effect"), std::string::npos);
  EXPECT_NE(result.warnings[1].find("somethingElse is unknown"), std::string::npos);
  EXPECT_TRUE(settings.engine.is_udp_on && settings.engine.is_multicast_on &&
              settings.engine.distributes_events);
  EXPECT_FALSE(settings.engine.distributes_registrations);
  EXPECT_EQ(settings.peers, (std::vector<std::string>{"192.0.2.2", "ox3.example.net:44337"}));
  EXPECT_EQ(settings.engine.delay, std::chrono::minutes{1});
  EXPECT_EQ(settings.client_binds, std::vector<std::string>{"192.0.2.100"});
  EXPECT_EQ(settings.group_port, 9983);
  EXPECT_EQ(settings.engine.peer_life, std::chrono::hours{2});
  EXPECT_EQ(settings.engine.announce_interval, std::chrono::seconds{10});
  EXPECT_EQ(settings.engine.hostname, "");
  EXPECT_TRUE(find_conflicts(settings).empty());
}

TEST(Properties, AWrongValueNamesTheProperty) {
  Settings settings;
  const std::string error =
      apply_properties(settings, "com.openexchange.push.udp.outputQueueDelay=soon\n").error;
  EXPECT_EQ(
      error,
      "com.openexchange.push.udp.outputQueueDelay: 'soon' is no number of milliseconds up to 604800000");
}

std::string only_conflict(const Settings& settings) {
  const auto found = find_conflicts(settings);
  return found.size() == 1 ? found[0] : std::to_string(found.size()) + " conflicts";
}

TEST(Conflicts, EachNamesItsFix) {
  Settings both;
  apply_properties(both,
                   "com.openexchange.push.udp.pushEnabled=true\n"
                   "com.openexchange.push.udp.multicastEnabled=true\n"
                   "com.openexchange.push.udp.registerDistributionEnabled=true\n"
                   "com.openexchange.push.udp.eventDistributionEnabled=true\n");
  EXPECT_NE(only_conflict(both).find("are both true"), std::string::npos);

  Settings alone;
  alone.engine.is_udp_on = alone.engine.distributes_events = true;
  EXPECT_NE(only_conflict(alone).find("write OXPushMulticast On or OXPushPeer HOST"), std::string::npos);
  alone.peers.emplace_back("192.0.2.2");
  EXPECT_TRUE(find_conflicts(alone).empty());

  Settings life;
  life.engine.is_udp_on = life.engine.is_multicast_on = true;
  life.engine.peer_life = life.engine.announce_interval;
  EXPECT_NE(only_conflict(life).find("OXPushPeerLife must be longer"), std::string::npos);

  Settings link;
  link.engine.is_udp_on = link.engine.is_multicast_on = true;
  link.groups = {"239.192.0.1", "[ff02::4242]:9982"};
  EXPECT_NE(only_conflict(link).find("write OXPushMulticastInterface NAME"), std::string::npos);

  Settings keys;
  keys.engine.is_udp_on = true;
  keys.engine.sign_mode = SignMode::Prefer;
  EXPECT_NE(only_conflict(keys).find("write OXPushKeyFile FILE"), std::string::npos);

  Settings binds;
  binds.engine.is_udp_on = true;
  binds.cluster_binds.emplace_back("*:44335");
  EXPECT_NE(only_conflict(binds).find("are both * port 44335"), std::string::npos);

  Settings delay;
  delay.restart_delay_min = std::chrono::seconds{31};
  EXPECT_NE(only_conflict(delay).find("swap them or raise max"), std::string::npos);

  both.engine.is_udp_on = false;
  EXPECT_TRUE(find_conflicts(both).empty()) << "what is switched off does not disturb";
}

}  // namespace
}  // namespace oxpush
