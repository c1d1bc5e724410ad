// What only a store in a folder has: modes, the old layout, temporary files, links, folders that come and go.
#include "filestore/local/local_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "unit/lib/filestore/support/store_under_test.hpp"

namespace gw::filestore::test {
namespace {

namespace fs = std::filesystem;
using Kind = StoreError::Kind;

class LocalStoreTest : public testing::Test {
 protected:
  [[nodiscard]] fs::path base() const { return fs::path(folder_.path()) / "7_ctx_store"; }
  void put(const std::string& place, const std::string& bytes) const {
    fs::create_directories((base() / place).parent_path());
    std::ofstream(base() / place) << bytes;
  }
  std::vector<std::string> listed() {
    std::vector<std::string> ids;
    store_->list([&](const StoredFile& file) {
      ids.push_back(file.id);
      return true;
    });
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  TestFolder folder_;
  std::unique_ptr<StoreRoot> root_ = make_store_root("file:" + folder_.path());
  std::unique_ptr<FileStore> store_ = root_->open("7_ctx_store");
};

mode_t mode_of(const fs::path& path) {
  struct stat info {};
  EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 07777U;
}

TEST_F(LocalStoreTest, FilesAndFoldersAreClosedToOthers) {
  const mode_t before = umask(0);
  const std::string id = save(*store_, "x");
  umask(before);
  EXPECT_EQ(mode_of(base() / id), 0640U);
  for (fs::path place = (base() / id).parent_path(); place != folder_.path(); place = place.parent_path())
    EXPECT_EQ(mode_of(place), 0750U) << place;
}

TEST_F(LocalStoreTest, TheServerMaySendAFileByItself) {
  const std::string id = save(*store_, "x");
  EXPECT_EQ(store_->local_path(id), (base() / id).string());
}

TEST_F(LocalStoreTest, FilesOfTheOldLayoutAreReadAndRemovedAndNewOnesAreHashed) {
  put("00/1a/ff", "old file");
  put(".lock", "");
  put("state", "slots");
  put("00/1a/.lock", "");
  EXPECT_EQ(listed(), std::vector<std::string>{"00/1a/ff"});
  EXPECT_EQ(read_all(*store_, "00/1a/ff"), "old file");
  const auto upload = store_->append("00/1a/ff", 8);
  upload->write("!");
  const std::string id = upload->commit();
  EXPECT_TRUE(id.starts_with("hashed/"));
  EXPECT_EQ(read_all(*store_, id), "old file!");
  EXPECT_TRUE(store_->remove("00/1a/ff"));
  EXPECT_EQ(kind_of_failure([&] { store_->open("00/1a/ff"); }), Kind::Missing);
  EXPECT_TRUE(fs::exists(base() / "00/1a"));
}

TEST_F(LocalStoreTest, EmptyFoldersGoWithTheirLastFile) {
  const std::string id = save(*store_, "x");
  put(fs::path(id).parent_path().string() + "/0123456789abcdef0123456789abcdef", "a neighbour");
  EXPECT_TRUE(store_->remove(id));
  const std::string neighbour = fs::path(id).parent_path().string() + "/0123456789abcdef0123456789abcdef";
  EXPECT_EQ(read_all(*store_, neighbour), "a neighbour");
  EXPECT_TRUE(store_->remove(neighbour));
  EXPECT_TRUE(fs::is_empty(base() / "hashed"));
}

TEST_F(LocalStoreTest, OnlyOldTemporaryFilesAreStale) {
  save(*store_, "kept");
  put("hashed/00/00/00/.upload-dead", "half");
  put("hashed/00/00/01/.upload-living", "half");
  fs::last_write_time(base() / "hashed/00/00/00/.upload-dead",
                      fs::file_time_type::clock::now() - std::chrono::hours(25));
  EXPECT_EQ(listed().size(), 1U);
  EXPECT_EQ(store_->remove_stale_uploads(std::chrono::hours(24)), 1);
  EXPECT_FALSE(fs::exists(base() / "hashed/00/00/00"));
  EXPECT_TRUE(fs::exists(base() / "hashed/00/00/01/.upload-living"));
  EXPECT_EQ(store_->remove_stale_uploads(std::chrono::seconds(-60)), 1);
  EXPECT_EQ(listed().size(), 1U);
}

TEST_F(LocalStoreTest, LinksAndOtherThingsAreNoFiles) {
  TestFolder elsewhere;
  std::ofstream(elsewhere.path() + "/secret") << "secret";
  put("00/00/00", "file");
  fs::create_symlink(elsewhere.path() + "/secret", base() / "00/00/01");
  ASSERT_EQ(mkfifo((base() / "00/00/02").c_str(), 0600), 0);
  fs::create_directory(base() / "00/00/03");
  EXPECT_EQ(listed(), std::vector<std::string>{"00/00/00"});
  for (const char* id : {"00/00/01", "00/00/02", "00/00/03"}) {
    EXPECT_EQ(kind_of_failure([&] { store_->open(id); }), Kind::Missing) << id;
    EXPECT_EQ(kind_of_failure([&] { store_->size(id); }), Kind::Missing) << id;
    EXPECT_FALSE(store_->local_path(id)) << id;
  }
  EXPECT_FALSE(store_->remove("00/00/03"));
  fs::create_directory_symlink(elsewhere.path(), base() / "hashed");
  store_->remove_all();
  EXPECT_FALSE(fs::exists(base()));
  EXPECT_TRUE(fs::exists(elsewhere.path() + "/secret"));
}

// A file system that is not mounted must not look like one whose files are all lost.
TEST_F(LocalStoreTest, WithoutItsRootTheStoreIsUnavailableAndNothingIsMissing) {
  const std::string id = save(*store_, "x");
  fs::rename(folder_.path(), folder_.path() + ".away");
  EXPECT_EQ(kind_of_failure([&] { store_->open(id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store_->size(id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store_->remove(id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { listed(); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store_->create(); }), Kind::Unavailable);
  EXPECT_FALSE(fs::exists(folder_.path()));
  fs::rename(folder_.path() + ".away", folder_.path());
  EXPECT_EQ(read_all(*store_, id), "x");
}

TEST_F(LocalStoreTest, SavingSurvivesSomebodyWhoRemovesEmptyFolders) {
  std::atomic<bool> is_done = false;
  std::jthread remover([&] {
    while (!is_done) {
      std::error_code ignored;
      for (const char* top : {"7_ctx_store/hashed", "7_ctx_store"})
        for (fs::recursive_directory_iterator it(fs::path(folder_.path()) / top, ignored), end;
             it != end && !ignored; it.increment(ignored))
          rmdir(it->path().c_str());
    }
  });
  std::vector<std::string> ids;
  for (int i = 0; i < 300; ++i) ids.push_back(save(*store_, std::to_string(i)));
  is_done = true;
  remover.join();
  for (int i = 0; i < 300; ++i)
    EXPECT_EQ(read_all(*store_, ids[static_cast<std::size_t>(i)]), std::to_string(i));
}

TEST_F(LocalStoreTest, ManyFilesStayInSmallFolders) {
  for (int i = 0; i < 300; ++i) save(*store_, "x");
  EXPECT_LE(std::distance(fs::directory_iterator(base() / "hashed"), {}), 256);
  EXPECT_EQ(listed().size(), 300U);
}

}  // namespace
}  // namespace gw::filestore::test
