// What other programs write: versions, encodings, names of their own.
#include <gtest/gtest.h>

#include "formats/vcard/vcard.hpp"

namespace gw::formats::vcard {
namespace {

ParsedCard parse(const std::string& lines, const std::string& version = "3.0") {
  ParsedCard found;
  const std::string text = "BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + lines + "END:VCARD\r\n";
  parse_cards(text, Limits{}, [&](ParsedCard&& card) {
    found = std::move(card);
    return true;
  });
  return found;
}

TEST(VcardDialects, FoldedLinesAreJoined) {
  EXPECT_EQ(parse("FN:Long\r\n  name\r\n\tagain\r\n").contact.display_name, "Long nameagain");
  EXPECT_EQ(parse("FN:Unix\n  ends\n").contact.display_name, "Unix ends");
}

TEST(VcardDialects, QuotedPrintableWithSoftBreaksIsDecoded) {
  const auto card = parse(
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\n"
      "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0Aseco=\r\n nd=\r\n =20end\r\nTITLE:after\r\n",
      "2.1");
  EXPECT_EQ(card.contact.last_name, "Müller");
  EXPECT_EQ(card.contact.first_name, "Jörg");
  EXPECT_EQ(card.contact.note, "first\nseco nd  end");
  EXPECT_EQ(card.contact.position, "after");
}

TEST(VcardDialects, NamelessParametersOfTwoOneAreTypes) {
  const auto card = parse(
      "TEL;WORK;VOICE:1\r\nTEL;CELL:2\r\nTEL;HOME;FAX:3\r\nTEL;PREF:4\r\nEMAIL;INTERNET:a@b.test\r\n", "2.1");
  EXPECT_EQ(card.contact.telephone_business1, "1");
  EXPECT_EQ(card.contact.cellular_telephone1, "2");
  EXPECT_EQ(card.contact.fax_home, "3");
  EXPECT_EQ(card.contact.telephone_primary, "4");
  EXPECT_EQ(card.contact.email1, "a@b.test");
}

TEST(VcardDialects, CommasInTwoOneAreText) {
  EXPECT_EQ(parse("FN:Doe, John\r\nN:Doe, Jr.;John\r\n", "2.1").contact.last_name, "Doe, Jr.");
  EXPECT_EQ(parse("NOTE:C:\\temp\\; x\r\n", "2.1").contact.note, "C:\\temp; x");
}

TEST(VcardDialects, CharsetsPerPropertyAndTheCp1252Guess) {
  EXPECT_EQ(parse("FN;CHARSET=ISO-8859-1:J\xF6rg\r\n", "2.1").contact.display_name, "Jörg");
  EXPECT_EQ(parse("FN;CHARSET=Shift_JIS:\x8A\xBF\x8E\x9A\r\n", "2.1").contact.display_name, "漢字");
  EXPECT_EQ(parse("FN:J\xF6rg \x80\r\n", "2.1").contact.display_name, "Jörg €");
  EXPECT_EQ(parse("FN;CHARSET=x-unknown:J\xC3\xB6rg\r\n", "2.1").contact.display_name, "Jörg");
}

TEST(VcardDialects, ByteOrderMarksAreHonoured) {
  std::string utf16("\xFF\xFE", 2);
  for (const char c : std::string("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Wide\r\nEND:VCARD\r\n")) {
    utf16 += c;
    utf16 += '\0';
  }
  for (const std::string& text : {utf16,
                                  "\xEF\xBB\xBF"
                                  "BEGIN:VCARD\nVERSION:3.0\nFN:Wide\nEND:VCARD\n" +
                                      std::string()}) {
    Text name;
    EXPECT_EQ(parse_cards(text, Limits{},
                          [&](ParsedCard&& card) {
                            name = card.contact.display_name;
                            return true;
                          }),
              1U);
    EXPECT_EQ(name, "Wide");
  }
}

TEST(VcardDialects, ParametersAreReadQuotedAndWithCarets) {
  const auto card =
      parse("ADR;TYPE=\"work,pref\";LABEL=\"Line ^'one^'^nLine; two\":;;Street;City;;12345;Land\r\n", "4.0");
  EXPECT_EQ(card.contact.addressBusiness, "Line \"one\"\nLine; two");
  EXPECT_EQ(card.contact.street_business, "Street");
  EXPECT_EQ(card.contact.default_address, 1);
}

TEST(VcardDialects, DatesWithoutYearAreTheYear1604) {
  const auto wanted = date_from_civil({1604, 3, 21});
  EXPECT_EQ(parse("BDAY:--0321\r\n", "4.0").contact.birthday, wanted);
  EXPECT_EQ(parse("BDAY:--03-21\r\n").contact.birthday, wanted);
  EXPECT_EQ(parse("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-21\r\n").contact.birthday, wanted);
  EXPECT_EQ(parse("BDAY;X-APPLE-OMIT-YEAR=1900:1900-03-21\r\n").contact.birthday, wanted);
  EXPECT_EQ(parse("BDAY:1987-09-27T08:30:00-06:00\r\n").contact.birthday, date_from_civil({1987, 9, 27}));
  EXPECT_EQ(parse("BDAY;VALUE=date:19870927\r\n").contact.birthday, date_from_civil({1987, 9, 27}));
}

TEST(VcardDialects, ABadDateIsAWarningAndTheCardStays) {
  const auto card = parse("FN:X\r\nBDAY:circa 1800\r\n");
  EXPECT_FALSE(card.contact.birthday);
  ASSERT_EQ(card.warnings.size(), 1U);
  EXPECT_EQ(format_code(*card.warnings[0].code), "I_E-1306");
  EXPECT_EQ(card.contact.display_name, "X");
}

TEST(VcardDialects, ApplesLabelsNameRelationsAndDates) {
  const auto card = parse(
      "item1.X-ABRELATEDNAMES:Eva\r\nitem1.X-ABLabel:_$!<Spouse>!$_\r\nitem2.X-ABDATE:2001-05-06\r\n"
      "item2.X-ABLabel:_$!<Anniversary>!$_\r\nitem3.URL:http\\://example.test/"
      "a,b\r\nitem3.X-ABLabel:_$!<HomePage>!$_\r\n"
      "TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:7\r\n");
  EXPECT_EQ(card.contact.spouse_name, "Eva");
  EXPECT_EQ(card.contact.anniversary, date_from_civil({2001, 5, 6}));
  EXPECT_EQ(card.contact.url, "http://example.test/a,b");
  EXPECT_EQ(card.contact.cellular_telephone1, "7");
}

TEST(VcardDialects, EvolutionAndKAddressBookNamesAreUnderstood) {
  const auto card = parse(
      "X-EVOLUTION-MANAGER:Boss\r\nX-KADDRESSBOOK-X-AssistantsName:Helper\r\nX-EVOLUTION-ANNIVERSARY:1999-01-"
      "02\r\n"
      "TEL;TYPE=X-EVOLUTION-CALLBACK:1\r\nTEL;TYPE=X-EVOLUTION-TTYTDD:2\r\nX-EVOLUTION-FILE-AS:Doe\\, "
      "J\r\nX-AIM:jd\r\n"
      "X-JABBER:j@d.test\r\nIMPP:xmpp:j@d.test\r\n");
  EXPECT_EQ(card.contact.manager_name, "Boss");
  EXPECT_EQ(card.contact.assistant_name, "Helper");
  EXPECT_EQ(card.contact.anniversary, date_from_civil({1999, 1, 2}));
  EXPECT_EQ(card.contact.telephone_callback, "1");
  EXPECT_EQ(card.contact.telephone_ttytdd, "2");
  EXPECT_EQ(card.contact.file_as, "Doe, J");
  EXPECT_EQ(card.contact.instant_messenger1, "aim:jd");
  EXPECT_EQ(card.contact.instant_messenger2, "xmpp:j@d.test");
}

TEST(VcardDialects, EmailPlacesFollowPreferenceThenTypeThenOrder) {
  const auto card = parse(
      "EMAIL:c@x.test\r\nEMAIL;TYPE=HOME:b@x.test\r\nEMAIL;TYPE=WORK:a@x.test\r\nEMAIL;TYPE=X400:old\r\n");
  EXPECT_EQ(card.contact.email1, "a@x.test");
  EXPECT_EQ(card.contact.email2, "b@x.test");
  EXPECT_EQ(card.contact.email3, "c@x.test");
  EXPECT_EQ(parse("EMAIL;PREF=2:a@x.test\r\nEMAIL;PREF=1:b@x.test\r\n", "4.0").contact.email1, "b@x.test");
}

TEST(VcardDialects, MoreNumbersThanPlacesUseTheOtherNumber) {
  const auto card = parse("TEL;TYPE=WORK:1\r\nTEL;TYPE=WORK:2\r\nTEL;TYPE=WORK:3\r\nTEL;TYPE=WORK:4\r\n");
  EXPECT_EQ(card.contact.telephone_business1, "1");
  EXPECT_EQ(card.contact.telephone_business2, "2");
  EXPECT_EQ(card.contact.telephone_other, "3");
}

TEST(VcardDialects, InlinePicturesComeInThreeSpellings) {
  const std::string gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  const std::string half1 = gif.substr(0, 30);
  const std::string half2 = gif.substr(30);
  for (const auto& [line, version] : std::vector<std::pair<std::string, std::string>>{
           {"PHOTO;ENCODING=b;TYPE=GIF:" + half1 + "\r\n " + half2 + "\r\n", "3.0"},
           {"PHOTO;GIF;BASE64:\r\n " + half1 + "\r\n " + half2 + "\r\n\r\n", "2.1"},
           {"PHOTO;GIF;ENCODING=BASE64:" + half1 + "\r\n" + half2 + "\r\n\r\n", "2.1"},
           {"PHOTO:data:image/gif;base64," + half1 + "\r\n " + half2 + "\r\n", "4.0"},
           {"PHOTO;VALUE=uri:data:image/gif\\;base64\\," + half1 + "\r\n " + half2 + "\r\n", "4.0"}}) {
    const auto card = parse(line + "FN:Pic\r\n", version);
    ASSERT_TRUE(card.image) << line;
    EXPECT_EQ(card.image->content_type, "image/gif");
    EXPECT_EQ(card.image->bytes.size(), 42U);
    EXPECT_EQ(card.contact.display_name, "Pic");
  }
}

TEST(VcardDialects, APictureNamedByAddressIsNotFetched) {
  EXPECT_FALSE(parse("PHOTO;VALUE=uri:http://example.test/p.jpg\r\n").image);
}

TEST(VcardDialects, AnAgentOfTwoOneDoesNotEndItsCard) {
  const auto card = parse(
      "FN:Boss\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Agent\r\nEND:VCARD\r\nTITLE:Chief\r\n", "2.1");
  EXPECT_EQ(card.contact.display_name, "Boss");
  EXPECT_EQ(card.contact.position, "Chief");
}

TEST(VcardDialects, GroupMembersWithoutAddressAreReportedByUid) {
  const auto card =
      parse("KIND:group\r\nFN:G\r\nMEMBER:urn:uuid:0815\r\nMEMBER:mailto:a%2Bb@x.test\r\n", "4.0");
  EXPECT_TRUE(card.contact.mark_as_distributionlist);
  ASSERT_EQ(card.contact.distribution_list.size(), 1U);
  EXPECT_EQ(card.contact.distribution_list[0].mail, "a+b@x.test");
  EXPECT_EQ(card.member_uids, std::vector<std::string>{"0815"});
}

TEST(VcardDialects, PostOfficeBoxAndExtraLinesJoinTheStreet) {
  const auto card = parse("ADR;TYPE=HOME:PO 12;Floor 3;Main St 1;City;Region;99;Land\r\n");
  EXPECT_EQ(card.contact.street_home, "Main St 1\nFloor 3\nPO 12");
  EXPECT_EQ(card.contact.state_home, "Region");
}

TEST(VcardDialects, ControlCharactersDoNotReachTheContact) {
  EXPECT_EQ(parse(std::string("FN:a\x01\x7F"
                              "b\0c\r\n",
                              11))
                .contact.display_name,
            "abc");
}

}  // namespace
}  // namespace gw::formats::vcard
