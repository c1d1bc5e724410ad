#include "ajax/transfer/export.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/transfer/import_support.hpp"

namespace gw::ajax {
namespace {

using test::header;

class Export : public test::TransferTest {
 protected:
  std::string add(const std::string& json) {
    const Json answer = client->put("contacts?action=new", "{\"folder_id\":\"" + folder + "\"," + json + "}");
    const auto id = answer.get("data").get("id").to_text();
    EXPECT_TRUE(id) << answer.dump();
    return id.value_or("");
  }
  std::string error(const std::string& url) { return code(client->get(url)); }
};

TEST_F(Export, AFolderAsCsvHasTitlesAndRows) {
  add(R"("first_name":"Ann","last_name":"O\"Hara, Jr.","birthday":0)");
  const std::string text = export_text("CSV", "&columns=501,502,511,1,20,99999");
  EXPECT_EQ(text, "\"Given name\",\"Sur name\",\"Birthday\"\n\"Ann\",\"O\"\"Hara, Jr.\",\"1970-01-01\"\n");
}

TEST_F(Export, TheDownloadIsNamedAfterTheFolderOrTheContact) {
  const std::string id = add(R"("display_name":"Zoë / \"Q\"")");
  const Answer whole = client->send(Method::Get, "export?action=CSV&folder=" + folder);
  EXPECT_EQ(whole.content_type, "text/csv; charset=UTF-8");
  EXPECT_TRUE(header(whole, "Content-Disposition").starts_with("attachment; filename=\""))
      << header(whole, "Content-Disposition");
  const Answer one = client->send(Method::Put, "export?action=VCARD",
                                  "[{\"id\":\"" + id + "\",\"folder_id\":\"" + folder + "\"}]");
  EXPECT_EQ(header(one, "Content-Disposition"),
            "attachment; filename=\"Zo__ _ _Q_.vcf\"; filename*=UTF-8''Zo%C3%AB%20_%20_Q_.vcf");
  EXPECT_EQ(one.content_type, "text/x-vcard; charset=UTF-8");
}

TEST_F(Export, OurOwnCsvComesBackTheSame) {
  add(R"("first_name":"Ännchen","last_name":"Tharau","note":"two\nlines","birthday":951782400000,"userfield20":"漢字","default_address":2)");
  add(R"("display_name":"Team","mark_as_distributionlist":true,"distribution_list":[{"mail_field":0,"mail":"a@example.test","display_name":"A, B"}])");
  const std::string first = export_text("CSV", "&columns=500,501,502,518,511,590,605,592,602");
  EXPECT_NE(first.find("\"2000-02-29\""), std::string::npos) << first;
  folder = std::to_string(folder_of("user2").value);
  client = std::make_unique<test::ApiClient>(api.user("user2"));
  const Json answer = import("CSV", first);
  EXPECT_EQ(answer.get("data").size(), 2U);
  EXPECT_TRUE(answer.get("data").at(0).get("code").is_missing()) << answer.dump();
  EXPECT_EQ(export_text("CSV", "&columns=500,501,502,518,511,590,605,592,602"), first);
}

TEST_F(Export, UnknownPropertiesOfAnImportedCardComeBack) {
  import("VCARD",
         "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Doe;Jane\r\nFN:Jane "
         "Doe\r\nX-SPECIAL;X-A=b:kept\r\nGENDER:F\r\nEND:VCARD\r\n");
  const std::string text = export_text("VCARD");
  EXPECT_TRUE(text.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n")) << text;
  EXPECT_NE(text.find("X-SPECIAL;X-A=b:kept\r\n"), std::string::npos);
  EXPECT_NE(text.find("GENDER:F\r\n"), std::string::npos);
}

TEST_F(Export, PicturesTravelWithTheCard) {
  import("VCARD",
         "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:P\r\nPHOTO;ENCODING=b;TYPE=GIF:"
         "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\r\nEND:VCARD\r\n");
  EXPECT_NE(export_text("VCARD").find("PHOTO;ENCODING=b;TYPE="), std::string::npos) << export_text("VCARD");
}

TEST_F(Export, DistributionListsAreLeftOutOnRequest) {
  add(R"("display_name":"Team","mark_as_distributionlist":true,"distribution_list":[{"mail_field":0,"mail":"a@example.test"}])");
  EXPECT_NE(export_text("CSV", "&columns=500").find("Team"), std::string::npos);
  EXPECT_EQ(export_text("CSV", "&columns=500&export_dlists=false").find("Team"), std::string::npos);
  EXPECT_EQ(export_text("VCARD", "&export_dlists=false"), "");
}

TEST_F(Export, AFolderOfManyChunksIsWrittenCompletely) {
  std::string csv = "Sur name\n";
  for (int i = 0; i < 450; ++i) csv += "Name" + std::to_string(i) + "\n";
  ASSERT_EQ(import("CSV", csv).get("data").size(), 450U);
  int pieces = 0;
  std::string text;
  client->send(Method::Get, "export?action=CSV&columns=502&folder=" + folder)
      .stream([&](std::string_view piece) {
        ++pieces;
        text += piece;
        return true;
      });
  EXPECT_EQ(pieces, 4);
  EXPECT_EQ(static_cast<int>(std::count(text.begin(), text.end(), '\n')), 451);
}

TEST_F(Export, AClientThatLeavesEndsTheWork) {
  for (int i = 0; i < 3; ++i) add(R"("last_name":"X")");
  int pieces = 0;
  client->send(Method::Get, "export?action=VCARD&folder=" + folder).stream([&](std::string_view) {
    ++pieces;
    return false;
  });
  EXPECT_EQ(pieces, 1);
}

TEST_F(Export, WrongRequestsGetTheModulesErrors) {
  EXPECT_EQ(error("export?action=CSV"), "I_E-1313");
  EXPECT_EQ(error("export?action=CSV&columns=501,abc&folder=" + folder), "I_E-1314");
  EXPECT_EQ(error("export?action=CSV&folder=1"), "I_E-1101");
  EXPECT_EQ(error("export?action=CSV&folder=999999"), "I_E-0100");
  EXPECT_EQ(error("export?action=VCARD&folder=" + std::to_string(folder_of("user2").value)), "I_E-0100");
  EXPECT_EQ(error("export?action=ICAL&folder=" + folder), "I_E-1101");
  EXPECT_EQ(error("export?action=FOO&folder=" + folder), "I_E-1301");
}

TEST_F(Export, ABatchIsAllOrNothing) {
  const std::string id = add(R"("last_name":"X")");
  const std::string foreign = std::to_string(folder_of("user2").value);
  const auto batch = [&](const std::string& other) {
    const Answer answer = client->send(Method::Put, "export?action=VCARD",
                                       "[{\"id\":" + id + ",\"folder_id\":" + folder + "}," + other + "]");
    return answer.stream ? "streamed" : code(Json::parse(answer.body).value_or(Json()));
  };
  EXPECT_EQ(batch("{\"id\":1,\"folder_id\":" + foreign + "}"), "I_E-0100");
  EXPECT_EQ(batch("{\"id\":999999,\"folder_id\":" + folder + "}"), "CON-0125");
  EXPECT_EQ(batch("{\"id\":\"x\"}"), "SVL-0031");
  EXPECT_EQ(batch("{\"id\":" + id + ",\"folder_id\":" + folder + "}"), "streamed");
}

TEST_F(Export, FormulasAreGuardedOnRequest) {
  add(R"("last_name":"=1+1")");
  EXPECT_NE(export_text("CSV", "&columns=502").find("\"=1+1\""), std::string::npos);
  EXPECT_NE(export_text("CSV", "&columns=502&guard_formulas=true").find("\"'=1+1\""), std::string::npos);
}

}  // namespace
}  // namespace gw::ajax
