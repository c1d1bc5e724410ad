#include <gtest/gtest.h>

#include <fstream>

#include "core/crypto.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/users/provisioning.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class UserApi : public testing::Test {
 protected:
  TestApi api;
  ApiClient admin = api.user("oxadmin");
  ApiClient user = api.user("user1");

  std::string own_stamp() { return user.get("user?action=get").get("timestamp").dump(); }
};

TEST_F(UserApi, GetGivesContactAndAccountOfTheCaller) {
  const Json answer = user.get("user?action=get");
  const Json data = answer.get("data");
  EXPECT_EQ(data.get("id").dump(), "3") << answer.dump();
  EXPECT_EQ(data.get("folder_id").to_integer(), 6);
  EXPECT_TRUE(data.get("contact_id").to_integer().has_value());
  EXPECT_EQ(data.get("display_name").as_string(), "Name of user1");
  EXPECT_EQ(data.get("email1").as_string(), "user1@example.test");
  EXPECT_EQ(data.get("aliases").dump(), R"(["user1@example.test"])");
  EXPECT_EQ(data.get("groups").dump(), "[0,1]");
  EXPECT_EQ(data.get("login_info").as_string(), "user1");
  EXPECT_EQ(data.get("guest_created_by").dump(), "0");
  EXPECT_FALSE(data.get("timezone").is_missing());
  EXPECT_EQ(data.get("locale").as_string(), "en_US");
}

TEST_F(UserApi, TheLoginOfOthersIsForTheAdminOnly) {
  EXPECT_TRUE(user.get("user?action=get&id=4").get("data").get("login_info").is_missing());
  EXPECT_EQ(admin.get("user?action=get&id=4").get("data").get("login_info").as_string(), "user2");
}

TEST_F(UserApi, ColumnsOf61xMeanTheAccount) {
  const Json answer = user.get("user?action=all&columns=1,20,610,612,613,616,500,9999");
  ASSERT_EQ(answer.get("data").size(), 3U) << answer.dump();
  const Json row = answer.get("data").at(1);
  EXPECT_EQ(row.at(0).dump(), "3");
  EXPECT_EQ(row.at(1).to_integer(), 6);
  EXPECT_EQ(row.at(2).dump(), R"(["user1@example.test"])");
  EXPECT_EQ(row.at(3).as_string(), "en_US");
  EXPECT_EQ(row.at(4).dump(), "[0,1]");
  EXPECT_EQ(row.at(5).dump(), "0");
  EXPECT_EQ(row.at(6).as_string(), "Name of user1");
  EXPECT_TRUE(row.at(7).is_null());
}

TEST_F(UserApi, AllIsSortedByContactAndAccountColumns) {
  const Json by_name = user.get("user?action=all&columns=1&sort=500&order=desc");
  EXPECT_EQ(by_name.get("data").dump(), "[[4],[3],[2]]") << by_name.dump();
  const Json by_id = user.get("user?action=all&columns=1&sort=1&order=desc");
  EXPECT_EQ(by_id.get("data").dump(), "[[4],[3],[2]]") << by_id.dump();
}

TEST_F(UserApi, ListTakesIdsInAnyFormAndNullForTheCaller) {
  const Json answer = user.put("user?action=list&columns=1", R"(["4",null,2,4711])");
  EXPECT_EQ(answer.get("data").dump(), "[[4],[3],[2]]") << answer.dump();
  EXPECT_EQ(code_of(user.put("user?action=list&columns=1", R"({"id":1})")), "SVL-0028");
}

TEST_F(UserApi, SearchFindsByPatternAndByField) {
  EXPECT_EQ(user.put("user?action=search&columns=1", R"({"pattern":"user2"})").get("data").dump(), "[[4]]");
  EXPECT_EQ(user.put("user?action=search&columns=1", R"({"pattern":"*"})").get("data").size(), 3U);
  EXPECT_EQ(user.put("user?action=search&columns=1", R"({"last_name":"Last user1"})").get("data").dump(),
            "[[3]]");
}

TEST_F(UserApi, SearchIsOrderedByAccountColumnsToo) {
  user.put("user?action=update&id=3&timestamp=" + own_stamp(), R"({"locale":"de_DE"})");
  const auto found = [&](const std::string& order) {
    return user.put("user?action=search&columns=1,612" + order, R"({"pattern":"user"})").get("data").dump();
  };
  EXPECT_EQ(found("&sort=612&order=asc"), R"([[3,"de_DE"],[4,"en_US"]])");
  EXPECT_EQ(found("&sort=1&order=desc"), R"([[4,"en_US"],[3,"de_DE"]])");
}

TEST_F(UserApi, UpdateChangesContactLanguageAndZone) {
  const Json updated = user.put("user?action=update&id=3&timestamp=" + own_stamp(),
                                R"({"nickname":"Nick","locale":"de_DE","timezone":"Europe/Berlin"})");
  EXPECT_TRUE(updated.get("error").is_missing()) << updated.dump();
  const Json data = user.get("user?action=get").get("data");
  EXPECT_EQ(data.get("nickname").as_string(), "Nick");
  EXPECT_EQ(data.get("locale").as_string(), "de_DE");
  EXPECT_EQ(data.get("timezone").as_string(), "Europe/Berlin");
}

