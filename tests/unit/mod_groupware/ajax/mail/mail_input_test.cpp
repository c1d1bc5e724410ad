// What clients send to module `mail`: searches, lists of mails, columns, addresses, images in HTML.
#include <gtest/gtest.h>

#include "ajax/mail/compose_input.hpp"
#include "ajax/mail/inline_images.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "ajax/mail/mail_search.hpp"

namespace gw::ajax {
namespace {

using Kind = mail::SearchTerm::Kind;

std::string mail_code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

Json json_of(const std::string& text) { return Json::parse(text).value_or(Json()); }

mail::SearchTerm search(const std::string& text, int shortest = 0) {
  return parse_mail_search(json_of(text), shortest).value_or(mail::SearchTerm{});
}

std::string search_code(const std::string& text, int shortest = 0) {
  return mail_code_of([&] { search(text, shortest); });
}

TEST(MailSearch, ColumnsAreOrEd) {
  const auto term = search(R"([{"col":603,"pattern":"ann"},{"col":-1,"pattern":"x"}])");
  ASSERT_EQ(term.kind, Kind::Or);
  EXPECT_EQ(term.children[0].kind, Kind::From);
  EXPECT_EQ(term.children[1].kind, Kind::Text);
  EXPECT_EQ(search(R"([{"col":"607","pattern":"a"}])").kind, Kind::Subject);
  EXPECT_FALSE(parse_mail_search(json_of("[]"), 0));
}

TEST(MailSearch, TheGrammarIsReadInEitherOrder) {
  const auto term =
      search(R"({"filter":["and",["=",{"field":"to"},"b"],["not",[">",100,{"field":"size"}]]]})");
  ASSERT_EQ(term.kind, Kind::And);
  EXPECT_EQ(term.children[0].text, "b");
  ASSERT_EQ(term.children[1].kind, Kind::Not);
  // 100 > size is size < 100.
  EXPECT_EQ(term.children[1].children[0].kind, Kind::Smaller);
  EXPECT_EQ(search(R"({"filter":["and"]})").kind, Kind::All);
  EXPECT_EQ(search(R"({"filter":["=",{"field":"colour"},"red"]})").kind, Kind::All);
  EXPECT_EQ(search(R"({"filter":["=",{"attachment":"name"},"a.pdf"]})").kind, Kind::AttachmentName);
  EXPECT_EQ(search(R"({"filter":["=",{"field":"flags"},32]})").flag, mail::Flag::Seen);
}

TEST(MailSearch, ADayIsFromMidnightToMidnight) {
  const auto term = search(R"({"filter":["=",{"field":"received_date"},86400005]})");
  ASSERT_EQ(term.kind, Kind::And);
  EXPECT_EQ(term.children[0].at.value, 86'400'000);
  EXPECT_EQ(term.children[1].at.value, 172'800'000);
}

TEST(MailSearch, WhatIsNoneIsRefused) {
  EXPECT_EQ(search_code(R"("x")"), "SVL-0028");
  for (const char* broken :
       {R"({"filter":[]})", R"({"filter":"x"})", R"({"filter":["near",1,2]})", R"({"filter":["not"]})",
        R"({"filter":["=",1,2]})", R"({"filter":["=",{"field":"size"},"big"]})",
        R"({"filter":["=",{"field":"to"},["x"]]})", R"([{"col":600,"pattern":"x"}])", R"([{"col":603}])"})
    EXPECT_EQ(search_code(broken), "MSG-1011") << broken;
  EXPECT_EQ(search_code(R"({"filter":["=",{"field":"flags"},33]})"), "MSG-0048");
  EXPECT_EQ(search_code(R"([{"col":603,"pattern":"ab"}])", 3), "MSG-0068");
  std::string deep;
  for (int i = 0; i < 60; ++i) deep += R"(["not",)";
  deep += R"(["and"])" + std::string(60, ']');
  EXPECT_EQ(search_code(R"({"filter":)" + deep + "}"), "MSG-1011");
}

TEST(MailList, FolderAndIdAreReadInBothSpellings) {
  const auto mails =
      parse_mail_list(json_of(R"([{"folder":"default0/a","id":"1"},{"folder_id":"b","id":2}])"));
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_EQ(mails[0].folder.fullname, "a");
  EXPECT_EQ(mails[1].uid, 2U);
  EXPECT_EQ(mail_code_of([] { parse_mail_list(json_of(R"([{"id":"1"}])")); }), "SVL-0028");
  EXPECT_EQ(mail_code_of([] { parse_mail_list(json_of(R"([{"folder":"a","id":"undefined"}])")); }),
            "MSG-0086");
  const auto groups = group_by_folder({{{0, "a"}, 1}, {{0, "b"}, 2}, {{0, "a"}, 3}});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].uids, (std::vector<mail::Uid>{1, 3}));
}

TEST(MailColumns, WhatIsNoNumberIsAHeader) {
  const MailCells cells = parse_mail_cells("600, X-Spam,607,4711", "List-Id");
  ASSERT_EQ(cells.size(), 5U);
  EXPECT_EQ(cells[0].column->number, 600);
  EXPECT_EQ(cells[1].header, "X-Spam");
  EXPECT_EQ(cells[3].column, nullptr);
  EXPECT_EQ(cells[4].header, "List-Id");
  const mail::FetchSet needs = needs_of(cells);
  EXPECT_TRUE(needs.has(mail::Fetch::Heading));
  EXPECT_FALSE(needs.has(mail::Fetch::Structure));
  EXPECT_EQ(needs.header_names, (std::vector<std::string>{"X-Spam", "List-Id"}));
}

