// The whole contacts module through dispatch: exact answers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class ContactsApi : public ::testing::Test {
 protected:
  ContactsApi() : client(api.user("user1")) {
    folder = client.get("config/folder/contacts").get("data").to_text().value_or("");
    EXPECT_FALSE(folder.empty());
  }
  Json put(const std::string& url, std::string body) {
    for (char& c : body)
      if (c == '\'') c = '"';
    return client.put(url, body);
  }
  std::string create(const std::string& members) {
    const Json answer = put("contacts?action=new", "{'folder_id':'" + folder + "'," + members + "}");
    EXPECT_TRUE(answer.get("error").is_missing()) << answer.dump();
    return std::string(answer.get("data").get("id").as_string());
  }
  std::string data(const Json& answer) { return answer.get("data").dump(); }
  std::string code(const Json& answer) { return std::string(answer.get("code").as_string()); }

  TestApi api;
  ApiClient client;
  std::string folder;
};

TEST_F(ContactsApi, NewAnswersTheIdAsTextAndTheStamp) {
  const Json answer = put("contacts?action=new", "{'folder_id':'" + folder + "','last_name':'x'}");
  EXPECT_TRUE(answer.get("data").get("id").is_string());
  EXPECT_EQ(answer.get("data").size(), 1U);
  EXPECT_TRUE(answer.get("timestamp").is_integer());
}

TEST_F(ContactsApi, GetLeavesAbsentMembersOut) {
  const std::string id = create("'display_name':'Kraus','birthday':86400000");
  const Json answer = client.get("contacts?action=get&id=" + id + "&folder=" + folder);
  const Json contact = answer.get("data");
  EXPECT_EQ(contact.get("id").as_string(), id);
  EXPECT_EQ(contact.get("folder_id").as_string(), folder);
  EXPECT_EQ(contact.get("birthday").as_integer(), 86'400'000);
  EXPECT_TRUE(contact.get("email1").is_missing());
  EXPECT_EQ(contact.get("last_modified_utc").as_integer(), answer.get("timestamp").as_integer());
  EXPECT_EQ(code(client.get("contacts?action=get&id=999999&folder=" + folder)), "CON-0125");
  EXPECT_EQ(code(client.get("contacts?action=get&id=abc&folder=" + folder)), "CON-0261");
  EXPECT_EQ(code(client.get("contacts?action=get&id=1&folder=abc")), "CON-0103");
  EXPECT_EQ(client.send(ajax::Method::Get, "contacts?action=get&id=1").status, 400);
}

TEST_F(ContactsApi, AllAnswersOneArrayPerContactInTheOrderOfTheColumns) {
  const std::string a = create("'display_name':'a','note':'n'");
  const std::string b = create("'display_name':'B'");
  EXPECT_EQ(
      data(client.get("contacts?action=all&folder=" + folder +
                      "&columns=500,1,518,99999,500,20&sort=500&order=desc")),
      fmt::format(R"([["B","{}",null,null,"B","{}"],["a","{}","n",null,"a","{}"]])", b, folder, a, folder));
  EXPECT_EQ(data(client.get("contacts?action=all&folder=" + folder +
                            "&columns=500&sort=500&order=asc&left_hand_limit=1&right_hand_limit=2")),
            R"([["B"]])");
  EXPECT_EQ(
      data(client.get("contacts?action=all&folder=" + folder + "&columns=500&sort=500&order=asc&limit=1")),
      R"([["a"]])");
  EXPECT_EQ(client.get("contacts?action=all&folder=6&columns=1&admin=false").get("data").size(), 2U);
  EXPECT_EQ(client.get("contacts?action=all&folder=6&columns=1").get("data").size(), 3U);
  EXPECT_EQ(code(client.get("contacts?action=all&folder=" + folder + "&columns=x")), "SVL-0010");
  EXPECT_EQ(client.send(ajax::Method::Get, "contacts?action=all&folder=6").status, 400);
}

TEST_F(ContactsApi, ListTakesFolderOrFolderIdAndSkipsTheMissing) {
  const std::string a = create("'display_name':'a'");
  const std::string b = create("'display_name':'b'");
  EXPECT_EQ(
      data(put("contacts?action=list&columns=500",
               fmt::format(
                   "[{{'id':'{}','folder':'{}'}},{{'id':{},'folder_id':{}}},{{'id':'77777','folder':'{}'}}]",
                   b, folder, a, folder, folder))),
      R"([["b"],["a"]])");
  EXPECT_EQ(data(put("contacts?action=listuser&columns=555", "[4,3,99]")),
            R"([["user2@example.test"],["user1@example.test"]])");
  EXPECT_EQ(code(put("contacts?action=list&columns=500", "'x'")), "SVL-0028");
}

