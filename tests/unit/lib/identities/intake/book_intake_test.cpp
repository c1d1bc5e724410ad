#include "identities/intake/book_intake.hpp"

#include "unit/lib/identities/directory_fixture.hpp"

namespace gw::identities::intake {
namespace {

class BookIntakeTest : public test::DirectoryTest {
 protected:
  static BookEntry person(const std::string& name, const std::string& folder = {}) {
    return {folder, "cn=" + name + ",dc=x",
            Json::object().set("display_name", Json::string(name)).set("company", Json::null())};
  }

  /// Takes the books as a run does.
  Report take(const std::vector<BookContent>& books, bool is_preview = false) {
    Report report;
    auto work = administration();
    const std::function<bool()> goes_on = [] { return true; };
    EXPECT_TRUE(take_books({*work, corp(), books, is_preview, goes_on}, report));
    return report;
  }

  std::int64_t contacts_in(const std::string& title) {
    return number(
        "SELECT COUNT(*) FROM contacts WHERE cid=1 AND folder_id=(SELECT id FROM folders WHERE cid=1 AND "
        "title='" +
        title + "')");
  }
};

TEST_F(BookIntakeTest, EntriesBecomeContactsOfAFolderThatAllUsersRead) {
  const Report report = take({{"Partners", {{"a", person("Anna")}, {"b", person("Bert")}}}});
  EXPECT_EQ(report.counts(Kind::Contact).created, 2);
  EXPECT_EQ(report.counts(Kind::Folder).created, 1);
  EXPECT_EQ(contacts_in("Partners"), 2);
  const auto user = acting(make_user("reader").id);
  const FolderId folder(number("SELECT id FROM folders WHERE cid=1 AND title='Partners'"));
  model::contacts::ContactCollector collector;
  model::contacts::list_folder(*user, folder, {}, collector.visitor());
  model::contacts::ContactInput input;
  input.contact.folder_id = folder.value;
  EXPECT_EQ(test::problem_of([&] { model::contacts::create(*user, input); }), "CON-0112");
}

TEST_F(BookIntakeTest, WhatIsAsBeforeIsNotWrittenAndWhatChangedIsTheSameContact) {
  take({{"Partners", {{"a", person("Anna")}, {"b", person("Bert")}}}});
  const std::int64_t id = number("SELECT id FROM contacts WHERE cid=1 AND display_name='Anna'");
  EXPECT_EQ(take({{"Partners", {{"a", person("Anna")}, {"b", person("Bert")}}}}).done(), 0);
  const Report report = take({{"Partners", {{"a", person("Berg")}}}});
  EXPECT_EQ(report.counts(Kind::Contact).changed, 1);
  EXPECT_EQ(report.counts(Kind::Contact).purged, 1);
  EXPECT_EQ(number("SELECT id FROM contacts WHERE cid=1 AND display_name='Berg'"), id);
  EXPECT_EQ(contacts_in("Partners"), 1);
}

TEST_F(BookIntakeTest, ValuesAreFoldersAndEntriesMoveBetweenThem) {
  take({{"Company", {{"a", person("Anna", "Sales")}, {"b", person("Bert", "Support")}}}});
  EXPECT_EQ(contacts_in("Company"), 0);
  EXPECT_EQ(contacts_in("Sales"), 1);
  const Report report =
      take({{"Company", {{"a", person("Anna", "Support")}, {"b", person("Bert", "Support")}}}});
  EXPECT_EQ(report.counts(Kind::Contact).changed, 1);
  EXPECT_EQ(report.counts(Kind::Folder).purged, 1);
  EXPECT_EQ(contacts_in("Support"), 2);
  EXPECT_EQ(number("SELECT COUNT(*) FROM folders WHERE cid=1 AND title='Sales'"), 0);
}

TEST_F(BookIntakeTest, ABookThatIsNotConfiguredGoesWithItsContacts) {
  take({{"Company", {{"a", person("Anna", "Sales")}}}, {"Partners", {{"b", person("Bert")}}}});
  take({{"Partners", {}}});
  EXPECT_EQ(number("SELECT COUNT(*) FROM folders WHERE cid=1 AND title IN ('Company','Sales')"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM folders WHERE cid=1 AND title='Partners'"), 1);
  EXPECT_EQ(contacts_in("Partners"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM directory_objects WHERE cid=1"), 1);
}

TEST_F(BookIntakeTest, APreviewWritesNothingAndABadEntryStopsNothing) {
  const Report preview = take({{"Partners", {{"a", person("Anna")}}}}, true);
  EXPECT_EQ(preview.differences.size(), 1U);
  EXPECT_EQ(number("SELECT COUNT(*) FROM directory_objects"), 0);
  BookEntry broken = person(std::string(400, 'x'));
  const Report report = take({{"Partners", {{"a", broken}, {"b", person("Bert")}}}});
  EXPECT_EQ(report.counts(Kind::Contact).failed, 1);
  EXPECT_EQ(report.counts(Kind::Contact).created, 1);
}

TEST_F(BookIntakeTest, WhatSomebodyDeletedComesBackWhenItChanges) {
  take({{"Partners", {{"a", person("Anna")}}}});
  const std::int64_t id = number("SELECT id FROM contacts WHERE cid=1 AND display_name='Anna'");
  const FolderId folder(number("SELECT id FROM folders WHERE cid=1 AND title='Partners'"));
  const model::contacts::ContactRef ref{folder, ObjectId(id)};
  model::contacts::remove(*administration(), std::array{ref}, model::contacts::kAnyVersion);
  EXPECT_EQ(take({{"Partners", {{"a", person("Berg")}}}}).counts(Kind::Contact).changed, 1);
  EXPECT_EQ(contacts_in("Partners"), 1);
}

}  // namespace
}  // namespace gw::identities::intake