TEST_F(UserApi, UpdateRefusesWithTheRightCode) {
  const std::string stamp = own_stamp();
  const auto update = [&](const std::string& id, const std::string& when, const std::string& body) {
    return code_of(user.put("user?action=update&id=" + id + "&timestamp=" + when, body));
  };
  EXPECT_EQ(update("4", stamp, R"({"nickname":"x"})"), "USR-0013");
  EXPECT_EQ(update("3", "1", R"({"nickname":"x"})"), "CON-0119");
  EXPECT_EQ(update("3", stamp, R"({"timezone":"Mars/Olympus"})"), "USR-0024");
  EXPECT_EQ(update("3", stamp, R"({"locale":"klingon"})"), "USR-0023");
  EXPECT_EQ(update("3", stamp, R"({"email1":"other@example.test"})"), "CON-0173");
  EXPECT_EQ(update("3", stamp, R"({"display_name":"Name of user2"})"), "CON-0167");
  EXPECT_EQ(update("3", stamp, R"({"last_name":null})"), "CON-0175");
  EXPECT_EQ(update("4711", stamp, "{}"), "USR-0010");
}

TEST_F(UserApi, APictureArrivesByPost) {
  const std::string path = testing::TempDir() + "gw_user_picture.png";
  const std::string picture = *from_base64(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
  std::ofstream(path, std::ios::binary) << picture;
  ajax::Request request =
      user.request(ajax::Method::Post, "user?action=update&id=3&timestamp=" + own_stamp());
  request.is_multipart = true;
  request.form.add("json", "{}");
  request.uploads.push_back({"file", "me.png", "image/png", path, static_cast<std::int64_t>(picture.size())});
  const ajax::Answer answer = user.dispatch(request);
  EXPECT_NE(answer.content_type.find("text/html"), std::string::npos) << answer.body;
  const Json data = user.get("user?action=get").get("data");
  EXPECT_EQ(data.get("number_of_images").dump(), "1") << answer.body;
  EXPECT_EQ(data.get("image1_url").as_string().substr(0, 32), "/ajax/image/user/picture?id=3&ti")
      << data.dump();
  std::remove(path.c_str());
}

TEST_F(UserApi, AttributesAreSetReadAndRemoved) {
  const auto set = [&](const std::string& more, const std::string& body) {
    return user.put("user?action=setAttribute&id=3" + more, body).get("data").dump();
  };
  const auto get = [&] { return user.get("user?action=getAttribute&id=3&name=color").get("data"); };
  EXPECT_TRUE(get().get("value").is_null());
  EXPECT_EQ(set("", R"({"name":"color","value":"red"})"), "true");
  EXPECT_EQ(set("&setIfAbsent=true", R"({"name":"color","value":"blue"})"), "false");
  EXPECT_EQ(get().get("value").as_string(), "red");
  EXPECT_EQ(set("", R"({"name":"color","value":null})"), "true");
  EXPECT_TRUE(get().get("value").is_null());
  EXPECT_EQ(code_of(user.get("user?action=getAttribute&id=4&name=color")), "USR-0013");
}

TEST_F(UserApi, MeTellsWhoIsAsking) {
  const Json data = user.get("user/me").get("data");
  EXPECT_EQ(data.get("context_id").dump(), "1");
  EXPECT_EQ(data.get("user_id").dump(), "3");
  EXPECT_EQ(data.get("context_admin").dump(), "2");
  EXPECT_EQ(data.get("login_name").as_string(), "user1");
  EXPECT_EQ(data.get("display_name").as_string(), "Name of user1");
}

TEST_F(UserApi, WithoutTheGlobalAddressBookOnlyTheCallerIsFound) {
  model::UnitOfWork work(*api.database.environment, model::contexts::provisioning_caller(ContextId(1)));
  model::users::UserChanges changes;
  changes.modules = model::kDefaultModules;
  changes.modules->set(model::Module::GlobalAddressBook, false);
  model::users::change_user(work, UserId(3), changes);
  work.release();
  EXPECT_EQ(user.get("user?action=all&columns=1").get("data").dump(), "[[3]]");
  const auto found = [&](const char* body) {
    return user.put("user?action=search&columns=1&sort=500&order=asc", body).get("data").dump();
  };
  EXPECT_EQ(found(R"({"pattern":"*"})"), "[[3]]");
  EXPECT_EQ(found(R"({"pattern":"user2"})"), "[]");
  EXPECT_EQ(found(R"({"last_name":"Last user1"})"), "[[3]]");
  EXPECT_EQ(found(R"({"last_name":"Last user2"})"), "[]");
  EXPECT_EQ(found(R"({"pattern":"l","startletter":true})"), "[[3]]");
  EXPECT_EQ(found(R"({"pattern":"z","startletter":true})"), "[]");
  EXPECT_EQ(user.get("user?action=get").get("data").get("id").dump(), "3");
  EXPECT_EQ(code_of(user.get("user?action=get&id=4")), "USR-0010");
}

}  // namespace
}  // namespace gw::test
