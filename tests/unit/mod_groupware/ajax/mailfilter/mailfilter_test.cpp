#include "ajax/mailfilter/mailfilter.hpp"

#include <gtest/gtest.h>

#include "support/memory_sieve.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class MailFilter : public ::testing::Test {
 protected:
  MailFilter() {
    api.database.settings.mail.store.host = "mail.test";
    api.database.settings.sieve.server = {"sieve", "127.0.0.1", server.port(), MailEncryption::Prefer};
    client = std::make_unique<ApiClient>(api.user("user1"));
  }

  /// Data, or the code of an error.
  static std::string outcome(const Json& answer) {
    return answer.get("error").is_missing() ? answer.get("data").dump() : code_of(answer);
  }
  std::string put(const std::string& action, const std::string& body, const std::string& version = "") {
    return outcome(client->put("mailfilter" + version + "?action=" + action, body));
  }
  Json list(const std::string& rest = "", const std::string& version = "") {
    return client->get("mailfilter" + version + "?action=list" + rest).get("data");
  }
  std::string names() {
    std::string names;
    const Json rules = list();
    for (std::size_t i = 0; i < rules.size(); ++i) names += rules.at(i).get("rulename").as_string();
    return names;
  }
  static std::string rule(const std::string& name, const std::string& members = "") {
    return R"({"rulename":")" + name + R"(","test":{"id":"true"},"actioncmds":[{"id":"keep"}])" + members +
           "}";
  }

  MemorySieve server;
  TestApi api;
  std::unique_ptr<ApiClient> client;
};

TEST_F(MailFilter, RulesAreMadeChangedOrderedAndDeleted) {
  EXPECT_EQ(put("new", rule("a")), "0");
  EXPECT_EQ(put("new", rule("b")), "1");
  EXPECT_EQ(put("new", rule("c", R"(,"position":0)")), "2");
  EXPECT_EQ(names(), "cab");
  EXPECT_EQ(put("update", R"({"id":0,"rulename":"A","active":false})"), "");
  const Json changed = list().at(1);
  EXPECT_EQ(changed.get("rulename").as_string(), "A");
  EXPECT_FALSE(changed.get("active").to_boolean().value_or(true));
  EXPECT_EQ(changed.get("actioncmds").dump(), R"([{"id":"keep"}])");
  EXPECT_EQ(put("reorder", "[1,0]"), "");
  EXPECT_EQ(names(), "bAc");
  EXPECT_EQ(put("delete", R"({"id":1})"), "");
  EXPECT_EQ(names(), "Ac");
  EXPECT_EQ(put("deletescript", ""), "");
  EXPECT_EQ(names(), "");
  EXPECT_EQ(put("getscript", ""), "MAIL_FILTER-0022");
}

TEST_F(MailFilter, BothVersionsSeeTheSameRules) {
  const std::string subject =
      R"({"rulename":"s","test":{"id":"subject","comparison":"startswith","values":["x"]},"actioncmds":[{"id":"stop"}]})";
  EXPECT_EQ(put("new", subject, "/v2"), "0");
  EXPECT_EQ(put("new", subject), "MAIL_FILTER-0025");
  EXPECT_EQ(list("", "/v2").at(0).get("test").dump(),
            R"({"id":"subject","comparison":"startswith","values":["x"]})");
  EXPECT_EQ(list().at(0).get("test").dump(),
            R"({"id":"header","comparison":"matches","headers":["Subject"],"values":["x*"]})");
}

TEST_F(MailFilter, ListsAreFilteredByFlagAndKeepTheirPositions) {
  put("new", rule("a"));
  put("new", rule("v", R"(,"flags":["vacation"])"));
  const Json found = list("&flag=vacation");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(0).get("position").as_integer(), 1);
  EXPECT_EQ(code_of(client->get("mailfilter?action=list&flag=odd")), "MAIL_FILTER-0026");
  EXPECT_EQ(list("&flag=odd", "/v2").size(), 0U);
}

TEST_F(MailFilter, WrongInputHasItsOwnCodesAndStoresNothing) {
  put("new", rule("a", R"(,"flags":["vacation"])"));
  const int changes = server.changes;
  EXPECT_EQ(put("new", rule("b", R"(,"position":9)")), "MAIL_FILTER-0007");
  EXPECT_EQ(put("new", rule("b", R"(,"flags":["vacation"])")), "MAIL_FILTER-0021");
  EXPECT_EQ(put("new", "[]"), "MAIL_FILTER-0003");
  EXPECT_EQ(put("new", "{}"), "MAIL_FILTER-0018");
  EXPECT_EQ(put("new", R"({"test":{"id":"true"},"actioncmds":[{"id":"redirect","to":"x"}]})"),
            "MAIL_FILTER-0023");
  EXPECT_EQ(put("new", R"({"test":{"id":"true"},"actioncmds":[{"id":"move","into":"default3/x"}]})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(put("update", "{}"), "MAIL_FILTER-0001");
  EXPECT_EQ(put("update", R"({"id":"x"})"), "MAIL_FILTER-0009");
  EXPECT_EQ(put("update", R"({"id":9})"), "MAIL_FILTER-0008");
  EXPECT_EQ(put("delete", R"({"id":9})"), "MAIL_FILTER-0008");
  EXPECT_EQ(put("reorder", "[0,0]"), "MAIL_FILTER-0028");
  EXPECT_EQ(put("reorder", "[9]"), "MAIL_FILTER-0008");
  EXPECT_EQ(server.changes, changes);
}

TEST_F(MailFilter, TheConfigurationIsWhatTheServerHasWithoutWhatIsHidden) {
  api.database.settings.sieve.hidden = {"action:redirect", "comparison:matches", "test:size"};
  const std::string one = client->get("mailfilter?action=config").get("data").dump();
  EXPECT_NE(one.find(R"("vacation")"), std::string::npos);
  EXPECT_NE(one.find(R"("capabilities":["copy","date","fileinto")"), std::string::npos);
  for (const char* gone : {"redirect", "matches", "size", "envelope", "notify"})
    EXPECT_EQ(one.find('"' + std::string(gone) + '"'), std::string::npos) << gone;
  const Json two = client->get("mailfilter/v2?action=config").get("data");
  EXPECT_TRUE(two.get("options").get("allowNestedTests").to_boolean().value_or(false));
  EXPECT_EQ(two.get("options").get("MAXREDIRECTS").as_integer(), 2);
}

TEST_F(MailFilter, RedirectsFollowThePolicy) {
  api.database.settings.sieve.denied_redirects = {"evil.test"};
  api.database.settings.sieve.max_redirects = 1;
  const auto redirect = [](const std::string& to) {
    return R"({"test":{"id":"true"},"actioncmds":[{"id":"redirect","to":")" + to + R"("}]})";
  };
  EXPECT_EQ(put("new", redirect("a@evil.test")), "MAIL_FILTER-0024");
  EXPECT_EQ(put("new", redirect("a@good.test")), "0");
  EXPECT_EQ(put("new", redirect("b@good.test")), "MAIL_FILTER-0024");
}

TEST_F(MailFilter, TheCapabilityIsThereOnlyWithAServer) {
  const auto has = [&] {
    return client->get("capabilities?action=all").dump().find("\"mailfilter_v2\"") != std::string::npos;
  };
  EXPECT_TRUE(has());
  api.database.settings.sieve.server.host.clear();
  EXPECT_FALSE(has());
  EXPECT_EQ(code_of(client->get("mailfilter?action=list")), "MAIL_FILTER-0027");
}

}  // namespace
}  // namespace gw::test