TEST_F(ContactsApi, UpdatesNameDeletedIdsOnlyWhenAskedFor) {
  const std::string a = create("'display_name':'a'");
  const Json first = client.get("contacts?action=updates&columns=1&timestamp=0&folder=" + folder);
  EXPECT_EQ(data(first), "[[\"" + a + "\"]]");
  const std::string since = std::to_string(first.get("timestamp").as_integer());
  EXPECT_EQ(data(put("contacts?action=delete&timestamp=" + since,
                     "[{'id':'" + a + "','folder':'" + folder + "'}]")),
            "[]");
  const std::string url = "contacts?action=updates&columns=1&folder=" + folder + "&timestamp=" + since;
  EXPECT_EQ(data(client.get(url)), "[]");
  EXPECT_EQ(data(client.get(url + "&ignore=deleted")), "[]");
  const Json all = client.get(url + "&ignore=false");
  EXPECT_EQ(data(all), "[\"" + a + "\"]");
  EXPECT_GT(all.get("timestamp").as_integer(), first.get("timestamp").as_integer());
}

TEST_F(ContactsApi, UpdateAnswersAnEmptyObjectAndTheNewStamp) {
  const std::string id = create("'display_name':'a'");
  const Json read = client.get("contacts?action=get&id=" + id + "&folder=" + folder);
  const std::string url = "contacts?action=update&id=" + id + "&folder=" + folder +
                          "&timestamp=" + std::to_string(read.get("timestamp").as_integer());
  const Json done = put(url, "{'note':'x'}");
  EXPECT_EQ(data(done), "{}");
  EXPECT_GT(done.get("timestamp").as_integer(), read.get("timestamp").as_integer());
  const Json conflict = put(url, "{'note':'y'}");
  EXPECT_EQ(code(conflict), "CON-0119");
  EXPECT_EQ(conflict.get("category").as_integer(), 9);
  EXPECT_TRUE(conflict.get("data").is_missing());
  EXPECT_EQ(client.send(ajax::Method::Put, "contacts?action=update&id=1&folder=2", "{}").status, 400);
}

TEST_F(ContactsApi, DeleteGivesBackWhatIsNewerOrGoneAndRefusesASingleOneWithoutRight) {
  const std::string old = create("'display_name':'old'");
  const auto stamp =
      client.get("contacts?action=get&id=" + old + "&folder=" + folder).get("timestamp").as_integer();
  const std::string fresh = create("'display_name':'fresh'");
  const std::string url = "contacts?action=delete&timestamp=" + std::to_string(stamp);
  EXPECT_EQ(data(put(url, fmt::format("[{{'id':'{}','folder':'{}'}},{{'id':'{}','folder':'{}'}}]", old,
                                      folder, fresh, folder))),
            "[\"" + fresh + "\"]");
  EXPECT_EQ(data(put(url, fmt::format("{{'id':'{}','folder':'{}'}}", old, folder))), "[\"" + old + "\"]");
  const Json me = client.get("contacts?action=getuser&id=3").get("data");
  EXPECT_EQ(code(put("contacts?action=delete&timestamp=9223372036854775807",
                     fmt::format("[{{'id':'{}','folder':'6'}}]", me.get("id").as_string()))),
            "CON-0260");
}

TEST_F(ContactsApi, DeletingSeveralListsConflictsAndMissingOnesAndASingleOneHasNoErrorForThem) {
  const std::string old = create("'display_name':'old'");
  const std::string stamp =
      client.get("contacts?action=get&id=" + old + "&folder=" + folder).get("timestamp").dump();
  const std::string newer = create("'display_name':'newer'");
  const std::string url = "contacts?action=delete&timestamp=" + stamp;
  const auto ref = [&](const std::string& id) { return "{'id':'" + id + "','folder':'" + folder + "'}"; };
  EXPECT_EQ(data(put(url, "[" + ref(newer) + "," + ref("99999") + "," + ref(old) + "]")),
            "[\"" + newer + "\",\"99999\"]");
  for (const std::string& id : {newer, std::string("99999")}) {
    const Json single = put(url, ref(id));
    EXPECT_EQ(data(single), "[\"" + id + "\"]");
    EXPECT_TRUE(single.get("error").is_missing()) << single.dump();
  }
  EXPECT_EQ(code(client.get("contacts?action=get&id=" + old + "&folder=" + folder)), "CON-0125");
  EXPECT_EQ(code(put(url, "{'id':'1','folder':'99999'}")), "FLD-0008");
}

