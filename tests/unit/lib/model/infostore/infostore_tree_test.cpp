#include "model/infostore/infostore_tree.hpp"

#include "file_cabinet.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/infostore_properties.hpp"

namespace gw::test {
namespace {

using infostore::Transfer;
using infostore::TreeEntry;

class InfostoreTree : public FileCabinet {
 protected:
  TreeEntry entry(ItemRef ref) { return {ref.folder, ref.id}; }
  std::optional<Item> named(UserId user, FolderId folder, const std::string& name) {
    const sql::Lease lease = database.pool->acquire();
    const auto access = model::folders::find_access(*lease, as(user).caller(), folder);
    return infostore::find_in_folder(as(user), folder, access ? access->rights : model::Rights{}, name);
  }
  std::optional<FolderId> folder_named(FolderId parent, const std::string& title) {
    const sql::Lease lease = database.pool->acquire();
    return model::folders::find_subfolder(*lease, kContext, parent, title);
  }
  Transfer transfer(TreeEntry source, FolderId target, const std::string& name) {
    Transfer wanted;
    wanted.source = source;
    wanted.target = target;
    wanted.name = name;
    return wanted;
  }
  infostore::Lock name_lock(UserId owner, FolderId folder, const std::string& name) {
    infostore::Lock lock;
    lock.token = "opaquelocktoken:1";
    lock.folder = folder;
    lock.name = name;
    lock.owner = owner;
    lock.until = {database.clock.now().value + 60'000};
    return lock;
  }
};

TEST_F(InfostoreTree, FindsByExactNameWhatMayBeRead) {
  share(home(kAnna), kBerta, {2, 1, 1, 1, false});
  store(kAnna, home(kAnna), "a.txt", "1");
  EXPECT_TRUE(named(kAnna, home(kAnna), "a.txt"));
  EXPECT_FALSE(named(kAnna, home(kAnna), "A.txt"));
  EXPECT_FALSE(named(kBerta, home(kAnna), "a.txt"));
}

TEST_F(InfostoreTree, MovesWithANewNameAndReplacesInOneStep) {
  const ItemRef file = store(kAnna, home(kAnna), "a.txt", "1").ref;
  const FolderId target = subfolder(kAnna, home(kAnna), "to");
  const ItemRef old = store(kAnna, target, "b.txt", "2").ref;
  Transfer wanted = transfer(entry(file), target, "b.txt");
  EXPECT_EQ(refusal([&] { infostore::move_entry(as(kAnna), wanted); }), "IFO-0441");
  wanted.replaced = entry(old);
  infostore::move_entry(as(kAnna), wanted);
  const auto found = named(kAnna, target, "b.txt");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, file.id.value);
  EXPECT_EQ(found->title, "b.txt");
  EXPECT_EQ(get(kAnna, old).folder_id, trash(kAnna).value);
}

TEST_F(InfostoreTree, LeavesTheReplacedAloneWhenTheMoveIsRefused) {
  const ItemRef mine = store(kBerta, home(kBerta), "a.txt", "1").ref;
  share(home(kAnna), kBerta, kReadAll);
  const ItemRef theirs = store(kAnna, home(kAnna), "a.txt", "2").ref;
  Transfer wanted = transfer(entry(theirs), home(kBerta), "a.txt");
  wanted.replaced = entry(mine);
  EXPECT_EQ(refusal([&] { infostore::move_entry(as(kBerta), wanted); }), "IFO-0421");
  EXPECT_EQ(get(kBerta, mine).folder_id, home(kBerta).value);
}

TEST_F(InfostoreTree, CopiesTreesWithBytesAndProperties) {
  const FolderId top = subfolder(kAnna, home(kAnna), "tree");
  const FolderId deep = subfolder(kAnna, top, "deep");
  store(kAnna, top, "a.txt", "one");
  const ItemRef file = store(kAnna, deep, "b.txt", "two").ref;
  infostore::change_properties(as(kAnna), entry(file), {{{"urn:x", "p", "<p/>"}, false}});
  const std::int64_t before = used();
  infostore::copy_entry(as(kAnna), transfer({top, {}}, home(kAnna), "copy"));
  const auto copy = folder_named(home(kAnna), "copy");
  ASSERT_TRUE(copy);
  EXPECT_TRUE(named(kAnna, *copy, "a.txt"));
  const auto below = folder_named(*copy, "deep");
  ASSERT_TRUE(below);
  const auto found = named(kAnna, *below, "b.txt");
  ASSERT_TRUE(found);
  EXPECT_NE(found->file_id, get(kAnna, file).file_id);
  EXPECT_EQ(infostore::list_properties(as(kAnna), {*below, ObjectId(found->id)}).size(), 1U);
  EXPECT_EQ(used(), before + 6);
}

TEST_F(InfostoreTree, CopiesNothingWhenTheQuotaHasNoRoom) {
  const FolderId top = subfolder(kAnna, home(kAnna), "tree");
  store(kAnna, top, "a.txt", "one");
  store(kAnna, top, "b.txt", "two");
  set_context_quota(10);
  const std::size_t files = root.files.count();
  EXPECT_EQ(refusal([&] {
              infostore::copy_entry(as(kAnna), transfer({top, {}}, home(kAnna), "copy"));
            }),
            "FLS-0024");
  EXPECT_FALSE(folder_named(home(kAnna), "copy"));
  EXPECT_EQ(root.files.count(), files);
}

TEST_F(InfostoreTree, GivesTheLockOnANameToWhateverGetsIt) {
  share(home(kAnna), kBerta, kAuthor);
  infostore::add_lock(as(kAnna), name_lock(kAnna, home(kAnna), "new.txt"));
  EXPECT_EQ(refusal([&] { store(kBerta, home(kAnna), "new.txt", "2"); }), "IFO-0415");
  store(kBerta, home(kAnna), "other.txt", "2");
  const ItemRef file = store(kAnna, home(kAnna), "new.txt", "1").ref;
  EXPECT_GT(get(kAnna, file).locked_until.value, 0);
  EXPECT_EQ(refusal([&] { update(kBerta, file, "{'title':'x'}"); }), "IFO-0415");
  EXPECT_TRUE(infostore::remove_lock(as(kAnna), "opaquelocktoken:1"));
}

TEST_F(InfostoreTree, LocksOnNamesDoNotLockTheirFolder) {
  share(home(kAnna), kBerta, kAuthor);
  infostore::add_lock(as(kAnna), name_lock(kAnna, home(kAnna), "folder"));
  EXPECT_EQ(refusal([&] { infostore::make_folder(as(kBerta), home(kAnna), "folder"); }), "IFO-0415");
  infostore::make_folder(as(kBerta), home(kAnna), "another");
  const FolderId made = infostore::make_folder(as(kAnna), home(kAnna), "folder");
  const auto locks = infostore::locks_on(as(kAnna), {made, {}});
  ASSERT_EQ(locks.size(), 1U);
  EXPECT_EQ(locks[0].name, "");
}

TEST_F(InfostoreTree, KeepsTitlesAsTheyAreOrMakesNoFolder) {
  EXPECT_EQ(refusal([&] { infostore::make_folder(as(kAnna), home(kAnna), " x"); }), "FLD-0092");
  const FolderId made = infostore::make_folder(as(kAnna), home(kAnna), "x");
  EXPECT_EQ(refusal([&] {
              infostore::move_entry(as(kAnna), transfer({made, {}}, home(kAnna), "x "));
            }),
            "FLD-0092");
}

TEST_F(InfostoreTree, EndsTheLocksThatItIsTold) {
  const ItemRef file = store(kAnna, home(kAnna), "a.txt", "1").ref;
  infostore::lock(as(kAnna), file, std::nullopt);
  Transfer wanted = transfer(entry(file), home(kAnna), "b.txt");
  wanted.change.ended_locks = {infostore::locks_on(as(kAnna), file).front().token};
  infostore::move_entry(as(kAnna), wanted);
  EXPECT_EQ(get(kAnna, file).locked_until.value, 0);
}

TEST_F(InfostoreTree, ListsWhatTheRightsInTheFolderAllow) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "both");
  share(folder, kBerta, {2, 1, 1, 1, false});
  store(kAnna, folder, "b.txt", "two");
  const ItemRef own = store(kBerta, folder, "a.txt", "1").ref;
  add_version(kBerta, own, "three");
  const auto list = [&](UserId user, const model::Rights& rights) {
    Names found;
    for (const Item& item : infostore::list_entries(as(user), folder, rights)) {
      found.push_back(*item.filename + " " + std::to_string(item.file_size) + " " +
                      std::to_string(item.version));
      EXPECT_EQ(item.file_mimetype, get(user, {folder, ObjectId(item.id)}).file_mimetype);
    }
    return found;
  };
  EXPECT_EQ(list(kAnna, {.folder = 64, .read = 2}), (Names{"a.txt 5 2", "b.txt 3 1"}));
  EXPECT_EQ(list(kBerta, {.folder = 2, .read = 1}), Names{"a.txt 5 2"});
}

}  // namespace
}  // namespace gw::test
