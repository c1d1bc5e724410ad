#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class ResourceApi : public testing::Test {
 protected:
  TestApi api;
  ApiClient admin = api.user("oxadmin");
  ApiClient user = api.user("user1");

  Json create() {
    return admin.put(
        "resource?action=new",
        R"({"name":"room","display_name":"Room","mailaddress":"room@example.test","description":"big"})");
  }
};

TEST_F(ResourceApi, AllGivesIdsAndGetTheObject) {
  const Json created = create();
  const std::string id = created.get("data").get("id").dump();
  EXPECT_EQ(user.get("resource?action=all").get("data").dump(), "[" + id + "]");
  const Json data = user.get("resource?action=get&id=" + id).get("data");
  EXPECT_EQ(data.get("mailaddress").as_string(), "room@example.test");
  EXPECT_TRUE(data.get("availability").is_true());
  EXPECT_EQ(data.get("last_modified_utc").as_string(), created.get("timestamp").dump());
  EXPECT_TRUE(data.get("id").is_integer());
}

TEST_F(ResourceApi, SearchAndListGiveObjects) {
  const std::string id = create().get("data").get("id").dump();
  EXPECT_EQ(user.put("resource?action=search", R"({"pattern":"*"})").get("data").size(), 1U);
  EXPECT_EQ(user.put("resource?action=search", R"({"pattern":"nothing"})").get("data").size(), 0U);
  EXPECT_EQ(user.put("resource?action=list", R"([{"id":)" + id + R"(},{"id":4711}])").get("data").size(), 1U);
}

TEST_F(ResourceApi, UpdateDeleteAndUpdatesFollowTheTimestamp) {
  const Json created = create();
  const std::string id = created.get("data").get("id").dump();
  EXPECT_EQ(
      code_of(admin.put("resource?action=update&id=" + id + "&timestamp=1", R"({"availability":false})")),
      "RES-0013");
  const Json updated =
      admin.put("resource?action=update&id=" + id + "&timestamp=" + created.get("timestamp").dump(),
                R"({"availability":false})");
  EXPECT_TRUE(updated.get("error").is_missing()) << updated.dump();
  const Json gone = admin.put("resource?action=delete&timestamp=" + updated.get("timestamp").dump(),
                              R"([{"id":)" + id + "}]");
  EXPECT_EQ(gone.get("data").dump(), "[]") << gone.dump();
  const Json news = user.get("resource?action=updates&timestamp=" + created.get("timestamp").dump());
  EXPECT_EQ(news.get("data").get("deleted").at(0).get("id").dump(), id);
  EXPECT_EQ(news.get("data").get("new").size(), 0U);
}

TEST_F(ResourceApi, WrongRequestsGetTheApisErrors) {
  EXPECT_EQ(code_of(user.put("resource?action=new", "{}")), "RES-0009");
  EXPECT_EQ(code_of(admin.put("resource?action=new", "{}")), "RES-0008");
  EXPECT_EQ(code_of(user.get("resource?action=get&id=4711")), "RES-0005");
  EXPECT_EQ(code_of(admin.put("resource?action=delete&timestamp=1", "[]")), "RES-0007");
}

}  // namespace
}  // namespace gw::test
