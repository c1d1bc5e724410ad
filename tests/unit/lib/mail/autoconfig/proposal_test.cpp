#include "mail/autoconfig/proposal.hpp"

#include <gtest/gtest.h>

using namespace gw::mail;
using namespace gw::mail::autoconfig;

namespace {

const MailAddress kAddress{"anna.b", "example.test"};

constexpr std::string_view kDocument = R"(<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="example.test">
    <domain>example.test</domain>
    <displayName>Example &amp; Sons</displayName>
    <incomingServer type="imap">
      <hostname>IMAP.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
      <authentication>GSSAPI</authentication><authentication>OAuth2</authentication>
      <authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username>
    </incomingServer>
    <incomingServer type="exchange"><hostname>x.test</hostname><port>443</port></incomingServer>
    <incomingServer type="pop3">
      <hostname>pop.example.test</hostname><port> 110 </port><socketType>STARTTLS</socketType>
      <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication>
      <pop3><leaveMessagesOnServer>true</leaveMessagesOnServer></pop3>
    </incomingServer>
    <outgoingServer type="smtp">
      <hostname>smtp.example.test</hostname><port>25</port><socketType>plain</socketType>
      <authentication>none</authentication>
    </outgoingServer>
    <outgoingServer type="smtp"><hostname>a b</hostname><port>25</port><socketType>SSL</socketType>
      <authentication>none</authentication></outgoingServer>
    <outgoingServer type="smtp"><hostname>c.test</hostname><port>70000</port><socketType>SSL</socketType>
      <authentication>none</authentication></outgoingServer>
  </emailProvider>
</clientConfig>)";

}  // namespace

TEST(Autoconfig, ReadsADocument) {
  const auto proposal = parse_document(kDocument, kAddress);
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->provider, "Example & Sons");
  ASSERT_EQ(proposal->incoming.size(), 2U);
  EXPECT_EQ(proposal->incoming[0], (Candidate{"imap", "imap.example.test", 993, Encryption::Tls,
                                              "anna.b@example.test", Mechanism::XOAuth2}));
  EXPECT_EQ(proposal->incoming[1], (Candidate{"pop3", "pop.example.test", 110, Encryption::StartTls, "anna.b",
                                              Mechanism::Password}));
  ASSERT_EQ(proposal->outgoing.size(), 1U);
  EXPECT_EQ(proposal->outgoing[0], (Candidate{"smtp", "smtp.example.test", 25, Encryption::None,
                                              "anna.b@example.test", Mechanism::None}));
}

TEST(Autoconfig, RefusesOtherDocuments) {
  for (const std::string_view xml :
       {"", "no xml", "<html/>", "<clientConfig/>", "<clientConfig><emailProvider>",
        "<!DOCTYPE clientConfig [<!ENTITY a \"b\">]><clientConfig/>"})
    EXPECT_FALSE(parse_document(xml, kAddress)) << xml;
  std::string other(kDocument);
  other.replace(other.find("clientConfig"), 12, "serverConfig");
  EXPECT_FALSE(parse_document(other, kAddress));
  EXPECT_FALSE(parse_document(
      "<!DOCTYPE clientConfig>" + std::string(kDocument.substr(kDocument.find("<client"))), kAddress));
  EXPECT_FALSE(parse_document(std::string(kDocument) + std::string(300'000, ' '), kAddress));
  std::string deep = "<clientConfig>";
  for (int i = 0; i < 1'000; ++i) deep += "<a>";
  EXPECT_FALSE(parse_document(deep, kAddress));
}

TEST(Autoconfig, AddressesAreCheckedBeforeTheyBecomeUrls) {
  EXPECT_EQ(parse_address(" Anna@Example.TEST ")->text(), "Anna@example.test");
  for (const char* text : {"", "anna", "@example.test", "anna@", "anna@localhost", "anna@a..b",
                           "anna@a.test/x", "a b@c.test", "a@b@c.test", "anna@-a.test", "a\"@b.test"})
    EXPECT_FALSE(parse_address(text)) << text;
}

TEST(Autoconfig, KnowsWhereDocumentsLie) {
  const auto urls = document_urls({"a+b", "example.test"}, "https://collection.test/v1.1");
  ASSERT_EQ(urls.size(), 3U);
  EXPECT_EQ(urls[0],
            "https://autoconfig.example.test/mail/config-v1.1.xml?emailaddress=a%2Bb%40example.test");
  EXPECT_EQ(urls[2], "https://collection.test/v1.1/example.test");
  EXPECT_EQ(document_urls(kAddress, "").size(), 2U);
}

TEST(Autoconfig, NamesServicesAndReadsTheirAnswers) {
  const auto names = service_names(kAddress);
  ASSERT_EQ(names.size(), 6U);
  EXPECT_EQ(names[0].name, "_imaps._tcp.example.test");
  const auto found = from_service(names[0], "Mail.Example.test.", 993, kAddress);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Candidate{"imap", "mail.example.test", 993, Encryption::Tls, "anna.b@example.test",
                               Mechanism::Password}));
  EXPECT_FALSE(from_service(names[0], ".", 0, kAddress));
  EXPECT_FALSE(from_service(names[0], "a b", 993, kAddress));
  EXPECT_FALSE(from_service(names[0], "a.test", 0, kAddress));
}

TEST(Autoconfig, GuessesEncryptedServersFirst) {
  Proposal proposal = guess(kAddress);
  EXPECT_EQ(proposal.incoming.front().host, "imap.example.test");
  EXPECT_EQ(proposal.incoming.front().encryption, Encryption::Tls);
  EXPECT_EQ(proposal.outgoing.front().port, 465);
  const std::size_t before = proposal.incoming.size();
  keep_secure(proposal);
  EXPECT_LT(proposal.incoming.size(), before);
  for (const Candidate& candidate : proposal.outgoing) EXPECT_NE(candidate.encryption, Encryption::None);
}
