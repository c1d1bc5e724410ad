// The requests a web client makes when it starts. Source: spec settings sections 1, 4, 6, 7.
#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::TestApi;

class Startup : public testing::Test {
 protected:
  TestApi api;
  static bool has_id(const Json& list, std::string_view id) {
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list.at(i).get("id").as_string() == id) return true;
    return false;
  }
};

TEST_F(Startup, TheLoginPageGetsItsConfigurationWithoutSession) {
  const Json data = api.client().get("apps/manifests?action=config").get("data");
  EXPECT_TRUE(data.get("languages").at(0).is_array());
  EXPECT_TRUE(data.get("manifests").is_array());
  EXPECT_FALSE(has_id(data.get("capabilities"), "contacts"));
}

TEST_F(Startup, CapabilitiesNameWhatWorksAndNothingElse) {
  ApiClient user = api.user("user1");
  const Json all = user.get("capabilities?action=all").get("data");
  EXPECT_TRUE(has_id(all, "contacts"));
  EXPECT_TRUE(has_id(all, "gab"));
  EXPECT_FALSE(has_id(all, "webmail"));
  EXPECT_FALSE(has_id(all, "edit_group"));
  EXPECT_TRUE(has_id(api.user("oxadmin").get("capabilities?action=all").get("data"), "edit_group"));
  EXPECT_EQ(user.get("capabilities?action=get&id=contacts").get("data").get("id").as_string(), "contacts");
  EXPECT_EQ(user.get("capabilities?action=get&id=webmail").get("data").dump(), "{}");
}

TEST_F(Startup, ABadSessionIsNotTakenForNone) {
  EXPECT_EQ(api.client().get("apps/manifests?action=config&session=unset").get("code").as_string(),
            "SES-0203");
}

TEST_F(Startup, LoginWithRampupDeliversEveryPartThatExists) {
  ApiClient client = api.client();
  Request request = client.request(Method::Post, "login?action=login");
  for (const auto& [name, value] : {std::pair{"name", "user1"},
                                    {"password", "secret"},
                                    {"client", "open-xchange-appsuite"},
                                    {"rampup", "true"},
                                    {"rampUpFor", "open-xchange-appsuite"}})
    request.form.add(name, value);
  const Json answer = *Json::parse(client.dispatch(request).body);
  const Json rampup = answer.get("rampup");
  EXPECT_TRUE(has_id(rampup.get("serverConfig").get("capabilities"), "contacts")) << answer.dump();
  EXPECT_EQ(rampup.get("jslobs").get("io.ox/core").get("tree").get("language").as_string(), "en_US");
  EXPECT_EQ(rampup.get("user").get("id").to_integer(), 3);
  EXPECT_TRUE(rampup.get("folderlist").get("1").is_array());
  EXPECT_TRUE(rampup.get("folder").is_missing());
}

TEST_F(Startup, QuotaTellsLimitsAndUse) {
  ApiClient user = api.user("user1");
  const Json data = user.get("quota?action=get").get("data");
  const Json contacts = data.get("contact").get("accounts").at(0);
  EXPECT_EQ(contacts.get("countquota").as_integer(), 250'000);
  EXPECT_EQ(contacts.get("countuse").as_integer(), 3);
  EXPECT_EQ(user.get("quota?action=filestore").get("data").dump(), R"({"quota":-1,"use":0})");
  EXPECT_EQ(user.send(Method::Get, "quota?action=get&module=nonsense").status, 400);
  EXPECT_EQ(user.get("quota?action=get&module=contact&account=7").get("code").as_string(), "QUOTA-0004");
}

TEST_F(Startup, FeedbackIsKeptWithoutTheUsersName) {
  ApiClient user = api.user("user1");
  EXPECT_TRUE(
      user.put("userfeedback?action=store&type=star-rating-v1", R"({"score":5})").get("error").is_missing());
  EXPECT_EQ(user.put("userfeedback?action=store&type=../x", "{}").get("code").as_string(), "SVL-0010");
  EXPECT_EQ(user.put("userfeedback?action=store&type=x", "[]").get("code").as_string(), "SVL-0028");
  sql::Lease lease = api.database.pool->acquire();
  sql::Query row = lease->query("SELECT author,content FROM user_feedback WHERE cid=1");
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.string(0).size(), 64U);
  EXPECT_EQ(row.string(1), R"({"score":5})");
}

TEST_F(Startup, UnknownJobsAndScenariosAreClearErrors) {
  ApiClient user = api.user("user1");
  EXPECT_EQ(user.get("jobs?action=all").get("data").dump(), "[]");
  EXPECT_EQ(user.get("jobs?action=get&id=x").get("categories").as_string(), "USER_INPUT");
  EXPECT_TRUE(user.get("onboarding?action=config").get("data").get("matching").is_array());
  EXPECT_EQ(user.get("onboarding?action=link&type=caldav").get("code").as_string(), "SVL-0010");
}

}  // namespace
}  // namespace gw::ajax
