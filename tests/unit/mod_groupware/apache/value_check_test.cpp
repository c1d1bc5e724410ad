#include "apache/value_check.hpp"

#include <gtest/gtest.h>

namespace gw::apache {
namespace {

Settings usable() {
  Settings settings;
  settings.database.url = "sqlite:/var/lib/groupware/groupware.db";
  return settings;
}

std::string only_problem(const Settings& settings) {
  const auto problems = check_values(settings, true);
  EXPECT_EQ(problems.size(), 1U);
  return problems.empty() ? std::string() : problems.front().text;
}

TEST(ValueCheck, TheDefaultsAndADatabaseAreEnough) { EXPECT_TRUE(check_values(usable(), true).empty()); }

TEST(ValueCheck, TheApiNeedsADatabase) {
  Settings settings;
  EXPECT_EQ(only_problem(settings),
            "the API is on, but there is no database: add GroupwareDatabase "
            "sqlite:/var/lib/groupware/groupware.db");
  EXPECT_TRUE(check_values(settings, false).empty());
}

TEST(ValueCheck, ShortLivedSessionsEndBeforeLongLivedOnes) {
  Settings settings = usable();
  settings.session.short_lifetime = Seconds(864'000);
  EXPECT_EQ(only_problem(settings),
            "GroupwareSessionLifetime: short=10d is longer than long=7d: swap them or raise long");
}

TEST(ValueCheck, RulesNeedMailAndAServer) {
  Settings settings = usable();
  settings.sieve.server.host = "mail.test";
  EXPECT_NE(only_problem(settings).find("add it"), std::string::npos);
  settings.mail.store.host = "mail.test";
  EXPECT_TRUE(check_values(settings, true).empty());
  settings.sieve.server.host.clear();
  settings.sieve.master = "master";
  EXPECT_NE(only_problem(settings).find("GroupwareSieveServer"), std::string::npos);
}

TEST(ValueCheck, FurtherAccountsNeedMailAndAutoconfigNeedsThem) {
  Settings settings = usable();
  settings.mail_accounts.per_user = 3;
  EXPECT_NE(only_problem(settings).find("GroupwareMailServer"), std::string::npos);
  settings.mail.store.host = "mail.test";
  settings.autoconfig.guesses = true;
  EXPECT_TRUE(check_values(settings, true).empty());
  settings.mail_accounts.per_user = 0;
  EXPECT_NE(only_problem(settings).find("GroupwareMailAccounts"), std::string::npos);
}

TEST(ValueCheck, AUserHasNoMoreSessionsThanTheNode) {
  Settings settings = usable();
  settings.session.max_sessions_per_node = 50;
  EXPECT_NE(only_problem(settings).find("raise node"), std::string::npos);
  settings.session.max_sessions_per_node = 0;
  EXPECT_TRUE(check_values(settings, true).empty());
}

TEST(ValueCheck, WhatTravelsInABodyFitsIntoIt) {
  Settings settings = usable();
  settings.limits.upload = 1'048'576;
  EXPECT_NE(only_problem(settings).find("raise GroupwareUploadLimit"), std::string::npos);
  settings = usable();
  settings.limits.body = 1'048'576;
  EXPECT_NE(only_problem(settings).find("raise GroupwareBodyLimit"), std::string::npos);
}

TEST(ConnectionCount, IsAHintForMysqlBeyondItsDefault) {
  Settings settings = usable();
  EXPECT_EQ(describe_connection_count(settings, 100), "");
  settings.database.url = "mysql://u:p@localhost/groupware";
  EXPECT_EQ(describe_connection_count(settings, 6), "");
  EXPECT_NE(describe_connection_count(settings, 20).find("up to 160 database connections"),
            std::string::npos);
}

TEST(ValueCheck, TrustedSendersNeedSomebodyWhoProvesThem) {
  Settings settings = usable();
  settings.authenticity.trusted.push_back({"example.org", ""});
  EXPECT_NE(only_problem(settings).find("GroupwareMailAuthenticity"), std::string::npos);
  settings.authenticity.servers.emplace_back("mx.example.org");
  EXPECT_TRUE(check_values(settings, true).empty());
}

}  // namespace
}  // namespace gw::apache
