#include "model/files/placed_store.hpp"

#include <gtest/gtest.h>

#include "support/memory_file_store.hpp"

namespace gw::test {
namespace {

namespace files = model::files;
using filestore::StoreError;

TEST(PlaceId, TheServersOwnStoreHasNoNumber) {
  EXPECT_EQ(files::place_id(0, "hashed/aa/bb"), "hashed/aa/bb");
  EXPECT_EQ(files::place_id(7, "abc"), "7:abc");
  EXPECT_EQ(files::split_place("hashed/aa/bb"),
            (std::pair<files::StoreNumber, std::string_view>(0, "hashed/aa/bb")));
  EXPECT_EQ(files::split_place("7:abc"), (std::pair<files::StoreNumber, std::string_view>(7, "abc")));
  for (const std::string_view wrong : {"x:abc", ":abc", "-1:abc", "0:abc"})
    EXPECT_EQ(files::split_place(wrong).first, -1) << wrong;
}

/// A context with the server's own store and one of number 7, which takes new files.
class PlacedStoreTest : public ::testing::Test {
 protected:
  PlacedStoreTest() {
    std::vector<files::PlacedStore::Part> parts;
    parts.push_back({0, nullptr, server_.open("space")});
    parts.push_back({7, nullptr, own_.open("space")});
    store_ = std::make_unique<files::PlacedStore>(std::move(parts), 7);
  }
  static std::string put(filestore::FileStore& store, std::string_view bytes) {
    const auto upload = store.create();
    upload->write(bytes);
    const std::string announced = upload->id();
    EXPECT_EQ(upload->commit(), announced);
    return announced;
  }
  std::string read(const std::string& id) {
    std::string bytes(100, '\0');
    bytes.resize(store_->open(id, 0, -1)->read(bytes));
    return bytes;
  }

  MemoryStoreRoot server_, own_;
  std::unique_ptr<files::PlacedStore> store_;
};

TEST_F(PlacedStoreTest, NewFilesGoToOneStoreAndAllAreFound) {
  const std::string old = put(*server_.open("space"), "old");
  const std::string made = put(*store_, "new");
  EXPECT_TRUE(made.starts_with("7:")) << made;
  EXPECT_EQ(own_.files.count(), 1U);
  EXPECT_EQ(read(old), "old");
  EXPECT_EQ(read(made), "new");
  EXPECT_EQ(store_->size(made), 3);
  std::vector<std::string> listed;
  store_->list([&](const filestore::StoredFile& file) {
    listed.push_back(file.id);
    return true;
  });
  EXPECT_EQ(listed, (std::vector{old, made}));
}

TEST_F(PlacedStoreTest, AnAppendStaysWithTheOldBytes) {
  const std::string old = put(*server_.open("space"), "old");
  const auto upload = store_->append(old, 3);
  upload->write("er");
  const std::string id = upload->commit();
  EXPECT_EQ(files::split_place(id).first, 0);
  EXPECT_EQ(read(id), "older");
}

TEST_F(PlacedStoreTest, AFileOfAStoreThatIsNotThereIsMissing) {
  for (const char* id : {"8:file1", "x:file1"}) {
    try {
      store_->open(id, 0, -1);
      ADD_FAILURE() << id;
    } catch (const StoreError& problem) {
      EXPECT_EQ(problem.kind(), StoreError::Kind::Missing);
    }
    EXPECT_FALSE(store_->local_path(id));
  }
}

TEST_F(PlacedStoreTest, RemovingReachesTheRightStore) {
  const std::string old = put(*server_.open("space"), "old");
  const std::string made = put(*store_, "new");
  EXPECT_TRUE(store_->remove(made));
  EXPECT_FALSE(store_->remove(made));
  EXPECT_EQ(server_.files.count(), 1U);
  store_->remove_all();
  EXPECT_EQ(server_.files.count(), 0U);
}

}  // namespace
}  // namespace gw::test
