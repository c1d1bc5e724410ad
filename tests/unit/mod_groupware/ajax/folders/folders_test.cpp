#include <gtest/gtest.h>

#include "model/permissions/rights.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class FoldersApi : public testing::Test {
 protected:
  std::string create(ApiClient& client, const std::string& parent, const std::string& title,
                     const std::string& more = "") {
    const Json answer =
        client.put("folders?action=new&folder_id=" + parent,
                   R"({"folder":{"module":"contacts","title":")" + title + "\"" + more + "}}");
    return std::string(answer.get("data").as_string());
  }
  static std::string permissions(const std::string& more = "") {
    return R"(,"permissions":[{"entity":3,"bits":403710016,"group":false})" + more + "]";
  }
  static std::string code(const Json& answer) { return std::string(answer.get("code").as_string()); }
  static bool has_row(const Json& rows, const std::string& id) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows.at(i).is_array() && rows.at(i).at(0).as_string() == id) return true;
    return false;
  }
  static bool has_id(const Json& rows, const std::string& id) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows.at(i).as_string() == id) return true;
    return false;
  }

  TestApi api;
  ApiClient user1 = api.user("user1");
  ApiClient user2 = api.user("user2");
};

TEST_F(FoldersApi, RootGivesTheFourTopNodesAsRows) {
  const Json answer = user1.get("folders?action=root&columns=1,301,302,999,300");
  const Json rows = answer.get("data");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows.at(0).dump(), R"(["1","system",5,null,"Private folders"])");
  EXPECT_EQ(rows.at(3).at(0).as_string(), "9");
  EXPECT_TRUE(answer.get("timestamp").is_integer());
}

TEST_F(FoldersApi, TheOldModuleNameAnswersToo) {
  EXPECT_EQ(user1.get("folder?action=root&tree=1&columns=1").get("data").dump(), R"([["1"]])");
}

TEST_F(FoldersApi, GetLeavesNullMembersOutAndGivesTheFoldersOwnTimestamp) {
  const Json answer = user1.get("folders?action=get&id=6&timezone=UTC");
  const Json folder = answer.get("data");
  EXPECT_EQ(folder.get("id").as_string(), "6");
  EXPECT_EQ(folder.get("folder_id").as_string(), "2");
  EXPECT_EQ(folder.get("module").as_string(), "contacts");
  EXPECT_EQ(folder.get("own_rights").as_integer(), 16641);
  EXPECT_EQ(folder.get("standard_folder_type").as_integer(), 0);
  EXPECT_TRUE(folder.get("capabilities").is_missing());
  EXPECT_TRUE(folder.get("total").is_missing());
  EXPECT_TRUE(folder.get("subscribed").is_true());
  EXPECT_EQ(answer.get("timestamp").as_integer(), folder.get("last_modified_utc").as_integer());
}

TEST_F(FoldersApi, NumericIdsInBodiesAndMailIdsAreHandled) {
  EXPECT_EQ(code(user1.get("folders?action=get&id=default0/INBOX&tree=1&altNames=true&timezone=UTC")),
            "FLD-1004");
  EXPECT_EQ(code(user1.get("folders?action=get&id=%00%ff")), "FLD-1025");
  EXPECT_EQ(code(user1.get("folders?action=get&id=6&tree=7")), "FLD-1031");
  const std::string id = create(user1, "1", "Mine");
  EXPECT_EQ(user1.put("folders?action=delete", "[" + id + "]").get("data").dump(), "[]");
  EXPECT_EQ(code(user1.get("folders?action=get&id=" + id)), "FLD-0008");
}

TEST_F(FoldersApi, NewTakesBothBodyFormsAndAnswersTheId) {
  const Json wrapped =
      user1.put("folders?action=new&folder_id=1", R"({"folder":{"module":"contacts","title":"A"}})");
  const Json bare = user1.put("folders?action=new&folder_id=1", R"({"module":3,"title":"B","unknown":[]})");
  EXPECT_TRUE(wrapped.get("data").is_string());
  EXPECT_TRUE(bare.get("data").is_string());
  EXPECT_GT(bare.get("timestamp").as_integer(), wrapped.get("timestamp").as_integer());
  EXPECT_EQ(code(user1.put("folders?action=new&folder_id=1", "[]")), "FLD-0055");
  EXPECT_EQ(code(user1.put("folders?action=new&folder_id=1", R"({"module":"games","title":"C"})")),
            "FLD-0042");
  EXPECT_EQ(
      code(user1.put("folders?action=new&folder_id=1",
                     R"({"module":3,"title":"C","permissions":[{"entity":3,"bits":3,"group":false}]})")),
      "FLD-0061");
  EXPECT_EQ(code(user1.put("folders?action=new&folder_id=1", R"({"module":3,"title":{}})")), "FLD-0058");
}

