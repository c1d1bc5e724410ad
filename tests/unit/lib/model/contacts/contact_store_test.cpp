#include "model/contacts/contact_store.hpp"

#include "address_book.hpp"

namespace gw::test {
namespace {

namespace store = contacts::store;

class ContactStore : public AddressBook {
 protected:
  void insert(std::int64_t id, std::int64_t folder, const char* name, ContextId context = kContext) {
    Contact contact;
    contact.id = id;
    contact.folder_id = folder;
    contact.display_name = name;
    contact.last_modified = {id};
    store::insert(*lease, context, contact);
  }
  std::vector<std::int64_t> scan(const store::Condition& condition) {
    std::vector<std::int64_t> ids;
    store::scan(*lease, kContext, {store::with_dependencies({}), kAnna}, condition,
                [&](const Contact& contact) { ids.push_back(contact.id); });
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  sql::Lease lease = database.pool->acquire();
};

using Ids = std::vector<std::int64_t>;

TEST_F(ContactStore, ReadsByManyIdsAndManyFolders) {
  std::vector<ObjectId> ids;
  std::vector<FolderId> folders;
  for (std::int64_t i = 1'000; i < 1'600; ++i) {
    insert(i, i, "x");
    ids.emplace_back(i);
    folders.emplace_back(i);
  }
  EXPECT_EQ(scan({.ids = ids}).size(), 600U);
  EXPECT_EQ(scan({.folders = folders}).size(), 600U);
  EXPECT_EQ(scan({.folders = folders, .changed_after = Millis{1'597}}), (Ids{1'598, 1'599}));
}

TEST_F(ContactStore, NeverCrossesIntoAnotherContext) {
  insert(1'000, 50, "here");
  insert(1'000, 50, "there", ContextId(2));
  const auto found = store::find(*lease, kContext, {contacts::all_fields(), kAnna}, ObjectId(1'000));
  EXPECT_EQ(found->display_name, "here");
  EXPECT_EQ(store::count_folder(*lease, kContext, FolderId(50), kAnna).all, 1);
  store::remove(*lease, ContextId(2), std::array{ObjectId(1'000)});
  EXPECT_EQ(scan({.folders = {FolderId(50)}}), Ids{1'000});
}

TEST_F(ContactStore, PiecesAreLiteralText) {
  insert(1'000, 50, "50% off_x");
  insert(1'001, 50, "500 offax");
  const auto with = [&](std::vector<std::string> pieces, bool any = false) {
    return scan({.folders = {FolderId(50)}, .pieces = std::move(pieces), .any_piece = any});
  };
  EXPECT_EQ(with({"50%"}), Ids{1'000});
  EXPECT_EQ(with({"off_"}), Ids{1'000});
  EXPECT_EQ(with({"50", "offa"}), Ids{1'001});
  EXPECT_EQ(with({"%", "offa"}, true), (Ids{1'000, 1'001}));
}

TEST_F(ContactStore, KeepsTheOriginalVcardThroughChanges) {
  Contact contact;
  contact.id = 1'000;
  contact.original_vcard = "BEGIN:VCARD";
  store::insert(*lease, kContext, contact);
  contact.original_vcard.reset();
  contact.note = "changed";
  store::update(*lease, kContext, contact);
  const auto found = store::find(*lease, kContext,
                                 {.fields = contacts::all_fields(), .reader = kAnna, .original_vcard = true},
                                 ObjectId(1'000));
  EXPECT_EQ(found->original_vcard, "BEGIN:VCARD");
  EXPECT_EQ(found->note, "changed");
}

TEST_F(ContactStore, CountingStopsAtTheLimit) {
  EXPECT_EQ(store::count_context(*lease, kContext, 2), 2);
  EXPECT_EQ(store::count_context(*lease, kContext, 100), 4);
}

}  // namespace
}  // namespace gw::test
