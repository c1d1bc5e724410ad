#include "mail/mime/authenticity.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "mail/mime/authentication_results.hpp"

namespace gw::mail::mime {
namespace {

TEST(AuthenticationResults, ResultsReasonsAndPropertiesAreRead) {
  const auto found = parse_authentication_results(
      "MX.example.org 1; spf=pass (sender ok) smtp.mailfrom=ann@a.test;\r\n dkim/1=FAIL reason=\"bad; "
      "\\\"key\\\"\" header.d=a.test header.b=ab=;(a (nested\\) ) comment) dmarc = none policy . dmarc = "
      "none");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->server, "mx.example.org");
  ASSERT_EQ(found->methods.size(), 3U);
  EXPECT_EQ(found->methods[0].result, "pass");
  EXPECT_EQ(found->methods[0].reason, "sender ok");
  EXPECT_EQ(found->methods[0].property("smtp.mailfrom"), "ann@a.test");
  EXPECT_EQ(found->methods[1].result, "fail");
  EXPECT_EQ(found->methods[1].reason, "bad; \"key\"");
  EXPECT_EQ(found->methods[1].property("header.b"), "ab=");
  EXPECT_EQ(found->methods[2].property("policy.dmarc"), "none");
}

TEST(AuthenticationResults, WhatIsNoListGivesNothing) {
  EXPECT_FALSE(parse_authentication_results(""));
  EXPECT_FALSE(parse_authentication_results("(only a comment"));
  EXPECT_FALSE(parse_authentication_results("mx.test spf = pass"));
  EXPECT_FALSE(parse_authentication_results(std::string(kMaxResultBytes + 1, 'a')));
  EXPECT_TRUE(parse_authentication_results("mx.test; none")->methods.empty());
  EXPECT_EQ(parse_authentication_results("mx.test; spf=pass; broken; dkim=pass")->methods.size(), 1U);
  std::string many = "mx.test";
  for (int i = 0; i < 300; ++i) many += "; x=pass";
  EXPECT_EQ(parse_authentication_results(many)->methods.size(), kMaxMethods);
}

class AuthenticityOf : public ::testing::Test {
 protected:
  static Authenticity judge(std::vector<std::string> headers, const std::string& from = "ann@a.test") {
    Message mail;
    mail.from.push_back({std::nullopt, from});
    for (std::string& each : headers) mail.headers.emplace_back("authentication-results", std::move(each));
    const std::vector<std::string> servers{"mx.test", "other.test"};
    return judge_authenticity(mail, servers);
  }
  static std::string status(const std::string& results, const std::string& from = "ann@a.test") {
    return std::string(status_name(judge({"mx.test; " + results}, from).status));
  }
};

TEST_F(AuthenticityOf, TheNewestHeaderOfATrustedServerCounts) {
  EXPECT_EQ(judge({}).status, AuthenticityStatus::NotAnalyzed);
  EXPECT_EQ(judge({"evil.test; dmarc=pass header.from=a.test"}).status, AuthenticityStatus::NotAnalyzed);
  EXPECT_EQ(judge({"evil.test; dmarc=pass", "OTHER.test; dmarc=fail header.from=a.test",
                   "mx.test; dmarc=pass header.from=a.test"})
                .status,
            AuthenticityStatus::Fail);
}

TEST_F(AuthenticityOf, DmarcDecides) {
  EXPECT_EQ(status("dmarc=pass header.from=A.test; spf=fail smtp.mailfrom=b.test"), "pass");
  EXPECT_EQ(status("dmarc=fail header.from=a.test; dkim=pass header.d=a.test"), "fail");
  EXPECT_EQ(status("dmarc=pass header.from=b.test"), "neutral");
  EXPECT_EQ(status("dmarc=pass"), "pass");
}

TEST_F(AuthenticityOf, WithoutDmarcTheVisibleDomainMustHaveSignedOrSent) {
  EXPECT_EQ(status("dmarc=none; dkim=pass header.d=a.test"), "pass");
  EXPECT_EQ(status("dkim=pass header.i=@mail.a.test"), "pass");
  EXPECT_EQ(status("dkim=pass header.d=a.test", "ann@sub.a.test"), "pass");
  EXPECT_EQ(status("dkim=pass header.d=test"), "neutral");
  EXPECT_EQ(status("dkim=pass header.d=ba.test"), "neutral");
  EXPECT_EQ(status("spf=pass smtp.mailfrom=bounce@a.test"), "pass");
  EXPECT_EQ(status("spf=pass smtp.mailfrom=b.test"), "neutral");
  EXPECT_EQ(status("spf=fail smtp.mailfrom=a.test"), "fail");
  EXPECT_EQ(status("spf=softfail smtp.mailfrom=a.test; dkim=fail header.d=a.test"), "neutral");
  EXPECT_EQ(status("spf=fail smtp.mailfrom=a.test; dkim=pass header.d=a.test"), "pass");
  EXPECT_EQ(status("none"), "neutral");
}

TEST_F(AuthenticityOf, TheBestOfSeveralSignaturesIsShown) {
  const auto found =
      judge({"mx.test; dkim=fail header.d=x.test; dkim=pass header.d=b.test; dkim=pass header.d=a.test; "
             "arc=pass"});
  EXPECT_EQ(found.status, AuthenticityStatus::Pass);
  EXPECT_EQ(found.dkim->domain, "a.test");
  EXPECT_EQ(found.others, (std::vector<std::pair<std::string, std::string>>{
                              {"dkim", "fail"}, {"dkim", "pass"}, {"arc", "pass"}}));
}

TEST_F(AuthenticityOf, SeveralSendersAreNeverProved) {
  Message mail;
  mail.from = {{std::nullopt, "ann@a.test"}, {std::nullopt, "bad@b.test"}};
  mail.headers.emplace_back("Authentication-Results", "mx.test; dmarc=pass header.from=a.test");
  const std::vector<std::string> servers{"mx.test"};
  EXPECT_EQ(judge_authenticity(mail, servers).status, AuthenticityStatus::Neutral);
}

TEST(Senders, AnAddressOrADomainWithThoseBelow) {
  EXPECT_TRUE(is_sender_of("ann@a.test", "Ann@A.test"));
  EXPECT_FALSE(is_sender_of("ann@a.test", "bob@a.test"));
  EXPECT_TRUE(is_sender_of("a.test", "bob@mail.a.test"));
  EXPECT_FALSE(is_sender_of("a.test", "bob@ba.test"));
}

}  // namespace
}  // namespace gw::mail::mime
