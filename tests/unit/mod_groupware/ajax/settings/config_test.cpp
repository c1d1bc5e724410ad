#include "ajax/settings/config.hpp"

#include <gtest/gtest.h>

#include "model/settings/config_node.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::TestApi;

TEST(ConfigNodes, AreSortedAndNoLeafIsAFolderToo) {
  const auto nodes = model::settings::config_nodes();
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    EXPECT_LT(nodes[i - 1].path, nodes[i].path);
    EXPECT_FALSE(nodes[i].path.starts_with(std::string(nodes[i - 1].path) + "/")) << nodes[i].path;
  }
  for (const auto& node : nodes)
    EXPECT_TRUE(node.compute != nullptr || node.fallback.empty() || Json::parse(node.fallback)) << node.path;
}

class Config : public testing::Test {
 protected:
  TestApi api;
  ApiClient user = api.user("user1");
  Json data(const std::string& path) { return user.get("config/" + path).get("data"); }
  std::string code(const std::string& path, const std::string& body) {
    return std::string(user.put("config/" + path, body).get("code").as_string());
  }
};

TEST_F(Config, LeavesSubtreesAndTheRootAreDelivered) {
  EXPECT_EQ(data("identifier").as_integer(), 3);
  EXPECT_TRUE(data("folder").get("contacts").is_integer());
  EXPECT_EQ(data("mail/addresses").at(0).as_string(), "user1@example.test");
  EXPECT_TRUE(data("").get("modules").get("contacts").get("module").is_true());
  EXPECT_EQ(data("/folder/contacts/").as_integer(), data("folder/contacts").as_integer());
}

TEST_F(Config, UnknownPathsAreErrorsAndReadOnlyLeavesRefuseWrites) {
  EXPECT_EQ(user.get("config/no/such").get("categories").as_string(), "ERROR");
  EXPECT_EQ(user.put("config/identifier", "5").get("categories").as_string(), "PERMISSION_DENIED");
  EXPECT_EQ(code("no/such", "1"), "SVL-0010");
}

TEST_F(Config, ValuesOfEveryKindComeBackAsWritten) {
  for (const char* value : {R"("text")", "5", "true", R"([1,2])", R"({"a":{"b":null}})"}) {
    EXPECT_EQ(code("gui", value), "") << value;
    EXPECT_EQ(data("gui").dump(), value);
  }
  EXPECT_EQ(code("gui", R"({"data":{"x":1}})"), "");
  EXPECT_EQ(data("gui").dump(), R"({"x":1})");
  EXPECT_EQ(code("gui", "no json at all"), "");
  EXPECT_EQ(data("gui").as_string(), "no json at all");
}

TEST_F(Config, AnObjectSetsItsWritableChildrenAndSkipsTheRest) {
  EXPECT_EQ(code("mail", R"({"colorquote":false,"spambutton":true,"nonsense":1})"), "");
  EXPECT_FALSE(data("mail/colorquote").is_true());
  EXPECT_FALSE(data("mail/spambutton").is_true());
}

TEST_F(Config, TheTwoSpellingsOfOneSettingShareItsValue) {
  EXPECT_EQ(code("modules/mail/colorquoted", "false"), "");
  EXPECT_FALSE(data("modules/mailcolorquoted").is_true());
  EXPECT_EQ(code("modules/mail/deletemail", "true"), "");
  EXPECT_TRUE(data("mail/harddelete").is_true());
}

TEST_F(Config, LanguageAndZoneAreCheckedAndHoldForTheNextAnswer) {
  EXPECT_EQ(code("language", "\"de_DE\""), "");
  EXPECT_EQ(user.get("contacts?action=get&folder=6&id=99999").get("error").as_string(),
            "Der Kontakt 99999 wurde nicht gefunden.");
  EXPECT_EQ(code("language", "\"not a language\""), "USR-0023");
  EXPECT_EQ(code("timezone", "\"Mars/Base\""), "USR-0024");
  EXPECT_EQ(code("timezone", "\"Europe/Berlin\""), "");
  EXPECT_EQ(data("timezone").as_string(), "Europe/Berlin");
}

TEST_F(Config, TheSendAddressMustBeOneOfTheUsers) {
  EXPECT_EQ(data("mail/sendaddress").as_string(), "user1@example.test");
  EXPECT_EQ(code("mail/sendaddress", "\"boss@example.test\""), "SVL-0010");
}

TEST_F(Config, UsersDoNotSeeEachOthersValues) {
  EXPECT_EQ(code("gui", "\"mine\""), "");
  EXPECT_EQ(api.user("user2").get("config/gui").get("data").as_string(), "");
}

TEST_F(Config, HugeLeavesAreRefused) {
  EXPECT_EQ(code("gui", '"' + std::string(70'000, 'x') + '"'), "SVL-0031");
}

TEST_F(Config, OnlyPublicPropertiesAreDeliveredAndNoneIsWritten) {
  EXPECT_EQ(user.get("config?action=get_property&name=MAX_UPLOAD_SIZE").get("data").get("value").as_integer(),
            104'857'600);
  EXPECT_EQ(user.get("config?action=get_property&name=secret").get("code").as_string(), "SVL-0010");
  EXPECT_EQ(
      user.put("config?action=set_property&name=MAX_UPLOAD_SIZE", R"({"value":"1"})").get("code").as_string(),
      "USR-0013");
}

}  // namespace
}  // namespace gw::ajax
