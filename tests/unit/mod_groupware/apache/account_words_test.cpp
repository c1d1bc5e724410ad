#include "apache/account_words.hpp"

#include <gtest/gtest.h>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

using List = std::vector<std::string_view>;

template <class Set, class Settings>
Settings changed(Set set, const List& words, Settings settings = {}) {
  set(settings, "GroupwareX", words);
  return settings;
}

TEST(AccountWords, NetworksReplaceTheDefault) {
  const auto set = [](const List& words) {
    return changed(set_denied_networks, words, MailAccountSettings{});
  };
  EXPECT_EQ(set({"internal", "192.0.2.0/24"}).denied_networks.size(), 2U);
  EXPECT_TRUE(set({"none"}).denied_networks.empty());
  for (const List& wrong : {List{}, List{"none", "internal"}, List{"10.0.0.1/8"}, List{"example.org"}})
    EXPECT_THROW(set(wrong), DirectiveError);
}

TEST(AccountWords, PortsAreNumbersOrAny) {
  const auto set = [](const List& words) { return changed(set_account_ports, words, MailAccountSettings{}); };
  EXPECT_EQ(set({"993", "465"}).ports, (std::vector<int>{993, 465}));
  EXPECT_TRUE(set({"any"}).ports.empty());
  for (const List& wrong : {List{}, List{"0"}, List{"65536"}, List{"any", "993"}})
    EXPECT_THROW(set(wrong), DirectiveError);
}

TEST(AccountWords, EncryptionIsRequiredAndCheckedAsTold) {
  const auto set = [](const List& words) { return changed(set_account_tls, words, MailAccountSettings{}); };
  const MailAccountSettings settings = set({"required=on", "verify=Off", "ca=/etc/ca.pem"});
  EXPECT_TRUE(settings.requires_tls);
  EXPECT_FALSE(settings.verifies_certificate);
  EXPECT_EQ(settings.ca_file, "/etc/ca.pem");
  for (const List& wrong : {List{}, List{"required"}, List{"ca=x"}, List{"verify=maybe"}})
    EXPECT_THROW(set(wrong), DirectiveError);
}

TEST(AccountWords, ServersAreLookedForWhereTold) {
  const auto set = [](const List& words) { return changed(set_autoconfig, words, AutoconfigSettings{}); };
  const AutoconfigSettings settings = set({"domain=on", "guess=on", "directory=https://x.test/v1/"});
  EXPECT_TRUE(settings.asks_domain && settings.guesses);
  EXPECT_EQ(settings.directory, "https://x.test/v1/");
  EXPECT_FALSE(set({"domain=off"}).is_configured());
  for (const List& wrong : {List{}, List{"directory=ftp://x"}, List{"domain=1x"}, List{"x=on"}})
    EXPECT_THROW(set(wrong), DirectiveError);
}

TEST(AccountWords, AProviderHasADomainAndTwoServers) {
  const auto parse = [](const List& words) { return parse_provider("GroupwareMailProvider", words); };
  const KnownProvider known =
      parse({"Example.COM", "imap://imap.example.com", "smtps://smtp.example.com", "login=%u"});
  EXPECT_EQ(known.domain, "example.com");
  EXPECT_EQ(known.store.encryption, MailEncryption::StartTls);
  EXPECT_EQ(known.store.port, 143);
  EXPECT_EQ(known.transport.port, 465);
  EXPECT_EQ(known.login, "%u");
  for (const List& wrong :
       {List{"example.com"}, List{"com", "imap://x", "smtps://x"}, List{"x.test", "smtps://x", "imap://x"},
        List{"x.test", "imap://x", "smtps://x", "login=%z"},
        List{"x.test", "imap://x", "smtps://x", "tls=tls"}})
    EXPECT_THROW(parse(wrong), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
