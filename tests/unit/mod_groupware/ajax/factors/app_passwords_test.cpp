#include "ajax/factors/app_passwords.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::code_of;

class AppPasswordModule : public testing::Test {
 protected:
  Json post(ApiClient& client, const std::string& action,
            const std::vector<std::pair<std::string, std::string>>& fields) {
    Request request = client.request(Method::Post, "appPasswords?action=" + action);
    for (const auto& [name, value] : fields) request.form.add(name, value);
    return test::json(client.dispatch(request));
  }
  std::string make(const std::string& scope = "api") {
    const Json answer = post(owner, "add", {{"appScope", scope}, {"appName", "Script"}});
    EXPECT_EQ(code_of(answer), "") << answer.dump();
    return std::string(answer.get("data").get("password").as_string());
  }
  test::TestApi api;
  ApiClient owner = api.user("user1");
};

TEST_F(AppPasswordModule, TellsWhatCanBeOpened) {
  const Json apps = owner.get("appPasswords?action=getApps").get("data");
  ASSERT_EQ(apps.size(), 1U) << "there is no file store";
  EXPECT_EQ(apps.at(0).get("name").as_string(), "api");
  EXPECT_FALSE(apps.at(0).get("displayName").as_string().empty());
  EXPECT_EQ(apps.at(0).get("sort").as_integer(), 1);
  EXPECT_EQ(code_of(post(owner, "add", {{"appScope", "webdav"}, {"appName", "x"}})), "APP_PASSWORD-0001");
}

TEST_F(AppPasswordModule, APasswordIsShownOnceAndListedWithItsLastUse) {
  const Json answer = post(owner, "add", {{"appScope", "api"}, {"appName", "Script"}});
  EXPECT_EQ(answer.get("data").get("login").as_string(), "user1");
  EXPECT_TRUE(answer.get("data").get("newLogin").is_boolean());
  const std::string password(answer.get("data").get("password").as_string());
  Json list = owner.get("appPasswords?action=list").get("data");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list.dump().find(password), std::string::npos);
  EXPECT_EQ(list.at(0).get("Name").as_string(), "Script");
  EXPECT_EQ(list.at(0).get("Scope").as_string(), "api");
  EXPECT_TRUE(list.at(0).get("LastLogin").is_missing());
  ApiClient program = api.client();
  program.login("user1", password);
  list = owner.get("appPasswords?action=list").get("data");
  EXPECT_EQ(list.at(0).get("IP").as_string(), "192.0.2.1");
  EXPECT_EQ(list.at(0).get("LastDevice").as_string(), "test/1.0");
  EXPECT_FALSE(list.at(0).get("LastLogin").as_string().empty());
}

TEST_F(AppPasswordModule, AProgramWorksButDoesNotChangeHowItsUserSignsIn) {
  ApiClient program = api.client();
  program.login("user1", make());
  EXPECT_EQ(program.get("config/identifier").get("data").as_integer(), 3);
  EXPECT_EQ(code_of(program.get("appPasswords?action=list")), "SVL-0016");
  EXPECT_EQ(code_of(post(program, "add", {{"appScope", "api"}, {"appName", "x"}})), "SVL-0016");
  EXPECT_EQ(code_of(program.get("multifactor/device?action=all")), "SVL-0016");
  EXPECT_EQ(code_of(program.put("passwordchange?action=update", "{}")), "SVL-0016");
  EXPECT_EQ(code_of(program.get("sessionmanagement?action=clear")), "SVL-0016");
}

TEST_F(AppPasswordModule, ItIsGoodForItsUserOnlyAndUntilItIsRemoved) {
  const std::string password = make();
  ApiClient program = api.client();
  EXPECT_EQ(code_of(program.login("user2", password)), "LGI-0006");
  ApiClient stranger = api.user("user2");
  const Json list = owner.get("appPasswords?action=list").get("data");
  const std::string id(list.at(0).get("UUID").as_string());
  EXPECT_EQ(code_of(post(stranger, "remove", {{"uuid", id}})), "APP_PASSWORD-0004");
  EXPECT_EQ(post(owner, "remove", {{"uuid", id}}).get("data").get("result").as_string(), "OK");
  EXPECT_EQ(code_of(program.login("user1", password)), "LGI-0006");
}

}  // namespace
}  // namespace gw::ajax
