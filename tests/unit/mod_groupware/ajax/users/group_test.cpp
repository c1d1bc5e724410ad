#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class GroupApi : public testing::Test {
 protected:
  TestApi api;
  ApiClient admin = api.user("oxadmin");
  ApiClient user = api.user("user1");

  Json create(const std::string& name = "team") {
    return admin.put("group?action=new",
                     R"({"name":")" + name + R"(","display_name":"The )" + name + R"(","members":[3]})");
  }
};

TEST_F(GroupApi, CreateGivesIdAndTimestampAndGetTheObject) {
  const Json created = create();
  const std::int64_t id = created.get("data").get("id").as_integer();
  ASSERT_GT(id, 0) << created.dump();
  const Json group = user.get("group?action=get&id=" + std::to_string(id));
  const Json data = group.get("data");
  EXPECT_EQ(data.get("id").as_integer(), id);
  EXPECT_EQ(data.get("name").as_string(), "team");
  EXPECT_EQ(data.get("display_name").as_string(), "The team");
  EXPECT_EQ(data.get("members").dump(), "[3]");
  EXPECT_EQ(data.get("last_modified_utc").as_integer(), created.get("timestamp").as_integer());
  EXPECT_EQ(group.get("timestamp").as_integer(), created.get("timestamp").as_integer());
}

TEST_F(GroupApi, SearchListAndAllGiveObjects) {
  const std::string id = create().get("data").get("id").dump();
  const Json all = user.put("group?action=all&columns=1,700", "");
  EXPECT_EQ(all.get("data").size(), 3U) << all.dump();
  EXPECT_EQ(all.get("data").at(0).get("members").dump(), "[2,3,4]");
  EXPECT_EQ(user.put("group?action=search", R"({"pattern":"*"})").get("data").size(), 3U);
  EXPECT_EQ(user.put("group?action=search", R"({"pattern":"team"})").get("data").size(), 1U);
  const Json list = user.put("group?action=list", R"([{"id":)" + id + R"(},{"id":0}])");
  ASSERT_EQ(list.get("data").size(), 2U) << list.dump();
  EXPECT_EQ(list.get("data").at(1).get("id").as_integer(), 0);
}

TEST_F(GroupApi, UpdateDeleteAndUpdatesFollowTheTimestamp) {
  const Json created = create();
  const std::string id = created.get("data").get("id").dump();
  const std::string stamp = created.get("timestamp").dump();
  const Json old = admin.put("group?action=update&id=" + id + "&timestamp=1", R"({"display_name":"X"})");
  EXPECT_EQ(code_of(old), "GRP-0010");
  const Json updated =
      admin.put("group?action=update&id=" + id + "&timestamp=" + stamp, R"({"display_name":"X"})");
  EXPECT_TRUE(updated.get("error").is_missing()) << updated.dump();
  EXPECT_GT(updated.get("timestamp").as_integer(), created.get("timestamp").as_integer());
  Json news = user.get("group?action=updates&timestamp=" + stamp);
  EXPECT_EQ(news.get("data").get("modified").size(), 1U) << news.dump();
  const Json gone =
      admin.put("group?action=delete&timestamp=" + updated.get("timestamp").dump(), R"({"id":)" + id + "}");
  EXPECT_EQ(gone.get("data").dump(), "[]") << gone.dump();
  news = user.get("group?action=updates&timestamp=" + stamp);
  EXPECT_EQ(news.get("data").get("deleted").at(0).get("id").dump(), id);
  EXPECT_EQ(news.get("timestamp").as_integer(), gone.get("timestamp").as_integer());
}

TEST_F(GroupApi, WrongRequestsGetTheApisErrors) {
  EXPECT_EQ(code_of(user.put("group?action=new", R"({"display_name":"X"})")), "GRP-0009");
  EXPECT_EQ(code_of(user.get("group?action=get&id=4711")), "GRP-0003");
  EXPECT_EQ(code_of(user.get("group?action=get&id=abc")), "SVL-0010");
  EXPECT_EQ(code_of(admin.put("group?action=new", "[]")), "SVL-0028");
  EXPECT_EQ(code_of(admin.put("group?action=delete&timestamp=99999999999999", R"([{"id":1}])")), "GRP-0013");
  EXPECT_EQ(code_of(user.put("group?action=list", R"([{"noid":1}])")), "SVL-0010");
}

}  // namespace
}  // namespace gw::test
