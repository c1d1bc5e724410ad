#include "model/files/store_move.hpp"

#include <filesystem>

#include "core/random.hpp"
#include "model/files/file_moves.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace files = model::files;
namespace fs = std::filesystem;

/// A context in memory whose files move to folders.
class StoreMoveTest : public FileCabinet {
 protected:
  StoreMoveTest() {
    folder_ = fs::temp_directory_path() / ("store_move_" + random_hex(8));
    fs::create_directories(folder_ / "a");
    fs::create_directories(folder_ / "b");
  }
  ~StoreMoveTest() override { fs::remove_all(folder_); }
  StoreMoveTest(const StoreMoveTest&) = delete;
  StoreMoveTest& operator=(const StoreMoveTest&) = delete;

  [[nodiscard]] std::string uri(const std::string& name) const { return "file:" + (folder_ / name).string(); }
  [[nodiscard]] std::size_t files_in(const std::string& name) const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / name))
      if (entry.is_regular_file()) ++count;
    return count;
  }
  files::StoreMoveReport move_to(const std::string& target, std::int64_t keep = 0) {
    return files::move_files(as(kAnna), {target, keep, [this](std::int64_t pause) {
                                           waited_ += pause;
                                           database.clock.advance(pause);
                                         }});
  }
  ItemRef upload(const std::string& name, const std::string& bytes) {
    return store(kAnna, home(kAnna), name, bytes).ref;
  }
  std::string read(const ItemRef& ref) { return content(kAnna, ref); }
  bool is_clean() {
    const files::FileFindings found = files::check_files(as(kAnna));
    return found.missing.empty() && found.orphans.empty() && found.usage.empty();
  }

  fs::path folder_;
  std::int64_t waited_ = 0;
};

TEST_F(StoreMoveTest, EveryFileArrivesAndTheOldStoreIsEmpty) {
  const ItemRef first = upload("a.txt", "first");
  const ItemRef second = upload("b.txt", "second");
  const auto report = move_to(uri("a"));
  EXPECT_EQ(report.files, 2);
  EXPECT_EQ(report.bytes, 11);
  EXPECT_EQ(report.removed, 2);
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(files_in("a"), 2U);
  EXPECT_EQ(read(first), "first");
  EXPECT_EQ(read(second), "second");
  EXPECT_TRUE(is_clean());
}

TEST_F(StoreMoveTest, NewFilesGoToTheNewStore) {
  move_to(uri("a"));
  const ItemRef file = upload("new.txt", "new");
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(files_in("a"), 1U);
  EXPECT_EQ(read(file), "new");
}

TEST_F(StoreMoveTest, ASecondMoveAndTheWayBackKeepTheBytes) {
  const ItemRef file = upload("a.txt", "bytes");
  const auto first = move_to(uri("a"));
  const auto second = move_to(uri("b"));
  EXPECT_NE(first.number, second.number);
  EXPECT_EQ(files_in("a"), 0U);
  EXPECT_EQ(read(file), "bytes");
  EXPECT_EQ(move_to("").number, files::kServerStore);
  EXPECT_EQ(files_in("b"), 0U);
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(read(file), "bytes");
  // The same place gets the number that it had.
  EXPECT_EQ(move_to(uri("a")).number, first.number);
  EXPECT_TRUE(is_clean());
}

TEST_F(StoreMoveTest, OldFilesStayForThoseWhoReadThem) {
  upload("a.txt", "bytes");
  const infostore::Content reading = infostore::open_content(as(kAnna), upload("b.txt", "slow"));
  std::size_t left = 0;
  files::move_files(as(kAnna), {uri("a"), 60'000, [&](std::int64_t pause) {
                                  left = root.files.count();
                                  EXPECT_EQ(reading.store->size(*reading.item.file_id), 4);
                                  database.clock.advance(pause);
                                }});
  EXPECT_EQ(left, 2U);
  EXPECT_EQ(root.files.count(), 0U);
}