TEST(MailColumns, ARowIsWrittenAsClientsReadIt) {
  mail::Message mail;
  mail.uid = 7;
  mail.received = Millis{0};
  mail.from = {{"Doe, Jane", "jane@x.test"}, {std::nullopt, "a@unspecified-domain"}};
  mail.flags.color = 3;
  mail.headers = {{"X-A", "=?utf-8?q?=C3=A4?="}, {"x-a", "b"}, {"Importance", "high"}, {"X-Priority", "5"}};
  const mail::Account account;
  const TimeZone zone = TimeZone::find("Europe/Berlin").value_or(TimeZone::utc());
  const MailView view{mail, account, zone, "default0/INBOX"};
  std::string row;
  append_mail_row(row, view, parse_mail_cells("600,601,603,604,607,610,102,614,X-A,311,1", ""));
  EXPECT_EQ(
      row,
      R"(["7","default0/INBOX",[["\"Doe, Jane\"","jane@x.test"],[null,"a"]],[],null,3600000,3,1,["ä","b"],null,null])");
}

TEST(MailColumns, RowsAndObjectsHaveTheSameValues) {
  mail::Message mail;
  mail.uid = 7;
  mail.subject = "\xC3\xA4 \"x\"";
  mail.from = {{"Jane", ""}, {std::nullopt, "a@x.test"}};
  mail.size = 12;
  const mail::Account account;
  const TimeZone zone = TimeZone::utc();
  const MailView view{mail, account, zone, "default0/INBOX"};
  std::string columns;
  for (const MailColumn& column : mail_columns())
    if (!column.name.empty()) columns += std::to_string(column.number) + ",";
  std::string row;
  append_mail_row(row, view, parse_mail_cells(columns, ""));
  const Json cells = json_of(row);
  Json object = Json::object();
  set_mail_members(object, view);
  std::size_t place = 0;
  for (const MailColumn& column : mail_columns()) {
    if (column.name.empty()) continue;
    const Json member = object.get(column.name.data());
    EXPECT_EQ(cells.at(place++).dump(), member.is_missing() ? "null" : member.dump()) << column.name;
  }
  EXPECT_EQ(object.get("from").dump(), R"([["Jane",null],[null,"a@x.test"]])");
}

TEST(MailColumns, SortColumnsAreThoseOfTheTable) {
  EXPECT_EQ(parse_mail_sort(""), mail::SortField::Received);
  EXPECT_EQ(parse_mail_sort("607"), mail::SortField::Subject);
  EXPECT_EQ(mail_code_of([] { parse_mail_sort("x"); }), "MSG-0031");
  EXPECT_EQ(mail_code_of([] { parse_mail_sort("606"); }), "MSG-1011");
}

TEST(MailAddresses, PairsAndTextsAreRead) {
  const auto pairs = parse_address_value(json_of(R"([["\"Doe, Jane\"","jane@x.test"],[null,"b@x.test"]])"));
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].personal, "Doe, Jane");
  EXPECT_FALSE(pairs[1].personal);
  EXPECT_EQ(parse_address_value(json_of(R"("A <a@x.test>, b@x.test")")).size(), 2U);
  EXPECT_TRUE(parse_address_value(Json()).empty());
  EXPECT_EQ(mail_code_of([] { parse_address_value(json_of(R"([["a",null]])")); }), "MSG-1008");
  std::string many = "a@x.test";
  for (int i = 0; i < 10'000; ++i) many += ",a@x.test";
  EXPECT_EQ(mail_code_of([&] { parse_address_value(Json::string(many)); }), "MSG-0076");
}

TEST(InlineImages, OwnImagesAndDataBecomeParts) {
  const std::string pixel = "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=";
  const auto found = take_inline_images(
      "<p><img src=\"data:image/gif;base64," + pixel +
          "\"><img src=\"/ajax/file?id=1\" alt=\"x\"><img src=\"http://x.test/a.png\"></p>",
      [](std::string_view address) -> std::optional<mail::mime::Attachment> {
        if (!query_of_own_address(address, "file")) return std::nullopt;
        mail::mime::Attachment image;
        image.name = "own";
        return image;
      });
  ASSERT_EQ(found.images.size(), 2U);
  EXPECT_EQ(found.images[0].type, "image/gif");
  EXPECT_EQ(found.images[1].name, "own");
  EXPECT_TRUE(found.images[1].is_inline);
  EXPECT_EQ(found.html, "<p><img src=\"cid:" + found.images[0].content_id +
                            "\"><img src=\"cid:" + found.images[1].content_id +
                            "\" alt=\"x\"><img src=\"http://x.test/a.png\"></p>");
}

TEST(InlineImages, OnlyPathsOfThisServerAreOurs) {
  EXPECT_EQ(query_of_own_address("/ajax/file?a=1&amp;b=2", "file"), "a=1&b=2");
  for (const char* foreign :
       {"http://x.test/ajax/file?a=1", "//x.test/file?a=1", "/ajax/file", "ajax/file?a", "/ajax/profile?a=1"})
    EXPECT_FALSE(query_of_own_address(foreign, "file")) << foreign;
}

}  // namespace
}  // namespace gw::ajax
