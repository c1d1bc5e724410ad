#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diagnosis/checks.hpp"
#include "diagnosis/http_probe.hpp"

namespace gw::diagnosis {
namespace {

using Variables = std::map<std::string, std::string>;

std::vector<std::string> names(const Findings& findings) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) {
    EXPECT_FALSE(finding.text.empty());
    EXPECT_FALSE(finding.advice.empty()) << finding.check;
    names.push_back(finding.check);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Variables good_server() {
  return {{"character_set_database", "utf8mb4"},
          {"character_set_connection", "utf8mb4"},
          {"sql_mode", "STRICT_TRANS_TABLES"},
          {"tx_isolation", "REPEATABLE-READ"},
          {"innodb_flush_log_at_trx_commit", "1"},
          {"innodb_doublewrite", "ON"},
          {"default_storage_engine", "InnoDB"},
          {"max_allowed_packet", "67108864"},
          {"wait_timeout", "28800"},
          {"max_connections", "151"}};
}

TEST(DatabaseJudgementTest, AServerAsItShouldBeHasNoFindings) {
  EXPECT_EQ(names(judge_mysql(good_server(), {})), std::vector<std::string>());
}

TEST(DatabaseJudgementTest, EachSettingIsJudged) {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>> bad = {
      {{"character_set_database", "latin1"}, "database-charset"},
      {{"sql_mode", "ANSI"}, "database-mode"},
      {{"tx_isolation", "READ-COMMITTED"}, "database-isolation"},
      {{"innodb_flush_log_at_trx_commit", "2"}, "database-durability"},
      {{"innodb_doublewrite", "OFF"}, "database-doublewrite"},
      {{"default_storage_engine", "MyISAM"}, "database-engine"},
      {{"read_only", "ON"}, "database-read-only"},
      {{"max_allowed_packet", "1048576"}, "database-packet"},
      {{"wait_timeout", "60"}, "database-wait"},
      {{"max_connections", "20"}, "database-connections"}};
  for (const auto& [setting, wanted] : bad) {
    Variables variables = good_server();
    variables[setting.first] = setting.second;
    EXPECT_EQ(names(judge_mysql(variables, {})), std::vector<std::string>{wanted}) << setting.first;
  }
}

TEST(DatabaseJudgementTest, AGaleraClusterMustHaveAQuorumAndThreeNodes) {
  Variables variables = good_server();
  variables["wsrep_on"] = "ON";
  variables["binlog_format"] = "ROW";
  variables["innodb_autoinc_lock_mode"] = "2";
  const Variables fine = {
      {"wsrep_ready", "ON"}, {"wsrep_cluster_status", "Primary"}, {"wsrep_cluster_size", "3"}};
  EXPECT_TRUE(judge_mysql(variables, fine).empty());
  Variables small = fine;
  small["wsrep_cluster_size"] = "2";
  small["wsrep_ready"] = "OFF";
  EXPECT_EQ(names(judge_mysql(variables, small)),
            (std::vector<std::string>{"galera-not-ready", "galera-small"}));
  variables["binlog_format"] = "MIXED";
  variables["innodb_autoinc_lock_mode"] = "1";
  EXPECT_EQ(names(judge_mysql(variables, fine)),
            (std::vector<std::string>{"galera-autoinc", "galera-binlog"}));
}

TEST(DatabaseJudgementTest, PragmasOfSqliteAreJudged) {
  EXPECT_TRUE(judge_sqlite({{"journal_mode", "wal"}, {"synchronous", "2"}, {"encoding", "UTF-8"}}).empty());
  EXPECT_EQ(names(judge_sqlite({{"journal_mode", "delete"}, {"synchronous", "0"}, {"encoding", "UTF-16le"}})),
            (std::vector<std::string>{"database-charset", "database-durability", "database-journal"}));
}

TEST(HttpProbeTest, AddressesAreResolvedAgainstTheirBase) {
  EXPECT_EQ(resolve_url("https://a.test/.well-known/caldav", "/dav/"), "https://a.test/dav/");
  EXPECT_EQ(resolve_url("https://a.test/x", "http://b.test/"), "http://b.test/");
  EXPECT_EQ(resolve_url("https://a.test/x", "javascript:alert(1)"), "");
  EXPECT_EQ(scheme_of("ftp://a.test/"), "");
  EXPECT_EQ(scheme_of("a.test"), "");
}

TEST(HttpProbeTest, DatesOfCertificatesAreRead) {
  EXPECT_EQ(parse_certificate_date("Jan  2 00:00:00 2030 GMT")->value, 1'893'542'400'000);
  EXPECT_FALSE(parse_certificate_date("soon"));
}

}  // namespace
}  // namespace gw::diagnosis
