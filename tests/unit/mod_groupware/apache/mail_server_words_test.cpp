#include "apache/mail_server_words.hpp"

#include <gtest/gtest.h>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

constexpr MailScheme kSchemes[] = {{"sieve", "sieve", 4190, MailEncryption::Prefer},
                                   {"sieves", "sieve", 5190, MailEncryption::Tls}};

MailServerSettings parsed(std::vector<std::string_view> words) {
  return parse_mail_server("GroupwareX", words, kSchemes);
}

TEST(MailServerWords, AUrlHasSchemeHostAndPort) {
  const MailServerSettings plain = parsed({"sieve://mail.test"});
  EXPECT_EQ(plain.protocol, "sieve");
  EXPECT_EQ(plain.host, "mail.test");
  EXPECT_EQ(plain.port, 4190);
  EXPECT_EQ(plain.encryption, MailEncryption::Prefer);
  const MailServerSettings other = parsed({"SIEVES://[::1]:99/"});
  EXPECT_EQ(other.host, "::1");
  EXPECT_EQ(other.port, 99);
  EXPECT_EQ(other.encryption, MailEncryption::Tls);
}

TEST(MailServerWords, WordsFollow) {
  const MailServerSettings server =
      parsed({"sieve://mail.test", "tls=StartTls", "verify=off", "ca=/etc/ca.pem", "auth=off"});
  EXPECT_EQ(server.encryption, MailEncryption::StartTls);
  EXPECT_FALSE(server.verifies_certificate);
  EXPECT_EQ(server.ca_file, "/etc/ca.pem");
  EXPECT_FALSE(server.signs_in);
}

TEST(MailServerWords, WhatIsWrongIsNamed) {
  const std::vector<std::vector<std::string_view>> wrong = {{},
                                                            {"mail.test"},
                                                            {"imap://mail.test"},
                                                            {"sieve://"},
                                                            {"sieve://user@mail.test"},
                                                            {"sieve://mail.test:0"},
                                                            {"sieve://mail.test", "tls=maybe"},
                                                            {"sieve://mail.test", "verify=no"},
                                                            {"sieve://mail.test", "ca=here"},
                                                            {"sieve://mail.test", "colour=red"}};
  for (const auto& words : wrong) {
    try {
      parsed(words);
      ADD_FAILURE() << words.size();
    } catch (const DirectiveError& error) {
      EXPECT_EQ(std::string(error.what()).find("GroupwareX"), 0U) << error.what();
    }
  }
}

TEST(MailServerWords, LoginsArePatterns) {
  EXPECT_EQ(parse_login_pattern("GroupwareX", "%u.%c@%d%%"), "%u.%c@%d%%");
  for (const char* wrong : {"", "%x", "100%", "a\nb"})
    EXPECT_THROW(parse_login_pattern("GroupwareX", wrong), DirectiveError) << wrong;
}

TEST(MailServerWords, TokensComeInAVariable) {
  MailSettings mail;
  set_mail_oauth(mail, "GroupwareX", "OAuthBearer", "OIDC_access_token");
  EXPECT_EQ(mail.sign_in, MailSignIn::OAuthBearer);
  EXPECT_EQ(mail.token_variable, "OIDC_access_token");
  set_mail_oauth(mail, "GroupwareX", "xoauth2", "T");
  EXPECT_EQ(mail.sign_in, MailSignIn::XOAuth2);
  EXPECT_THROW(set_mail_oauth(mail, "GroupwareX", "plain", "T"), DirectiveError);
  for (const char* wrong : {"", "a b", "$T", "%{T}e"})
    EXPECT_THROW(set_mail_oauth(mail, "GroupwareX", "xoauth2", wrong), DirectiveError) << wrong;
}

}  // namespace
}  // namespace gw::apache
