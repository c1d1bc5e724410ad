#include "file_cabinet.hpp"

namespace gw::test {
namespace {

class ItemRemove : public FileCabinet {};

TEST_F(ItemRemove, GoesToTheTrashFirstAndThenForGood) {
  const FolderId home = this->home(kAnna);
  const auto file = store(kAnna, home, "a.txt", "one");
  EXPECT_EQ(remove(kAnna, file.ref), "");
  EXPECT_EQ(names(kAnna, home), Names{});
  EXPECT_EQ(names(kAnna, trash(kAnna)), Names{"a.txt"});
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(infostore::updates(as(kAnna), home, file.timestamp).removed.size(), 1U);
  EXPECT_EQ(remove(kAnna, {trash(kAnna), file.ref.id}), "");
  EXPECT_EQ(names(kAnna, trash(kAnna)), Names{});
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(refusal([&] { get(kAnna, file.ref); }), "IFO-0300");
}

TEST_F(ItemRemove, HardDeleteTakesAllVersionsAtOnce) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  add_version(kAnna, file.ref, "two");
  EXPECT_EQ(used(), 6);
  EXPECT_EQ(remove(kAnna, file.ref, true), "");
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(remove(kAnna, file.ref, true), "IFO-0300");
}

TEST_F(ItemRemove, AMissingRightStopsEverything) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  const auto first = store(kAnna, home, "a.txt", "one");
  const FolderId own = this->home(kBerta);
  const auto second = store(kBerta, own, "b.txt", "two");
  EXPECT_EQ(refusal([&] {
              infostore::remove(as(kBerta), std::array{second.ref, first.ref}, kAnyVersion, true);
            }),
            "IFO-0445");
  EXPECT_EQ(names(kBerta, own), Names{"b.txt"});
}

TEST_F(ItemRemove, RestoreBringsItBackUnderAFreeName) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  const auto file = store(kAnna, docs, "a.txt", "one");
  remove(kAnna, file.ref);
  store(kAnna, docs, "a.txt", "another");
  const auto restored = infostore::restore(as(kAnna), std::array{ItemRef{trash(kAnna), file.ref.id}});
  ASSERT_EQ(restored.size(), 1U);
  EXPECT_EQ(restored.front().ref.folder, docs);
  EXPECT_EQ(restored.front().path.back(), "docs");
  EXPECT_EQ(restored.front().folders.back(), docs);
  EXPECT_EQ(names(kAnna, docs, {.sort = {702, false}, .left = 0, .right = {}}),
            (Names{"a (1).txt", "a.txt"}));
  EXPECT_FALSE(get(kAnna, file.ref).origin);
  EXPECT_EQ(refusal([&] { infostore::restore(as(kAnna), std::array{file.ref}); }), "IFO-0300");
}

TEST_F(ItemRemove, RestoreMakesMissingFoldersAgain) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  const FolderId year = subfolder(kAnna, docs, "2026");
  const auto first = store(kAnna, year, "a.txt", "one");
  const auto second = store(kAnna, year, "b.txt", "two");
  remove(kAnna, first.ref);
  remove(kAnna, second.ref);
  model::folders::delete_folder(as(kAnna), std::to_string(docs.value), {}, true);
  const auto restored = infostore::restore(
      as(kAnna), std::array{ItemRef{trash(kAnna), first.ref.id}, ItemRef{trash(kAnna), second.ref.id}});
  ASSERT_EQ(restored.size(), 2U);
  EXPECT_NE(restored[0].ref.folder, year);
  EXPECT_EQ(restored[0].ref.folder, restored[1].ref.folder);
  EXPECT_EQ(Names(restored[0].path.end() - 2, restored[0].path.end()), (Names{"docs", "2026"}));
  EXPECT_EQ(names(kAnna, restored[0].ref.folder).size(), 2U);
}

TEST_F(ItemRemove, WhatLayInAFolderOfSomebodyElseGoesToOnesOwnTrash) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  const auto file = store(kAnna, home, "a.txt", "one");
  EXPECT_EQ(remove(kBerta, file.ref), "");
  EXPECT_EQ(names(kBerta, trash(kBerta)), Names{"a.txt"});
  EXPECT_EQ(refusal([&] { get(kAnna, file.ref); }), "IFO-0300");
}

TEST_F(ItemRemove, TrashingEndsWhatWasSharedAndLocked) {
  const FolderId home = this->home(kAnna);
  const auto file = store(kAnna, home, "a.txt", "one");
  update(kAnna, file.ref, "{'object_permissions':[{'entity':4,'group':false,'bits':1}]}");
  infostore::lock(as(kAnna), file.ref, std::nullopt);
  EXPECT_EQ(names(kBerta, kShared), Names{"a.txt"});
  remove(kAnna, file.ref);
  EXPECT_EQ(names(kBerta, kShared), Names{});
  const Item trashed = get(kAnna, file.ref);
  EXPECT_TRUE(trashed.object_permissions.empty());
  EXPECT_EQ(trashed.locked_until.value, 0);
}

TEST_F(ItemRemove, FoldersTakeTheirFilesWithThem) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  const auto file = store(kAnna, docs, "a.txt", "one");
  store(kAnna, docs, "b.txt", "two");
  model::folders::delete_folder(as(kAnna), std::to_string(docs.value));
  EXPECT_EQ(root.files.count(), 2U);
  EXPECT_EQ(content(kAnna, file.ref), "one");
  model::folders::delete_folder(as(kAnna), std::to_string(docs.value), {}, true);
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
}

TEST_F(ItemRemove, AFolderWithAFileThatSomebodyElseHasLockedStays) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  share(docs, kBerta, kAuthor);
  const auto file = store(kAnna, docs, "a.txt", "one");
  infostore::lock(as(kBerta), file.ref, std::nullopt);
  EXPECT_EQ(refusal([&] { model::folders::delete_folder(as(kAnna), std::to_string(docs.value)); }),
            "FLD-0088");
  infostore::unlock(as(kBerta), file.ref);
  EXPECT_EQ(refusal([&] { model::folders::delete_folder(as(kAnna), std::to_string(docs.value)); }), "");
}

}  // namespace
}  // namespace gw::test
