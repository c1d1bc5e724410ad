#include "address_book.hpp"

namespace gw::test {
namespace {

TEST_F(AddressBook, EachContactIsDeletedAlone) {
  const FolderId home = this->home(kAnna);
  const FolderId readable = public_folder(kReadAll);
  const ObjectId old = create(kAnna, home, "{'last_name':'old'}");
  const Millis known = get(kAnna, {home, old}).last_modified;
  const ObjectId newer = create(kAnna, home, "{'last_name':'newer'}");
  const ObjectId user = ObjectId(contacts::get_user(as(kAnna), kAnna).id);
  const std::vector<ContactRef> refs{{home, old},         {home, newer},           {home, ObjectId(4'711)},
                                     {FolderId(6), user}, {FolderId(99'999), old}, {readable, old}};
  const auto removed = contacts::remove(as(kAnna), refs, known);
  const Names expected{"", "CON-0119", "CON-0125", "CON-0260", "FLD-0008", "CON-0125"};
  ASSERT_EQ(removed.outcomes.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& error = removed.outcomes[i].error;
    EXPECT_EQ(error ? format_code(error->code()) : "", expected[i]) << i;
  }
  EXPECT_EQ(names(kAnna, home), Names{"newer"});
}

TEST_F(AddressBook, NothingOfADeletedContactStays) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(
      kAnna, home,
      "{'display_name':'x','email1':'a@b.test','distribution_list':[{'mail':'c@d.test','mail_field':0}]}");
  EXPECT_EQ(remove(kAnna, {home, id}), "");
  const sql::Lease lease = database.pool->acquire();
  for (const char* table :
       {"contact_list_members", "contact_addresses", "contact_images", "contact_use_counts"}) {
    sql::Query row = lease->query(std::string("SELECT COUNT(*) FROM ") + table + " WHERE cid=? AND contact=?",
                                  kContext, id);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), 0) << table;
  }
}

TEST_F(AddressBook, TellingOfAPrivateContactReachesItsOwnerOnly) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  const ObjectId secret = create(kAnna, home, "{'last_name':'s','private_flag':true}");
  const ObjectId open = create(kAnna, home, "{'last_name':'o'}");
  database.events.events.clear();
  remove(kAnna, {home, secret});
  remove(kAnna, {home, open});
  ASSERT_EQ(database.events.events.size(), 2U);
  EXPECT_EQ(told(database.events.events[0]), std::vector<UserId>{kAnna});
  EXPECT_EQ(told(database.events.events[1]), (std::vector<UserId>{kAnna, kBerta}));
}

}  // namespace
}  // namespace gw::test
