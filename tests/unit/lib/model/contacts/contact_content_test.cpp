#include "address_book.hpp"

namespace gw::test {
namespace {

class ContactContent : public AddressBook {
 protected:
  template <class Question>
  bool ask(UserId user, const Question& question) {
    bool answer = false;
    as(user).write([&](model::Transaction& transaction) { answer = question(transaction); });
    return answer;
  }
  bool may_delete(UserId user, FolderId folder, const model::Rights& rights) {
    return ask(user, [&](model::Transaction& t) { return content.may_delete_all(t, folder, rights); });
  }
  const model::folders::FolderContent& content = contacts::contact_folder_content();
};

TEST_F(ContactContent, CountsWhatTheCallerMayRead) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  create(kAnna, home, "{'last_name':'a'}");
  create(kAnna, home, "{'last_name':'b','private_flag':true}");
  create(kBerta, home, "{'last_name':'c'}");
  EXPECT_EQ(content.count_readable(as(kAnna), home, kAuthor), 3);
  EXPECT_EQ(content.count_readable(as(kBerta), home, kAuthor), 2);
  EXPECT_EQ(content.count_readable(as(kBerta), home, kOwnOnly), 1);
  EXPECT_EQ(content.count_readable(as(kBerta), home, {1, 0, 0, 0, false}), 0);
}

TEST_F(ContactContent, KnowsWhetherAFolderMayBeEmptied) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  EXPECT_TRUE(may_delete(kBerta, home, {}));
  create(kAnna, home, "{'last_name':'a'}");
  EXPECT_TRUE(may_delete(kAnna, home, kAuthor));
  EXPECT_TRUE(may_delete(kAnna, home, kOwnOnly));
  EXPECT_TRUE(may_delete(kBerta, home, kAuthor));
  EXPECT_FALSE(may_delete(kBerta, home, kOwnOnly));
  create(kAnna, home, "{'last_name':'b','private_flag':true}");
  EXPECT_FALSE(may_delete(kBerta, home, kAuthor));
  EXPECT_TRUE(may_delete(kAnna, home, kAuthor));
  EXPECT_FALSE(may_delete(kAdmin, FolderId(6), kAuthor));
}

TEST_F(ContactContent, DeletesEverythingAndLeavesTombstones) {
  const FolderId home = this->home(kAnna);
  const ObjectId a = create(kAnna, home, "{'last_name':'a'}");
  const ObjectId b = create(kAnna, home, "{'last_name':'b'}");
  const Millis seen = get(kAnna, {home, b}).last_modified;
  database.events.events.clear();
  as(kAnna).write([&](model::Transaction& transaction) { content.delete_all(transaction, home); });
  EXPECT_TRUE(ask(kAnna, [&](model::Transaction& t) { return content.is_empty(t, home); }));
  const auto updates = contacts::updates(as(kAnna), home, seen, true, {}, [](std::size_t, const Contact&) {});
  EXPECT_EQ(updates.removed, (std::vector<ObjectId>{a, b}));
  EXPECT_EQ(database.events.events.size(), 1U);
}

}  // namespace
}  // namespace gw::test
