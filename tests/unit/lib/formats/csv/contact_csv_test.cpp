#include "formats/csv/contact_csv.hpp"

#include <gtest/gtest.h>

#include "formats/csv/titles.hpp"
#include "unit/lib/formats/contact_samples.hpp"

namespace gw::formats::csv {
namespace {

using test::Contact;

std::vector<CsvRecord> parse(std::string_view text, const std::string& charset = {}) {
  std::vector<CsvRecord> records;
  parse_contacts(text, charset, [&](CsvRecord&& record) {
    records.push_back(std::move(record));
    return true;
  });
  return records;
}

std::string error_of(std::string_view text, const std::string& charset = {}) {
  try {
    parse(text, charset);
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return {};
}

std::string code_of(const std::optional<Problem>& problem) {
  return problem ? format_code(*problem->code) : "";
}

TEST(ContactCsv, OurOwnExportGivesTheSameValuesBack) {
  std::string text;
  append_titles(text, default_columns());
  std::vector<Contact> contacts;
  for (std::size_t i = 0; i < test::kScripts.size(); ++i) {
    contacts.push_back(test::full_contact(i));
    contacts.back().mark_as_distributionlist = i == 3;
    if (i == 3) contacts.back().distribution_list.push_back({.display_name = "A, B", .mail = "a@b.test"});
    append_contact(text, contacts.back(), default_columns());
  }
  const auto records = parse(text);
  ASSERT_EQ(records.size(), contacts.size());
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    EXPECT_FALSE(records[i].error);
    EXPECT_TRUE(records[i].warnings.empty());
    for (const int column : default_columns()) {
      if (column >= 2 && column <= 5) continue;
      const auto table = model::contacts::contact_fields();
      const auto& field = table[static_cast<std::size_t>(model::find_column(table, column))];
      if (column == 592)
        EXPECT_EQ(records[i].contact.distribution_list, contacts[i].distribution_list);
      else
        EXPECT_EQ(test::value_of(records[i].contact, field), test::value_of(contacts[i], field)) << column;
    }
  }
}

TEST(ContactCsv, EveryDefaultColumnHasATitleOfItsOwn) {
  for (const int column : default_columns()) EXPECT_FALSE(exported_title(column).empty()) << column;
  const std::vector<int> asked{1, 20, 101, 500, 524, 570, 606, 99999, 501};
  EXPECT_EQ(exportable_columns(asked), (std::vector<int>{500, 501}));
}

TEST(ContactCsv, GermanOutlookWithSemicolonsInCp1252IsRecognised) {
  const auto records = parse(
      "Anrede;Vorname;Nachname;Stra\xDF"
      "e gesch\xE4"
      "ftlich;Stra\xDF"
      "e gesch\xE4"
      "ftlich 2;Geburtstag;Geschlecht;Vertraulichkeit;Privat\r\n"
      "Frau;J\xF6rdis;M\xFCller;Hauptstr. 1;Hinterhaus;24.12.1980;Keine Angabe;Privat;Falsch\r\n"
      "Herr;Max;Muster;;;0.0.00;;Normal;Aus\r\n");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_TRUE(records[0].warnings.empty());
  EXPECT_EQ(records[0].contact.first_name, "Jördis");
  EXPECT_EQ(records[0].contact.last_name, "Müller");
  EXPECT_EQ(records[0].contact.title, "Frau");
  EXPECT_EQ(records[0].contact.street_business, "Hauptstr. 1\nHinterhaus");
  EXPECT_EQ(records[0].contact.birthday, date_from_civil({1980, 12, 24}));
  EXPECT_TRUE(records[0].contact.private_flag);
  EXPECT_FALSE(records[1].contact.birthday);
  EXPECT_FALSE(records[1].contact.private_flag);
  EXPECT_TRUE(records[1].warnings.empty());
}

TEST(ContactCsv, EveryLanguageOfOutlookIsRecognised) {
  EXPECT_EQ(
      parse("First Name,Last Name,E-mail Address,Birthday\nA,B,a@b.test,2/1/2000\n")[0].contact.birthday,
      date_from_civil({2000, 2, 1}));
  const auto french =
      parse("Titre,Prénom,Nom,Titre,Tél. mobile,Anniversaire\nMme,Zoé,Dupont,Chef,06,2/1/2000\n")[0].contact;
  EXPECT_EQ(french.title, "Mme");
  EXPECT_EQ(french.position, "Chef");
  EXPECT_EQ(french.cellular_telephone1, "06");
  EXPECT_EQ(french.birthday, date_from_civil({2000, 1, 2}));
  const auto dutch = parse(
                         "Voornaam,Achternaam,\"Werkadres, straat\",Land/regio "
                         "(werk),Verjaardag\nJan,Wit,Weg 1,NL,1-2-2000\n")[0]
                         .contact;
  EXPECT_EQ(dutch.street_business, "Weg 1");
  EXPECT_EQ(dutch.country_business, "NL");
  EXPECT_EQ(dutch.birthday, date_from_civil({2000, 2, 1}));
  const auto spanish = parse(
                           "Nombre,Apellidos,Calle del trabajo,Cumpleaños,Página web\nJosé,Ruiz,Calle "
                           "1,3/4/2001,http://x.test\n")[0]
                           .contact;
  EXPECT_EQ(spanish.last_name, "Ruiz");
  EXPECT_EQ(spanish.url, "http://x.test");
  EXPECT_EQ(spanish.birthday, date_from_civil({2001, 4, 3}));
}

TEST(ContactCsv, GooglesOldAndNewTitlesAreRecognised) {
  const auto old = parse(
      "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 "
      "- Value,Phone 2 - Type,Phone 2 - Value\n"
      "Ada L,Ada,L,* myContacts ::: Friends,* Home,a@x.test ::: b@x.test,Mobile,1,Work Fax,2\n")[0];
  EXPECT_TRUE(old.warnings.empty());
  EXPECT_EQ(old.contact.display_name, "Ada L");
  EXPECT_EQ(old.contact.categories, "Friends");
  EXPECT_EQ(old.contact.email1, "a@x.test");
  EXPECT_EQ(old.contact.email2, "b@x.test");
  EXPECT_EQ(old.contact.cellular_telephone1, "1");
  EXPECT_EQ(old.contact.fax_business, "2");
  const auto fresh = parse(
                         "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,File "
                         "As,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,"
                         "E-mail 1 - Label,E-mail 1 - Value,Address 1 - Label,Address 1 - Formatted,Address "
                         "1 - Street,Address 1 - City,Address 1 - Region,"
                         "Event 1 - Label,Event 1 - Value,Relation 1 - Label,Relation 1 - Value,Website 1 - "
                         "Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n"
                         "Robert,M,Smith,bob,Dr.,Smith,Acme,Boss,--03-07,\"Two\nlines\",http://p,* "
                         "myContacts,,r@x.test,Work,\"All\nof it\",Main 1,Town,CA,"
                         "Anniversary,2001-02-03,Spouse,Eve,Profile,http://w,Key,Val\n")[0]
                         .contact;
  EXPECT_EQ(fresh.first_name, "Robert");
  EXPECT_EQ(fresh.company, "Acme");
  EXPECT_EQ(fresh.position, "Boss");
  EXPECT_EQ(fresh.birthday, date_from_civil({1604, 3, 7}));
  EXPECT_EQ(fresh.note, "Two\nlines");
  EXPECT_EQ(fresh.street_business, "Main 1");
  EXPECT_EQ(fresh.state_business, "CA");
  EXPECT_FALSE(fresh.addressBusiness);
  EXPECT_EQ(fresh.anniversary, date_from_civil({2001, 2, 3}));
  EXPECT_EQ(fresh.spouse_name, "Eve");
  EXPECT_EQ(fresh.url, "http://w");
  EXPECT_EQ(fresh.userfield01, "Key: Val");
}

TEST(ContactCsv, PublishedAndShippedOwnTitlesAreBothUnderstood) {
  const auto contact = parse(
                           "Sur name,Martial status,Spouse name,Manager's name,Telephone "
                           "pager,PRIVATE\nX,single,Eve,Boss,1,true\n")[0]
                           .contact;
  EXPECT_EQ(contact.marital_status, "single");
  EXPECT_EQ(contact.spouse_name, "Eve");
  EXPECT_EQ(contact.manager_name, "Boss");
  EXPECT_EQ(contact.telephone_pager, "1");
  EXPECT_TRUE(contact.private_flag);
}

TEST(ContactCsv, AByteOrderMarkIsIgnoredAndANamedCharsetIsUsed) {
  EXPECT_EQ(parse("\xEF\xBB\xBFSur name\nÄ\n")[0].contact.last_name, "Ä");
  EXPECT_EQ(parse("Sur name\n\xD6\n", "ISO-8859-1")[0].contact.last_name, "Ö");
  EXPECT_EQ(parse("Sur name\n\xD6\n", "auto")[0].contact.last_name, "Ö");
  EXPECT_EQ(error_of("Sur name\nx\n", "no-such"), "I_E-1318");
}

TEST(ContactCsv, FilesThatSayNothingAreRefused) {
  EXPECT_EQ(error_of(""), "I_E-1315");
  EXPECT_EQ(error_of("Sur name,Given name\n"), "I_E-1315");
  EXPECT_EQ(error_of("foo,bar\n1,2\n"), "I_E-0804");
  EXPECT_EQ(error_of("Birthday,Note\n1.1.2000,x\n"), "I_E-0807");
}

TEST(ContactCsv, ANamelessRowFailsAloneAndARowWithoutKnownValueToo) {
  const auto records = parse("Sur name,Note,foo\nGood,x,y\n,only a note,\n,,z\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(code_of(records[0].error), "");
  EXPECT_EQ(code_of(records[1].error), "I_E-0808");
  EXPECT_EQ(code_of(records[2].error), "I_E-0805");
}

TEST(ContactCsv, UnknownTitlesAndBadValuesAreWarnings) {
  const auto record = parse("Sur name,Shoe size,Birthday,Default address\nX,44,whenever,home\n")[0];
  EXPECT_FALSE(record.error);
  ASSERT_EQ(record.warnings.size(), 3U);
  EXPECT_EQ(format_code(*record.warnings[0].code), "I_E-1306");
  EXPECT_EQ(format_code(*record.warnings[2].code), "I_E-0803");
  EXPECT_EQ(record.warnings[2].arguments, std::vector<std::string>{"Shoe size"});
}

TEST(ContactCsv, ShortAndLongRowsAreTolerated) {
  const auto records = parse("Sur name,Given name\nX\nY,Z,too,many\n");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].contact.first_name, "Z");
}

}  // namespace
}  // namespace gw::formats::csv
