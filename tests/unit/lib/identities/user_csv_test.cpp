#include "identities/user_csv.hpp"

#include "identities/user_csv_import.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::identities {
namespace {

class UserCsvTest : public test::AccountTest {
 protected:
  UserCsvTest() { make_context(); }

  CsvImportReport take(const std::string& text, CsvImportOptions options = {}) {
    database.settings.session.password_cost = test::kPasswordCost;
    return import_users(*administration(), text, options);
  }
  model::users::User user(const std::string& login) {
    auto work = administration();
    return model::users::find_by_login(work->connection(), ContextId(1), login).value();
  }
};

TEST_F(UserCsvTest, TitlesSayWhatColumnsAreInAnyOrderAndSpelling) {
  const auto report = take(
      "\xEF\xBB\xBFLast Name;userName;first_name;E-Mail;pin;Job Title;Shoe size;emailAliases;groups\r\n"
      "Berg;Anna;\"A; \"\"nna\"\"\";anna@x.test;secret;Head;38;a@x.test,b@x.test;Team;\r\n");
  EXPECT_EQ(report.created, 1);
  EXPECT_EQ(report.failed, 0);
  EXPECT_EQ(report.groups, 1);
  EXPECT_EQ(report.unknown_titles, std::vector<std::string>{"Shoe size"});
  EXPECT_EQ(user("anna").display_name, "A; \"nna\" Berg");
  EXPECT_EQ(user("anna").mail, "anna@x.test");
  EXPECT_EQ(user("anna").aliases, (std::vector<std::string>{"a@x.test", "anna@x.test", "b@x.test"}));
  EXPECT_TRUE(user("anna").password_hash->starts_with("$y$"));
  EXPECT_EQ(number("SELECT COUNT(*) FROM user_groups WHERE cid=1 AND display_name='Team'"), 1);
}

TEST_F(UserCsvTest, TheOrderOfSipXecsNeedsNoTitles) {
  std::string row = "anna,,,,Anna,Berg,200,anna@x.test,sales support,,,,,,,,,Head,Sales,Example";
  const auto report = take("whatever,stands,here\n" + row + "\nbert,1234\n,,,,,,,,,0004f2000001,phone\n",
                           {CsvLayout::SipXecs, false});
  EXPECT_EQ(report.created, 2);
  ASSERT_EQ(report.failed, 1);
  EXPECT_EQ(report.problems, std::vector<std::string>{"row 4 (): there is no login"});
  EXPECT_EQ(user("anna").display_name, "Anna Berg");
  EXPECT_FALSE(user("anna").password_hash);
  EXPECT_TRUE(user("bert").password_hash);
  EXPECT_EQ(number("SELECT COUNT(*) FROM contacts WHERE cid=1 AND position='Head' AND company='Example'"), 1);
}

TEST_F(UserCsvTest, WhoIsThereIsChangedAndEmptyCellsChangeNothing) {
  make_user("anna");
  const auto report = take("login,first_name,last_name,company,password,mail\nanna,,Berg,Example,,\n");
  EXPECT_EQ(report.changed, 1);
  const auto changed = user("anna");
  EXPECT_EQ(changed.mail, "anna@example.test");
  EXPECT_EQ(changed.password_hash, "hash of anna");
  EXPECT_EQ(
      number("SELECT COUNT(*) FROM contacts WHERE cid=1 AND first_name='First anna' AND last_name='Berg' "
             "AND company='Example'"),
      1);
}

TEST_F(UserCsvTest, WhatIsThereAlreadyIsSkipped) {
  const std::string file =
      "login,first_name,company,mail,aliases,language,timezone,quota\n"
      "anna,Anna,Example,anna@x.test,a@x.test;b@x.test,de_DE,Europe/Berlin,7\n";
  EXPECT_EQ(take(file).created, 1);
  for (const bool is_dry : {true, false}) {
    const auto again = take(file, {CsvLayout::Named, is_dry});
    EXPECT_EQ(again.skipped, 1);
    EXPECT_EQ(again.changed, 0);
    ASSERT_EQ(again.lines.size(), 1U);
    EXPECT_EQ(again.lines[0].outcome, CsvLine::Outcome::Skip);
  }
  for (const char* row : {"anna,Anne,,,,,,", "anna,,Other,,,,,", "anna,,,anne@x.test,,,,",
                          "anna,,,,c@x.test,,,", "anna,,,,,fr_FR,,", "anna,,,,,,UTC,", "anna,,,,,,,8"})
    EXPECT_EQ(
        take("login,first_name,company,mail,aliases,language,timezone,quota\n" + std::string(row) + "\n")
            .changed,
        1)
        << row;
}

TEST_F(UserCsvTest, ARowThatIsNotGoodStopsNoOther) {
  const auto report = take(
      "login,mail,password,quota\n"
      "a b,,,\nanna,no "
      "address,,\nbert,b@x.test,,many\ncleo,c@x.test,abc,\ndora,d@x.test,,100\ndora,e@x.test,,\n");
  EXPECT_EQ(report.created, 1);
  EXPECT_EQ(report.failed, 5);
  EXPECT_EQ(report.problems.size(), 5U);
  EXPECT_EQ(user("dora").file_quota, 100);
}

TEST_F(UserCsvTest, ADryRunWritesNothing) {
  const auto report = take("login,groups\nanna,Team\noxadmin,\n", {CsvLayout::Named, true});
  EXPECT_EQ(report.created, 1);
  EXPECT_EQ(report.changed, 0);
  EXPECT_EQ(report.skipped, 1);
  EXPECT_EQ(report.groups, 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE login='anna'"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM user_groups WHERE display_name='Team'"), 0);
}

TEST_F(UserCsvTest, FilesThatMeanNothingAreRefusedAsAWhole) {
  EXPECT_THROW(take(""), std::invalid_argument);
  EXPECT_THROW(take("name,mail\nx,y\n"), std::invalid_argument);
  EXPECT_THROW(take("login\n\xFF\xFE\n"), std::invalid_argument);
}

}  // namespace
}  // namespace gw::identities