TEST_F(StoreMoveTest, WhatAKilledRunLeftIsEndedByTheNextOne) {
  const ItemRef file = upload("a.txt", "bytes");
  move_to(uri("a"));
  const auto stores = files::list_stores(as(kAnna).connection(), kContext);
  // A copy that was made, but not named.
  const auto store = files::open_space(as(kAnna), files::kContextFiles);
  const auto half = store->create();
  half->write("half");
  as(kAnna).write([&](model::Transaction& transaction) {
    transaction.stamp();
    files::insert_move(transaction.connection(), kContext, {0, "file77", half->id(), {}});
  });
  half->commit();
  EXPECT_EQ(files_in("a"), 2U);
  EXPECT_TRUE(is_clean()) << "a move that goes on is no fault";
  move_to(uri("a"));
  EXPECT_EQ(files_in("a"), 1U);
  EXPECT_EQ(read(file), "bytes");
  EXPECT_TRUE(is_clean());
}

TEST_F(StoreMoveTest, AStoreThatFailsLeavesTheFilesWhereTheyAre) {
  const ItemRef file = upload("a.txt", "bytes");
  EXPECT_THROW(move_to("file:" + (folder_ / "none").string()), ApiError);
  EXPECT_EQ(read(file), "bytes");
  EXPECT_EQ(root.files.count(), 1U);
  upload("b.txt", "more");
  EXPECT_EQ(root.files.count(), 2U) << "new files still go to the old store";
  EXPECT_TRUE(files::list_stores(as(kAnna).connection(), kContext).empty())
      << "what cannot be used is not kept";
  EXPECT_THROW(move_to("nonsense"), std::invalid_argument);
}

TEST_F(StoreMoveTest, AMissingFileIsToldAndTheOthersMove) {
  const ItemRef lost = upload("lost.txt", "lost");
  const ItemRef kept = upload("kept.txt", "kept");
  const auto item = infostore::get(as(kAnna), lost);
  files::open_space(as(kAnna), files::kContextFiles)->remove(*item.file_id);
  const auto report = move_to(uri("a"));
  ASSERT_EQ(report.missing.size(), 1U);
  EXPECT_NE(report.missing[0].find("version 1 of file " + std::to_string(lost.id.value)), std::string::npos);
  EXPECT_EQ(report.files, 1);
  EXPECT_EQ(read(kept), "kept");
}

TEST_F(StoreMoveTest, DeletingAMovedFileRemovesItsBytes) {
  const ItemRef file = upload("a.txt", "bytes");
  move_to(uri("a"));
  EXPECT_EQ(remove(kAnna, file, true), "");
  EXPECT_EQ(files_in("a"), 0U);
  EXPECT_TRUE(is_clean());
}

TEST_F(StoreMoveTest, TwoAddressesOfOnePlaceMakeNoOrphans) {
  upload("a.txt", "bytes");
  move_to(uri("a"));
  fs::create_directory_symlink(folder_ / "a", folder_ / "link");
  const auto linked = filestore::make_store_root(uri("link"));
  database.environment->files = linked.get();
  database.clock.advance(2 * 3'600'000);
  EXPECT_TRUE(is_clean());
  database.environment->files = &root;
}

TEST_F(StoreMoveTest, TheListTellsWhatEachStoreKeeps) {
  upload("a.txt", "bytes");
  move_to(uri("a"));
  const auto list = files::list_store_use(as(kAnna));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].files, 0);
  EXPECT_FALSE(list[0].takes_new);
  EXPECT_EQ(list[1].uri, uri("a"));
  EXPECT_EQ(list[1].files, 1);
  EXPECT_EQ(list[1].bytes, 5);
  EXPECT_EQ(list[1].leftovers, 0);
  EXPECT_TRUE(list[1].takes_new);
}

}  // namespace
}  // namespace gw::test