TEST_F(FoldersApi, SharingShowsAFolderBelowItsOwnerAndRevokingReportsItGone) {
  const std::string id =
      create(user1, "1", "Friends", permissions(R"(,{"entity":4,"bits":257,"group":false})"));
  EXPECT_EQ(user2.get("folders?action=list&parent=3&columns=1").get("data").dump(), R"([["u:3"]])");
  EXPECT_TRUE(has_row(user2.get("folders?action=list&parent=u:3&columns=1").get("data"), id));
  const Json visible = user2.get("folders?action=allVisible&content_type=contacts&columns=1,302,3030");
  EXPECT_EQ(visible.get("data").get("shared").size(), 1U);
  EXPECT_EQ(visible.get("data").get("shared").at(0).at(1).as_integer(), 3);
  EXPECT_TRUE(has_row(visible.get("data").get("public"), "6"));
  EXPECT_TRUE(has_row(user1.get("folders?action=shares&content_type=contacts&columns=1").get("data"), id));

  const std::string since = std::to_string(visible.get("timestamp").as_integer());
  EXPECT_TRUE(user1
                  .put("folders?action=update&id=" + id,
                       R"({"folder":{"permissions":[{"entity":3,"bits":403710016,"group":false}]}})")
                  .get("error")
                  .is_missing());
  const std::string url = "folders?action=updates&parent=0&columns=1&timestamp=" + since;
  EXPECT_TRUE(has_id(user2.get(url).get("data"), id));
  EXPECT_FALSE(has_id(user2.get(url + "&ignore=deleted").get("data"), id));
  EXPECT_TRUE(has_row(user1.get(url).get("data"), id));
}

TEST_F(FoldersApi, DeleteGoesOnAfterFailuresAndWarnsOfEach) {
  const std::string id = create(user1, "1", "Mine");
  const Json answer = user1.put("folders?action=delete", "[\"6\",\"" + id + "\",\"99999\"]");
  EXPECT_EQ(answer.get("data").dump(), R"(["6","99999"])");
  EXPECT_EQ(code(answer), "FLD-0090");
  ASSERT_EQ(answer.get("warnings").size(), 2U);
  EXPECT_EQ(code(answer.get("warnings").at(1)), "FLD-0008");
  EXPECT_EQ(code(user1.get("folders?action=get&id=" + id)), "FLD-0008");
}

TEST_F(FoldersApi, DeleteListsWhatChangedMeanwhileAndWhatIsNotThere) {
  const std::string id = create(user1, "1", "Mine");
  const std::string gone = create(user1, "1", "Gone");
  user1.put("folders?action=delete", "[\"" + gone + "\"]");
  const Json answer = user1.put("folders?action=delete&timestamp=1", "[\"" + id + "\",\"" + gone + "\"]");
  EXPECT_EQ(answer.get("data").dump(), "[\"" + id + "\",\"" + gone + "\"]");
  ASSERT_EQ(answer.get("warnings").size(), 2U) << answer.dump();
  EXPECT_EQ(code(answer.get("warnings").at(0)), "FLD-0009");
  EXPECT_EQ(code(answer.get("warnings").at(1)), "FLD-0008");
  EXPECT_EQ(code(user1.put("folders?action=delete&timestamp=1&failOnError=true", "[\"" + id + "\"]")),
            "FLD-0009");
  EXPECT_TRUE(user1.get("folders?action=get&id=" + id).get("error").is_missing());
}

TEST_F(FoldersApi, UpdatesTellStrangersNothingButIdsOfPrivateFolders) {
  const std::string since = user2.get("folders?action=root&tree=1&columns=1").get("timestamp").dump();
  const std::string id = create(user1, "1", "Secret plans");
  user1.put("folders?action=update&id=" + id, R"({"folder":{"title":"Secret plans 2"}})");
  const std::string url = "folders?action=updates&tree=1&parent=0&columns=1,2,300,306&timestamp=" + since;
  EXPECT_FALSE(has_id(user2.get(url).get("data"), id));
  user1.put("folders?action=delete", "[\"" + id + "\"]");
  const Json answer = user2.get(url);
  EXPECT_TRUE(answer.get("data").is_array()) << answer.dump();
  EXPECT_EQ(answer.dump().find("Secret"), std::string::npos) << answer.dump();
  EXPECT_FALSE(has_row(answer.get("data"), id));
}

TEST_F(FoldersApi, DeleteWithFailOnErrorGivesTheErrorButTriesAll) {
  const std::string id = create(user1, "1", "Mine");
  const Json one = user1.put("folders?action=delete&failOnError=true", "[\"6\",\"" + id + "\"]");
  EXPECT_EQ(code(one), "FLD-0090");
  EXPECT_TRUE(one.get("data").is_missing());
  EXPECT_EQ(code(user1.get("folders?action=get&id=" + id)), "FLD-0008");
  EXPECT_EQ(code(user1.put("folders?action=delete&failOnError=true", R"(["6","2"])")), "FLD-1001");
  EXPECT_EQ(user1.put("folders?action=delete&failOnError=true", "[]").get("data").dump(), "[]");
}

TEST_F(FoldersApi, DeleteCanDescribeEachFolder) {
  const std::string id = create(user1, "1", "Mine");
  EXPECT_EQ(user1.put("folders?action=delete&extendedResponse=true", "[\"" + id + "\"]").get("data").dump(),
            R"([{"path":")" + id + R"(","new_path":")" + id +
                R"(","hasFailed":false,"isTrashed":false,"isSuppoprted":true}])");
}

