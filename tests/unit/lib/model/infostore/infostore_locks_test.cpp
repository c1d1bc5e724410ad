#include "file_cabinet.hpp"

namespace gw::test {
namespace {

class InfostoreLocks : public FileCabinet {
 protected:
  InfostoreLocks() {
    folder = home(kAnna);
    share(folder, kBerta, kAuthor);
    share(folder, kCarl, kReadAll);
    file = store(kAnna, folder, "a.txt", "one").ref;
  }
  infostore::Lock lock_of(UserId owner, FolderId place, bool is_deep) {
    infostore::Lock lock;
    lock.token = "opaquelocktoken:" + std::to_string(++tokens_);
    lock.folder = place;
    lock.owner = owner;
    lock.is_deep = is_deep;
    lock.until = {database.clock.now().value + 60'000};
    return lock;
  }
  FolderId folder;
  ItemRef file;

 private:
  int tokens_ = 0;
};

TEST_F(InfostoreLocks, BlockOthersAndNotTheLocker) {
  const auto stamp = infostore::lock(as(kBerta), file, std::chrono::minutes(5));
  const Item item = get(kAnna, file);
  EXPECT_EQ(item.locked_until.value, database.clock.now().value + 300'000);
  EXPECT_EQ(item.modified_by, kBerta.value);
  EXPECT_EQ(item.last_modified, stamp);
  EXPECT_EQ(refusal([&] { update(kAnna, file, "{'title':'x'}"); }), "IFO-0415");
  EXPECT_EQ(refusal([&] { add_version(kAnna, file, "two"); }), "IFO-0415");
  EXPECT_EQ(refusal([&] { infostore::revert(as(kAnna), file, kAnyVersion); }), "IFO-0415");
  EXPECT_EQ(remove(kAnna, file), "IFO-0415");
  EXPECT_EQ(move(kAnna, file, subfolder(kAnna, folder, "x")), "IFO-0415");
  EXPECT_EQ(refusal([&] { infostore::lock(as(kAnna), file, std::nullopt); }), "IFO-0415");
  update(kBerta, file, "{'title':'x'}");
  EXPECT_EQ(get(kAnna, file).title, "x");
}

TEST_F(InfostoreLocks, EndByThemselves) {
  infostore::lock(as(kBerta), file, std::chrono::minutes(5));
  database.clock.advance(300'001);
  EXPECT_EQ(get(kAnna, file).locked_until.value, 0);
  update(kAnna, file, "{'title':'x'}");
}

TEST_F(InfostoreLocks, NeedTheRightToWrite) {
  EXPECT_EQ(refusal([&] { infostore::lock(as(kCarl), file, std::nullopt); }), "IFO-0418");
  EXPECT_EQ(refusal([&] { infostore::unlock(as(kCarl), file); }), "IFO-0417");
}

TEST_F(InfostoreLocks, AreTakenAwayByTheirOwnerAndTheCreatorOfTheFile) {
  infostore::lock(as(kAnna), file, std::nullopt);
  EXPECT_EQ(refusal([&] { infostore::unlock(as(kBerta), file); }), "IFO-0416");
  infostore::unlock(as(kAnna), file);
  infostore::lock(as(kBerta), file, std::nullopt);
  infostore::unlock(as(kAnna), file);
  EXPECT_EQ(get(kBerta, file).locked_until.value, 0);
}

TEST_F(InfostoreLocks, OfTheSameUserAreProlonged) {
  infostore::lock(as(kAnna), file, std::chrono::minutes(1));
  infostore::lock(as(kAnna), file, std::chrono::minutes(9));
  EXPECT_EQ(infostore::locks_on(as(kAnna), file).size(), 1U);
  EXPECT_EQ(get(kAnna, file).locked_until.value, database.clock.now().value + 540'000);
}

TEST_F(InfostoreLocks, OfDavBlockTheApiToo) {
  infostore::Lock lock = lock_of(kBerta, {}, false);
  lock.item = file.id;
  lock.owner_xml = "<D:href xmlns:D=\"DAV:\">berta</D:href>";
  infostore::add_lock(as(kBerta), lock);
  EXPECT_EQ(refusal([&] { update(kAnna, file, "{'title':'x'}"); }), "IFO-0415");
  EXPECT_EQ(infostore::locks_on(as(kAnna), file).front().owner_xml, lock.owner_xml);
  EXPECT_FALSE(infostore::remove_lock(as(kAnna), lock.token));
  EXPECT_TRUE(infostore::refresh_lock(as(kBerta), lock.token, {lock.until.value + 5}));
  EXPECT_EQ(get(kAnna, file).locked_until.value, lock.until.value + 5);
  EXPECT_TRUE(infostore::remove_lock(as(kBerta), lock.token));
  EXPECT_FALSE(infostore::remove_lock(as(kBerta), lock.token));
  update(kAnna, file, "{'title':'x'}");
}

TEST_F(InfostoreLocks, OfACollectionReachItsMembersWhenTheyAreDeep) {
  const FolderId docs = subfolder(kAnna, folder, "docs");
  const auto below = store(kAnna, docs, "b.txt", "two");
  infostore::Lock shallow = lock_of(kBerta, folder, false);
  infostore::add_lock(as(kBerta), shallow);
  update(kAnna, file, "{'title':'x'}");
  EXPECT_EQ(refusal([&] { store(kAnna, folder, "new", "1"); }), "IFO-0415");
  store(kAnna, docs, "new", "1");
  infostore::remove_lock(as(kBerta), shallow.token);
  infostore::add_lock(as(kBerta), lock_of(kBerta, folder, true));
  EXPECT_EQ(refusal([&] { update(kAnna, below.ref, "{'title':'x'}"); }), "IFO-0415");
  EXPECT_EQ(refusal([&] { store(kAnna, docs, "more", "1"); }), "IFO-0415");
  EXPECT_EQ(infostore::locks_on(as(kAnna), below.ref).size(), 1U);
}

TEST_F(InfostoreLocks, ExcludeEachOtherUnlessBothAreShared) {
  infostore::Lock shared = lock_of(kBerta, {}, false);
  shared.item = file.id;
  shared.is_shared = true;
  infostore::add_lock(as(kBerta), shared);
  infostore::Lock second = lock_of(kAnna, {}, false);
  second.item = file.id;
  EXPECT_EQ(refusal([&] { infostore::add_lock(as(kAnna), second); }), "IFO-0415");
  EXPECT_EQ(refusal([&] { infostore::add_lock(as(kAnna), lock_of(kAnna, folder, true)); }), "IFO-0415");
  second.is_shared = true;
  infostore::add_lock(as(kAnna), second);
  update(kAnna, file, "{'title':'x'}");
  EXPECT_EQ(infostore::locks_on(as(kAnna), file).size(), 2U);
}

TEST_F(InfostoreLocks, OfDavChangeTheStampOfTheFile) {
  infostore::Lock lock = lock_of(kBerta, {}, false);
  lock.item = file.id;
  const Millis before = get(kAnna, file).last_modified;
  infostore::add_lock(as(kBerta), lock);
  const Item locked = get(kAnna, file);
  EXPECT_GT(locked.last_modified, before);
  EXPECT_EQ(locked.modified_by, kBerta.value);
  EXPECT_TRUE(infostore::remove_lock(as(kBerta), lock.token));
  EXPECT_GT(get(kAnna, file).last_modified, locked.last_modified);
}

TEST_F(InfostoreLocks, KeepOthersFromRenamingAFolderAboveThem) {
  const FolderId place = subfolder(kAnna, folder, "place");
  const FolderId below = subfolder(kAnna, place, "below");
  infostore::Lock lock = lock_of(kBerta, {}, false);
  lock.item = store(kAnna, below, "deep.txt", "1").ref.id;
  infostore::add_lock(as(kBerta), lock);
  const auto rename = [&](UserId user) {
    model::folders::FolderChange change;
    change.title = "renamed";
    return refusal([&] { model::folders::change_folder(as(user), std::to_string(place.value), change); });
  };
  EXPECT_EQ(rename(kAnna), "FLD-0088");
  infostore::remove_lock(as(kBerta), lock.token);
  EXPECT_EQ(rename(kAnna), "");
}

}  // namespace
}  // namespace gw::test
