#include "ajax/transfer/import.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/transfer/import_support.hpp"

namespace gw::ajax {
namespace {

class Import : public test::TransferTest {};

std::string card(const std::string& lines) {
  return "BEGIN:VCARD\r\nVERSION:3.0\r\n" + lines + "END:VCARD\r\n";
}

TEST_F(Import, CardsGiveOneElementEachInFileOrder) {
  const Json answer = import("VCARD", card("FN:One\r\nUID:u1\r\n") +
                                          "BEGIN:VCARD\r\nVERSION:9\r\nEND:VCARD\r\n" + card("FN:Two\r\n"));
  const Json data = answer.get("data");
  ASSERT_EQ(data.size(), 3U) << answer.dump();
  EXPECT_TRUE(data.at(0).get("id").is_string());
  EXPECT_EQ(data.at(0).get("folder_id").as_string(), folder);
  EXPECT_GT(data.at(0).get("last_modified").as_integer(), 0);
  EXPECT_EQ(code(data.at(1)), "I_E-0605");
  EXPECT_TRUE(data.at(1).get("id").is_missing());
  EXPECT_EQ(contact(std::string(data.at(2).get("id").as_string())).get("display_name").as_string(), "Two");
  EXPECT_EQ(contact(std::string(data.at(0).get("id").as_string())).get("uid").as_string(), "u1");
}

TEST_F(Import, TheAnswerIsTheCallbackPageOfTheModule) {
  const Answer answer = upload("VCARD", card("FN:</script><b>x\r\nNOTE:</script>\r\nBDAY:</script>\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("callback_import"), std::string::npos);
  const std::size_t start = answer.body.find("({");
  const std::size_t end = answer.body.rfind("})");
  ASSERT_NE(start, std::string::npos);
  const std::string json = answer.body.substr(start + 1, end - start);
  EXPECT_EQ(json.find('<'), std::string::npos);
  const Json envelope = Json::parse(json).value_or(Json());
  EXPECT_EQ(code(envelope.get("data").at(0)), "I_E-1306");
  EXPECT_TRUE(envelope.get("data").at(0).get("id").is_string());
  EXPECT_EQ(envelope.get("data").at(0).get("warnings").size(), 1U);
}

TEST_F(Import, FilesThatAreNotThereAreRefused) {
  EXPECT_EQ(code(import("CSV", "")), "I_E-1303");
  Request request = client->request(Method::Post, "import?action=CSV&plainJson=true&folder=" + folder);
  request.is_multipart = true;
  EXPECT_EQ(code(Json::parse(client->dispatch(request).body).value_or(Json())), "I_E-1304");
  const test::SpooledFile file("x");
  request.uploads = {file.upload(), file.upload()};
  EXPECT_EQ(code(Json::parse(client->dispatch(request).body).value_or(Json())), "I_E-1300");
  request.uploads = {file.upload()};
  request.uploads[0].path += ".gone";
  EXPECT_EQ(code(Json::parse(client->dispatch(request).body).value_or(Json())), "I_E-1312");
}

TEST_F(Import, AFileOfNoBytesFailsInTheCallbackPage) {
  const Answer answer = upload("CSV", "");
  EXPECT_NE(answer.body.find("callback_import"), std::string::npos);
  EXPECT_NE(answer.body.find("I_E-1303"), std::string::npos);
}

TEST_F(Import, TextWithoutCardsAndUnknownFormatsAreRefused) {
  EXPECT_EQ(code(import("VCARD", "FN:nobody")), "I_E-0608");
  EXPECT_EQ(code(import("XML", "x")), "I_E-1301");
  EXPECT_EQ(code(import("ICAL", "BEGIN:VCALENDAR\nEND:VCALENDAR\n")), "I_E-1100");
}

TEST_F(Import, FoldersAreChecked) {
  folder = "6";
  EXPECT_EQ(code(import("VCARD", card("FN:X\r\n"))), "I_E-0500");
  folder = std::to_string(folder_of("user2").value);
  EXPECT_EQ(code(import("VCARD", card("FN:X\r\n"))), "I_E-0500");
  folder = "20,21";
  EXPECT_EQ(code(import("VCARD", card("FN:X\r\n"))), "I_E-0800");
  folder = "1";
  EXPECT_EQ(code(import("VCARD", card("FN:X\r\n"))), "I_E-1100");
  folder = "default0/INBOX";
  EXPECT_EQ(code(import("VCARD", card("FN:X\r\n"))), "I_E-1100");
  folder = "";
  EXPECT_EQ(code(import("VCARD", card("FN:X\r\n"))), "I_E-1313");
}

TEST_F(Import, AUidThatIsTakenGetsANewOne) {
  const std::string file = card("FN:A\r\nUID:same\r\n");
  const std::string first(import("VCARD", file + file).get("data").at(0).get("id").as_string());
  const Json again = import("VCARD", file).get("data").at(0);
  EXPECT_EQ(contact(first).get("uid").as_string(), "same");
  EXPECT_NE(contact(std::string(again.get("id").as_string())).get("uid").as_string(), "same");
}

TEST_F(Import, BadAddressesAreWarningsAndTheContactIsStored) {
  const Json element = import("VCARD", card("FN:A\r\nEMAIL:not an address\r\nTEL:1\r\n")).get("data").at(0);
  EXPECT_EQ(code(element), "I_E-1306");
  EXPECT_TRUE(contact(std::string(element.get("id").as_string())).get("email1").is_missing());
}

TEST_F(Import, TooLongValuesFailTheirElement) {
  const Json data =
      import("VCARD", card("FN:" + std::string(400, 'x') + "\r\n") + card("FN:ok\r\n")).get("data");
  EXPECT_EQ(code(data.at(0)), "I_E-1311");
  EXPECT_EQ(data.at(0).get("truncated").at(0).as_integer(), 500);
  EXPECT_TRUE(data.at(0).get("id").is_missing());
  EXPECT_TRUE(data.at(1).get("id").is_string());
}

TEST_F(Import, PicturesAreStoredAndBrokenOnesAreWarnings) {
  const std::string gif =
      "PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\r\n";
  const Json data =
      import("VCARD", card("FN:A\r\n" + gif) + card("FN:B\r\nPHOTO;ENCODING=b;TYPE=GIF:AAAA\r\n"))
          .get("data");
  EXPECT_TRUE(data.at(0).get("code").is_missing()) << data.dump();
  EXPECT_EQ(contact(std::string(data.at(0).get("id").as_string())).get("number_of_images").as_integer(), 1);
  EXPECT_EQ(code(data.at(1)), "I_E-1306");
  EXPECT_EQ(contact(std::string(data.at(1).get("id").as_string())).get("number_of_images").as_integer(), 0);
}

TEST_F(Import, GroupCardsFindTheirMembersInTheSameFile) {
  const Json data =
      import("VCARD",
             card("FN:Team\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:m1\r\n"
                  "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:unknown\r\n") +
                 card("FN:M\r\nUID:m1\r\nEMAIL:m@example.test\r\n"))
          .get("data");
  ASSERT_EQ(data.size(), 2U);
  EXPECT_EQ(code(data.at(0)), "I_E-1306");
  const Json team = contact(std::string(data.at(0).get("id").as_string()));
  ASSERT_EQ(team.get("distribution_list").size(), 1U) << team.dump();
  EXPECT_EQ(team.get("distribution_list").at(0).get("mail").as_string(), "m@example.test");
  EXPECT_TRUE(team.get("mark_as_distributionlist").is_true());
}

TEST_F(Import, AGoodAndANamelessRowGiveAnIdAndAnError) {
  const Json data = import("CSV", "Sur name,Note\nGood,x\n,y\n").get("data");
  ASSERT_EQ(data.size(), 2U);
  EXPECT_TRUE(data.at(0).get("id").is_string());
  EXPECT_EQ(code(data.at(1)), "I_E-0808");
  EXPECT_EQ(code(import("CSV", "Sur name,Note\n")), "I_E-1315");
  EXPECT_EQ(code(import("CSV", "Sur name\nx\n", "&charset=klingon")), "I_E-1318");
}

TEST_F(Import, AnUnknownColumnIsAWarningWithAnId) {
  const Json element = import("CSV", "Sur name,Shoe size\nA,44\n").get("data").at(0);
  EXPECT_EQ(code(element), "I_E-0803");
  EXPECT_EQ(element.get("categories").as_string(), "WARNING");
  EXPECT_TRUE(element.get("id").is_string());
}

TEST_F(Import, BothCsvActionsReadEveryTitleSet) {
  const std::string german = "Vorname;Nachname;Geburtstag\r\nJ\xF6rg;M\xFCller;24.12.1980\r\n";
  for (const char* action : {"CSV", "OUTLOOK_CSV"}) {
    const Json element = import(action, german).get("data").at(0);
    EXPECT_EQ(contact(std::string(element.get("id").as_string())).get("first_name").as_string(), "Jörg")
        << element.dump();
  }
}

TEST_F(Import, BeyondTheLimitTheFirstAreStoredAndTheAnswerIsAnError) {
  api.database.settings.limits.import_contacts = 2;
  const Json answer = import("CSV", "Sur name\nA\nB\nC\n");
  EXPECT_EQ(code(answer), "I_E-1317");
  EXPECT_TRUE(answer.get("data").is_missing());
  EXPECT_EQ(client->get("contacts?action=all&columns=1&folder=" + folder).get("data").size(), 2U);
}

TEST_F(Import, UsersWithoutContactsMayNotImport) {
  api.database.pool->acquire()->execute("UPDATE users SET modules=0 WHERE cid=1 AND login='user2'");
  client = std::make_unique<test::ApiClient>(api.user("user2"));
  folder = std::to_string(folder_of("user2").value);
  EXPECT_EQ(code(import("VCARD", card("FN:A\r\n"))), "I_E-0607");
}

TEST_F(Import, ThousandsOfCardsArePassedThroughInChunks) {
  constexpr int kCards = 1'203;
  std::string file;
  for (int i = 0; i < kCards; ++i)
    file += card("FN:Person " + std::to_string(i) + "\r\nEMAIL:p" + std::to_string(i) + "@example.test\r\n");
  const Json data = import("VCARD", file).get("data");
  ASSERT_EQ(data.size(), static_cast<std::size_t>(kCards));
  for (std::size_t i = 0; i < data.size(); ++i)
    ASSERT_TRUE(data.at(i).get("id").is_string()) << data.at(i).dump();
  EXPECT_EQ(contact(std::string(data.at(1'000).get("id").as_string())).get("display_name").as_string(),
            "Person 1000");
}

}  // namespace
}  // namespace gw::ajax
