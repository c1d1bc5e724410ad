#include <gtest/gtest.h>

#include "formats/vcard/vcard.hpp"

namespace gw::formats::vcard {
namespace {

constexpr std::string_view kOriginal =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Other//EN\r\nFN:Anna Muster\r\nN:Muster;Anna;;;\r\n"
    "item1.EMAIL;type=INTERNET;type=WORK:a@example.test\r\nitem1.X-ABLabel:Office\r\nX-CUSTOM;X-P=1:kept\\, "
    "as is\r\n"
    "ADR;TYPE=HOME:PO 1;;Street "
    "1;City;;1234;Land\r\nGENDER:F\r\nTEL;TYPE=HOME:1\r\nTEL;TYPE=HOME:2\r\nTEL;TYPE=HOME:3\r\n"
    "TEL;TYPE=HOME:4\r\nREV:2001-01-01T00:00:00Z\r\nEND:VCARD\r\n";

ParsedCard parse(std::string_view text) {
  ParsedCard found;
  parse_cards(text, Limits{}, [&](ParsedCard&& card) {
    found = std::move(card);
    return true;
  });
  return found;
}

std::size_t count(const std::string& text, std::string_view needle) {
  std::size_t found = 0;
  for (std::size_t at = text.find(needle); at != std::string::npos; at = text.find(needle, at + 1)) ++found;
  return found;
}

TEST(VcardMerge, NothingChangedKeepsEveryPropertyButTheFrame) {
  const std::string merged = merge_into_original(kOriginal, parse(kOriginal).contact, {}, Version::V30);
  for (const char* line : {"item1.EMAIL;TYPE=INTERNET,WORK:a@example.test", "item1.X-ABLABEL:Office",
                           "X-CUSTOM;X-P=1:kept\\, as is", "GENDER:F", "PO 1;;Street 1", "TEL;TYPE=HOME:4"})
    EXPECT_EQ(count(merged, line), 1U) << line << '\n' << merged;
  EXPECT_EQ(count(merged, "FN:"), 1U);
  EXPECT_EQ(count(merged, "\nN:"), 1U);
  EXPECT_EQ(count(merged, "PRODID"), 1U);
  EXPECT_EQ(count(merged, "REV"), 0U);
}

TEST(VcardMerge, AChangedColumnReplacesItsPropertyOnly) {
  Contact contact = parse(kOriginal).contact;
  contact.city_home = "Elsewhere";
  contact.email1 = "new@example.test";
  contact.birthday = date_from_civil({1990, 1, 2});
  const std::string merged = merge_into_original(kOriginal, contact, {}, Version::V30);
  EXPECT_EQ(count(merged, "ADR"), 1U) << merged;
  EXPECT_EQ(count(merged, "Elsewhere"), 1U);
  EXPECT_EQ(count(merged, "Street 1"), 1U);
  EXPECT_EQ(count(merged, "a@example.test"), 0U);
  EXPECT_EQ(count(merged, "new@example.test"), 1U);
  EXPECT_EQ(count(merged, "BDAY:1990-01-02"), 1U);
  EXPECT_EQ(count(merged, "X-CUSTOM"), 1U);
}

TEST(VcardMerge, ARemovedValueTakesItsPropertyAway) {
  Contact contact = parse(kOriginal).contact;
  contact.telephone_home1.reset();
  const std::string merged = merge_into_original(kOriginal, contact, {}, Version::V30);
  EXPECT_EQ(count(merged, "TEL;TYPE=HOME:1\r\n"), 0U) << merged;
  EXPECT_EQ(count(merged, "TEL;TYPE=HOME"), 2U) << merged;
  const Contact again = parse(merged).contact;
  EXPECT_FALSE(again.telephone_home1);
  EXPECT_EQ(again.telephone_home2, "2");
  EXPECT_EQ(again.telephone_other, "3");
}

TEST(VcardMerge, APictureByAddressStaysAndAnInlineOneFollowsTheContact) {
  const std::string by_address =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\nPHOTO;VALUE=uri:http://example.test/"
      "p.png\r\nEND:VCARD\r\n";
  EXPECT_EQ(count(merge_into_original(by_address, parse(by_address).contact, {}, Version::V30), "p.png"), 1U);
  const std::string inline_one =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\nPHOTO;ENCODING=b:R0lGODlhAQ==\r\nEND:VCARD\r\n";
  EXPECT_EQ(count(merge_into_original(inline_one, parse(inline_one).contact, {}, Version::V30), "PHOTO"), 0U);
  const Image image{"image/png", "\x89PNG\r\n"};
  const std::string replaced =
      merge_into_original(inline_one, parse(inline_one).contact, image, Version::V40);
  EXPECT_EQ(count(replaced, "PHOTO:data:image/png;base64,"), 1U) << replaced;
}

TEST(VcardMerge, TwoOneOriginalsAreConverted) {
  const std::string old =
      "BEGIN:VCARD\nVERSION:2.1\nN:Doe;J\nFN:J "
      "Doe\nX-OLD;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=E4=0D=0Ab,c\nEND:VCARD\n";
  const std::string merged = merge_into_original(old, parse(old).contact, {}, Version::V30);
  EXPECT_EQ(count(merged, "X-OLD:ä\\nb\\,c\r\n"), 1U) << merged;
}

TEST(VcardMerge, TextThatIsNoCardGivesAPlainCard) {
  Contact contact;
  contact.display_name = "X";
  EXPECT_EQ(merge_into_original("BEGIN:VCARD\nVERSION:9\nEND:VCARD", contact, {}, Version::V30),
            write_card(contact, {}, Version::V30));
}

}  // namespace
}  // namespace gw::formats::vcard