TEST_F(FoldersApi, UpdateAnswersConflictsForOldTimestamps) {
  const Json made = user1.put("folders?action=new&folder_id=1", R"({"module":"contacts","title":"Mine"})");
  const std::string id(made.get("data").as_string());
  const std::string stamp = std::to_string(made.get("timestamp").as_integer());
  const std::string url = "folders?action=update&id=" + id + "&timestamp=" + stamp;
  EXPECT_EQ(user1.put(url, R"({"folder":{"title":"First"}})").get("data").as_string(), id);
  const Json conflict = user1.put(url, R"({"folder":{"title":"Second"}})");
  EXPECT_EQ(code(conflict), "FLD-0009");
  EXPECT_EQ(conflict.get("category").as_integer(), 9);
}

TEST_F(FoldersApi, PathGivesTheFolderFirst) {
  const std::string id = create(user1, "1", "Mine");
  EXPECT_EQ(user1.get("folders?action=path&columns=1&tree=1&id=" + id).get("data").dump(),
            "[[\"" + id + "\"],[\"1\"]]");
}

TEST_F(FoldersApi, MissingMandatoryParametersAreAnErrorPage) {
  EXPECT_EQ(user1.send(ajax::Method::Get, "folders?action=list&columns=1").status, 400);
  EXPECT_EQ(user1.send(ajax::Method::Get, "folders?action=updates&columns=1").status, 400);
  EXPECT_EQ(user1.send(ajax::Method::Get, "folders?action=allVisible&columns=1").status, 400);
}

TEST_F(FoldersApi, ContentTypesAreChecked) {
  const std::string url = "folders?action=allVisible&columns=1&content_type=";
  EXPECT_EQ(code(user1.get(url + "games")), "FLD-1018");
  EXPECT_EQ(code(user1.get(url + "mail")), "FLD-1005");
  EXPECT_TRUE(user1.get(url + "event").get("data").get("private").is_array());
  EXPECT_EQ(user1.get(url + "infostore").get("data").get("public").size(), 1U);
}

TEST_F(FoldersApi, ClearAndSyncAnswerFailuresInTheirOwnWays) {
  const std::string id = create(user1, "1", "Mine");
  EXPECT_EQ(user1.put("folders?action=clear", "[\"6\",\"" + id + "\"]").get("data").dump(), R"(["6"])");
  EXPECT_EQ(user1.put("sync?action=refresh_server", "[\"" + id + "\"]").get("data").dump(), "[]");
  EXPECT_EQ(code(user1.put("sync?action=refresh_server", R"(["99999"])")), "FLD-0008");
}

TEST_F(FoldersApi, CheckLimitsNamesFilesThatAreTooLarge) {
  const std::string url = "folders?action=checklimits&id=1&type=";
  EXPECT_EQ(user1.put(url + "filestorage", R"({"files":[{"name":"a","size":5}]})").get("data").dump(), "{}");
  const Json errors =
      user1.put(url + "pim", R"({"files":[{"name":"a","size":999999999999}]})").get("data").get("errors");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(code(errors.at(0)), "UPL-0005");
  EXPECT_EQ(code(user1.put(url + "other", R"({"files":[]})")), "FLD-0056");
}

TEST_F(FoldersApi, NotifyWarnsThatNothingCouldBeSent) {
  const std::string id = create(user1, "1", "Friends", permissions(R"(,{"entity":4,"bits":257})"));
  const Json answer = user1.put("folders?action=notify&id=" + id,
                                R"({"entities":["4"],"notification":{"transport":"mail"}})");
  EXPECT_EQ(answer.get("data").get("warnings").size(), 1U);
  EXPECT_EQ(user1.put("folders?action=notify&id=" + id, R"({"entities":[]})").get("data").dump(), "{}");
  EXPECT_EQ(code(user1.put("folders?action=notify&id=" + id, R"({"entities":["77"]})")), "FLD-0044");
  EXPECT_EQ(code(user1.put("folders?action=notify&id=" + id, "{}")), "FLD-0058");
}

TEST_F(FoldersApi, RestoreGivesTheNewPath) {
  const Json own = user1.get("folders?action=list&parent=10&columns=1,316").get("data");
  std::string home;
  for (std::size_t i = 0; i < own.size(); ++i)
    if (own.at(i).at(1).as_integer() == 8) home = own.at(i).at(0).as_string();
  const Json made =
      user1.put("folders?action=new&folder_id=" + home, R"({"module":"infostore","title":"Papers"})");
  const std::string id(made.get("data").as_string());
  const Json deleted =
      user1.put("folders?action=delete&extendedResponse=true", "[\"" + id + "\"]").get("data");
  EXPECT_TRUE(deleted.at(0).get("isTrashed").is_true());
  const Json restored = user1.put("folders?action=restore", "[\"" + id + "\"]").get("data");
  EXPECT_EQ(restored.at(0).get("folder").as_string(), id);
  EXPECT_EQ(restored.at(0).get("path").at(1).get("id").as_string(), home);
}

}  // namespace
}  // namespace gw::test
