#include "mailbox/accounts/reach.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "mail/net/socket.hpp"
#include "unit/lib/mailbox/accounts/sample_account.hpp"

namespace gw::mailbox::accounts {
namespace {

using gw::test::code_of;

ServerRecord at(const std::string& host, int port = 993, Tls tls = Tls::Always) {
  return {"imap", host, port, tls, "x", "", {}};
}

TEST(Reach, InternalNetworksAndOddPortsAreDenied) {
  const MailAccountSettings settings;
  const Reach reach(settings);
  EXPECT_EQ(code_of([&] { reach.require(at("192.0.2.1")); }), "");
  EXPECT_EQ(code_of([&] { reach.require(at("mail.example.test")); }), "");
  for (const char* host : {"127.0.0.1", "10.1.1.1", "::1", "::ffff:192.168.1.1", "169.254.169.254"})
    EXPECT_EQ(code_of([&] { reach.require(at(host)); }), "ACC-0025") << host;
  EXPECT_EQ(code_of([&] { reach.require(at("192.0.2.1", 22)); }), "ACC-0025");
}

TEST(Reach, NamesAreJudgedByTheirAddress) {
  const MailAccountSettings settings;
  const Reach reach(settings);
  EXPECT_EQ(code_of([&] { reach.require_resolved(at("localhost")); }), "ACC-0025");
  // Spellings of addresses that only the resolver knows.
  EXPECT_EQ(code_of([&] { reach.require_resolved(at("127.1")); }), "ACC-0025");
  // Whatever was said before: what is connected to counts.
  EXPECT_EQ(
      code_of([&] { mail::net::Socket::connect("localhost", 9, Milliseconds(100), reach.denied().get()); }),
      "ACC-0025");
}

TEST(Reach, TlsMayBeRequired) {
  MailAccountSettings settings;
  settings.requires_tls = true;
  const Reach reach(settings);
  EXPECT_EQ(code_of([&] { reach.require(at("192.0.2.1", 143, Tls::Offered)); }), "MSG-0111");
  EXPECT_EQ(code_of([&] { reach.require(at("192.0.2.1", 143, Tls::StartTls)); }), "");
  mail::Server server;
  server.host = "192.0.2.1";
  server.port = 143;
  EXPECT_EQ(code_of([&] { reach.apply(server); }), "MSG-0111");
  server.encryption = mail::Encryption::StartTls;
  EXPECT_EQ(code_of([&] { reach.apply(server); }), "");
  EXPECT_EQ(server.denied, reach.denied());
}

TEST(Reach, EverythingMayBeAllowed) {
  MailAccountSettings settings;
  settings.denied_networks.clear();
  settings.ports.clear();
  const Reach reach(settings);
  EXPECT_EQ(reach.denied(), nullptr);
  EXPECT_EQ(code_of([&] { reach.require_resolved(at("localhost", 22)); }), "");
  settings.denied_networks = {"internal", "192.0.2.0/24"};
  EXPECT_EQ(code_of([&] { Reach(settings).require(at("192.0.2.1")); }), "ACC-0025");
  settings.denied_networks = {"example.org"};
  EXPECT_THROW(denied_networks(settings.denied_networks), std::invalid_argument);
}

}  // namespace
}  // namespace gw::mailbox::accounts
