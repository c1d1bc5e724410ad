#include "model/contacts/user_contacts.hpp"

#include "address_book.hpp"

namespace gw::test {
namespace {

TEST_F(AddressBook, ProvisioningChangesWhatClientsMayNot) {
  Contact values;
  values.email1 = "new@example.test";
  values.folder_id = 4'711;
  as(kAdmin).write([&](model::Transaction& transaction) {
    contacts::update_user_contact(transaction, kContext, kAnna, values,
                                  contacts::fields_of(std::array{20, 555}));
  });
  const Contact changed = contacts::get_user(as(kAnna), kAnna);
  EXPECT_EQ(changed.email1, "new@example.test");
  EXPECT_EQ(changed.folder_id, 6);
  EXPECT_EQ(changed.first_name, "Anna");
}

TEST_F(AddressBook, ADeletedUserLeavesATombstoneAndHandsOverWhatOthersUse) {
  const FolderId open = public_folder(kAuthor);
  const ObjectId id = create(kAnna, open, "{'last_name':'shared'}");
  const Millis before = get(kBerta, {open, id}).last_modified;
  const Contact annas = contacts::get_user(as(kBerta), kAnna);
  as(kAdmin).write([&](model::Transaction& transaction) {
    contacts::delete_user_data(transaction, kContext, kAnna, kAdmin);
    contacts::delete_user_contact(transaction, kContext, kAnna);
  });
  const Contact heir = get(kBerta, {open, id});
  EXPECT_EQ(heir.created_by, kAdmin.value);
  EXPECT_GT(heir.last_modified, before);
  const auto updates = contacts::updates(as(kBerta), FolderId(6), annas.last_modified, true, {},
                                         [](std::size_t, const Contact&) {});
  EXPECT_EQ(updates.removed, std::vector<ObjectId>{ObjectId(annas.id)});
  const sql::Lease lease = database.pool->acquire();
  EXPECT_FALSE(contacts::find_user_contact(*lease, kContext, kAnna).has_value());
}

}  // namespace
}  // namespace gw::test
