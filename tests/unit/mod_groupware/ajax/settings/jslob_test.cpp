#include "ajax/settings/jslob.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::TestApi;

class Jslob : public testing::Test {
 protected:
  TestApi api;
  ApiClient user = api.user("user1");
  Json tree(const std::string& id) {
    return user.put("jslob?action=list", "[\"" + id + "\"]").get("data").at(0).get("tree");
  }
  Json write(const std::string& action, const std::string& id, const std::string& body) {
    return user.put("jslob?action=" + action + "&id=" + id, body);
  }
};

TEST_F(Jslob, UnknownIdsAreEmptyDocumentsInRequestOrder) {
  const Json list = user.put("jslob?action=list", R"(["b","a","b"])").get("data");
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list.at(0).dump(), R"({"id":"b","tree":{},"meta":{}})");
  EXPECT_EQ(list.at(1).get("id").as_string(), "a");
}

TEST_F(Jslob, UpdateMergesDeeplyAndSetReplaces) {
  write("set", "x", R"({"a":{"b":1,"c":2},"l":[1,2]})");
  write("update", "x", R"({"a":{"c":3,"d":null},"l":[9]})");
  EXPECT_EQ(tree("x").dump(), R"({"a":{"b":1,"c":3,"d":null},"l":[9]})");
  write("set", "x", R"({"z":1})");
  EXPECT_EQ(tree("x").dump(), R"({"z":1})");
}

TEST_F(Jslob, SettingNothingRemovesTheDocument) {
  write("set", "x", R"({"z":1})");
  write("set", "x", "");
  EXPECT_EQ(tree("x").dump(), "{}");
  write("set", "x", R"({"z":1})");
  write("set", "x", "{}");
  const Json all = user.get("jslob?action=all").get("data");
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_NE(all.at(i).get("id").as_string(), "x");
}

TEST_F(Jslob, ASinglePathCanBeWritten) {
  write("update", "x", R"({"path":"a/b","value":7})");
  EXPECT_EQ(tree("x").dump(), R"({"a":{"b":7}})");
}

TEST_F(Jslob, DerivedValuesComeFromTheConfigTreeAndAreMarkedWhenFixed) {
  const Json core = user.put("jslob?action=list", R"(["io.ox/core"])").get("data").at(0);
  EXPECT_EQ(core.get("tree").get("language").as_string(), "en_US");
  EXPECT_TRUE(core.get("tree").get("folder").get("contacts").is_integer());
  EXPECT_TRUE(core.get("meta").get("language").is_missing());
  EXPECT_TRUE(core.get("meta").get("folder").get("contacts").get("configurable").to_boolean() == false);
}

TEST_F(Jslob, SendingTheWholeTreeBackStoresOnlyWhatTheUserChanged) {
  Json core = tree("io.ox/core");
  core.set("language", Json::string("de_DE"));
  core.set("theme", Json::string("dark"));
  Json folders = core.get("folder");
  folders.set("contacts", Json::integer(1));
  EXPECT_TRUE(write("set", "io.ox/core", core.dump()).get("error").is_missing());
  EXPECT_EQ(user.get("config/language").get("data").as_string(), "de_DE");
  const Json after = tree("io.ox/core");
  EXPECT_EQ(after.get("theme").as_string(), "dark");
  EXPECT_NE(after.get("folder").get("contacts").as_integer(), 1);
  sql::Lease lease = api.database.pool->acquire();
  sql::Query row = lease->query("SELECT tree FROM jslobs WHERE cid=1 AND user_id=3 AND id='io.ox/core'");
  ASSERT_TRUE(row.next());
  const Json stored = *Json::parse(row.text(0));
  EXPECT_TRUE(stored.get("availableTimeZones").is_missing());
  EXPECT_TRUE(stored.get("language").is_missing());
}

TEST_F(Jslob, OperatorPresetsShowUntilChangedAndProtectedOnesStay) {
  api.database.settings.presets = {"io.ox/core//theme=blue", "!io.ox/core//beta=true"};
  EXPECT_EQ(tree("io.ox/core").get("theme").as_string(), "blue");
  write("update", "io.ox/core", R"({"theme":"red","beta":false})");
  EXPECT_EQ(tree("io.ox/core").get("theme").as_string(), "red");
  EXPECT_TRUE(tree("io.ox/core").get("beta").is_true());
}

TEST_F(Jslob, TooLargeDocumentsUnknownServicesAndMissingIdsAreRefused) {
  api.database.settings.limits.jslob = 100;
  EXPECT_EQ(write("set", "x", R"({"a":")" + std::string(200, 'x') + "\"}").get("code").as_string(),
            "SVL-0031");
  EXPECT_EQ(user.put("jslob?action=list&serviceId=nope", "[]").get("code").as_string(), "SVL-0010");
  EXPECT_EQ(user.put("jslob?action=set", "{}").get("code").as_string(), "SVL-0002");
}

TEST_F(Jslob, UsersAndServicesAreApart) {
  write("set", "x", R"({"a":1})");
  EXPECT_EQ(api.user("user2").put("jslob?action=list", R"(["x"])").get("data").at(0).get("tree").dump(),
            "{}");
  EXPECT_EQ(user.put("jslob?action=list&serviceId=com.openexchange.jslob.shared", R"(["x"])")
                .get("data")
                .at(0)
                .get("tree")
                .dump(),
            "{}");
}

}  // namespace
}  // namespace gw::ajax