TEST_F(ContactsApi, ABadMailAddressNamesTheFieldItStandsIn) {
  const std::pair<const char*, const char*> wrong[] = {
      {"email1", "'email1':'nonsense'"},
      {"email3", "'email1':'good@x.test','email3':'a@b@'"},
      {"distribution_list", "'display_name':'l','distribution_list':[{'mail_field':0,'mail':'nonsense'}]"}};
  for (const auto& [name, members] : wrong) {
    const Json answer = put("contacts?action=new", "{'folder_id':'" + folder + "'," + members + "}");
    EXPECT_EQ(code(answer), "CON-0100") << answer.dump();
    ASSERT_EQ(answer.get("problematic").size(), 1U) << answer.dump();
    EXPECT_EQ(answer.get("problematic").at(0).get("name").as_string(), name);
  }
}

TEST_F(ContactsApi, TooLongValuesNameTheColumns) {
  const Json answer = put("contacts?action=new",
                          "{'folder_id':'" + folder + "','first_name':'" + std::string(300, 'x') + "'}");
  EXPECT_EQ(code(answer), "CON-0154");
  const Json problem = answer.get("problematic").at(0);
  EXPECT_EQ(problem.get("id").as_integer(), 501);
  EXPECT_EQ(problem.get("max_size").as_integer(), 255);
  EXPECT_EQ(problem.get("length").as_integer(), 300);
}

TEST_F(ContactsApi, SearchesThroughEveryAction) {
  create(
      "'display_name':'Kraus, Tom','first_name':'Tom','last_name':'Kraus','email1':'tk@x.test','birthday':0");
  EXPECT_EQ(data(put("contacts?action=search&columns=500", "{'pattern':'krau','folder':" + folder + "}")),
            R"([["Kraus, Tom"]])");
  EXPECT_EQ(data(put("contacts?action=search&columns=500",
                     "{'first_name':'to','orSearch':true,'folder':['" + folder + "']}")),
            R"([["Kraus, Tom"]])");
  EXPECT_EQ(data(put("contacts?action=advancedSearch&columns=500",
                     "{'filter':['=',{'field':'email1'},'tk@*'],'folders':['" + folder + "']}")),
            R"([["Kraus, Tom"]])");
  EXPECT_EQ(code(put("contacts?action=advancedSearch&columns=500", "{'filter':['like',1,2]}")), "SVL-0010");
  EXPECT_EQ(data(client.get("contacts?action=autocomplete&columns=500&query=tom%20kr")),
            R"([["Kraus, Tom"]])");
  EXPECT_EQ(data(client.get("contacts?action=autocomplete&columns=500&query=")), "[]");
  EXPECT_EQ(client.send(ajax::Method::Get, "contacts?action=autocomplete&columns=500").status, 400);
  EXPECT_EQ(data(client.get("contacts?action=birthdays&columns=500&start=0&end=86400000")),
            R"([["Kraus, Tom"]])");
  EXPECT_EQ(data(client.get("contacts?action=anniversaries&columns=500&start=0&end=86400000")), "[]");
}

TEST_F(ContactsApi, CopyMakesASecondContact) {
  const std::string id = create("'display_name':'a'");
  const Json answer =
      put("contacts?action=copy&id=" + id + "&folder=" + folder, "{'folder_id':" + folder + "}");
  EXPECT_TRUE(answer.get("data").get("id").is_string()) << answer.dump();
  EXPECT_EQ(client.get("contacts?action=all&columns=1&folder=" + folder).get("data").size(), 2U);
}

TEST_F(ContactsApi, HaloFindsAPersonByAddressOrUser) {
  create("'display_name':'Kraus','email2':'tk@x.test'");
  EXPECT_EQ(data(client.get("halo/contact?action=services")), R"(["com.openexchange.halo.contacts"])");
  const std::string url =
      "halo/contact?action=investigate&provider=com.openexchange.halo.contacts&columns=500";
  EXPECT_EQ(data(client.get(url + "&email1=TK@x.test")), R"([["Kraus"]])");
  EXPECT_EQ(data(put(url, "{'email3':'tk@x.test'}")), R"([["Kraus"]])");
  EXPECT_EQ(data(client.get(url + "&internal_userid=4")), R"([["Name of user2"]])");
  EXPECT_EQ(data(client.get(url + "&email1=nobody@x.test")), "[]");
  EXPECT_EQ(code(client.get("halo/contact?action=investigate&provider=other&columns=1")), "SVL-0010");
}

}  // namespace
}  // namespace gw::test
