// What every file store promises, whatever keeps the bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "core/random.hpp"
#include "unit/lib/filestore/support/s3_server.hpp"
#include "unit/lib/filestore/support/store_under_test.hpp"

namespace gw::filestore::test {
namespace {

using Kind = StoreError::Kind;

class StoreContract : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    const std::string problem = GetParam().explain_missing();
    if (!problem.empty()) GTEST_SKIP() << problem;
    place_ = GetParam().make();
    root_ = make_store_root(place_->uri());
    store_ = root_->open("7_ctx_store");
  }

  std::map<std::string, std::int64_t> listed() {
    std::map<std::string, std::int64_t> files;
    store_->list([&](const StoredFile& file) {
      files[file.id] = file.size;
      return true;
    });
    return files;
  }

  std::unique_ptr<StoreUnderTest> place_;
  std::unique_ptr<StoreRoot> root_;
  std::unique_ptr<FileStore> store_;
};

TEST_P(StoreContract, WhatWasSavedIsReadBack) {
  for (const std::size_t size : {0UL, 1UL, 1'024UL, 65'537UL, 3 * kMebibyte + 1}) {
    const std::string bytes = random_bytes(size);
    const std::string id = save(*store_, bytes);
    EXPECT_LE(id.size(), 255U);
    EXPECT_EQ(store_->size(id), static_cast<std::int64_t>(size));
    EXPECT_TRUE(read_all(*store_, id) == bytes) << size;
  }
}

TEST_P(StoreContract, FilesAroundAndAboveOnePartKeepEveryByte) {
  for (const std::size_t size : {8 * kMebibyte, 8 * kMebibyte + 1, 21 * kMebibyte}) {
    const std::string bytes = random_bytes(size);
    const auto upload = store_->create();
    for (std::size_t at = 0; at < size; at += 100'003)
      upload->write(std::string_view(bytes).substr(at, 100'003));
    const std::string id = upload->commit();
    EXPECT_EQ(store_->size(id), static_cast<std::int64_t>(size));
    EXPECT_TRUE(read_all(*store_, id) == bytes) << size;
    const auto middle = static_cast<std::int64_t>(8 * kMebibyte - 5);
    EXPECT_EQ(read_all(*store_, id, middle, 10), bytes.substr(8 * kMebibyte - 5, 10));
  }
}

TEST_P(StoreContract, EachSaveGivesANewIdentifier) {
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.insert(save(*store_, "same"));
  EXPECT_EQ(ids.size(), 20U);
  EXPECT_EQ(listed().size(), 20U);
}

TEST_P(StoreContract, RangesGiveExactlyTheirBytes) {
  const std::string id = save(*store_, "0123456789");
  EXPECT_EQ(read_all(*store_, id, 0, 1), "0");
  EXPECT_EQ(read_all(*store_, id, 3, 4), "3456");
  EXPECT_EQ(read_all(*store_, id, 3), "3456789");
  EXPECT_EQ(read_all(*store_, id, 9, 1), "9");
  EXPECT_EQ(read_all(*store_, id, 5, 100), "56789");
  EXPECT_EQ(read_all(*store_, id, 5, 0), "");
  EXPECT_EQ(read_all(*store_, id, 10), "");
  EXPECT_EQ(read_all(*store_, id, 10, 5), "");
  EXPECT_EQ(kind_of_failure([&] { store_->open(id, 11); }), Kind::Range);
  EXPECT_EQ(kind_of_failure([&] { store_->open(id, 11, 0); }), Kind::Range);
  EXPECT_EQ(kind_of_failure([&] { store_->open(id, -1); }), Kind::Range);
  EXPECT_EQ(kind_of_failure([&] { store_->open(id, 0, -2); }), Kind::Range);
}

TEST_P(StoreContract, AnEmptyFileHasAnEmptyRange) {
  const std::string id = save(*store_, "");
  EXPECT_EQ(store_->size(id), 0);
  EXPECT_EQ(read_all(*store_, id, 0, 10), "");
  EXPECT_EQ(kind_of_failure([&] { store_->open(id, 1); }), Kind::Range);
}

TEST_P(StoreContract, AMissingFileIsMissingAndNoErrorWhenRemoved) {
  const std::string id = save(*store_, "here");
  EXPECT_TRUE(store_->remove(id));
  for (const std::string& gone : {id, place_->unknown_id()}) {
    EXPECT_EQ(kind_of_failure([&] { store_->open(gone); }), Kind::Missing);
    EXPECT_EQ(kind_of_failure([&] { store_->open(gone, 3, 4); }), Kind::Missing);
    EXPECT_EQ(kind_of_failure([&] { store_->size(gone); }), Kind::Missing);
    EXPECT_EQ(kind_of_failure([&] { store_->append(gone, 0); }), Kind::Missing);
    EXPECT_FALSE(store_->remove(gone));
    EXPECT_FALSE(store_->local_path(gone));
  }
  EXPECT_TRUE(listed().empty());
}

TEST_P(StoreContract, AnUploadThatIsNotCommittedLeavesNothing) {
  save(*store_, "other");
  for (const std::size_t size : {1UL, 9 * kMebibyte}) {
    const auto upload = store_->create();
    upload->write(std::string(size, 'x'));
    EXPECT_EQ(listed().size(), 1U);
  }
  EXPECT_EQ(listed().size(), 1U);
  EXPECT_EQ(store_->remove_stale_uploads(std::chrono::seconds(0)), 0);
}

TEST_P(StoreContract, AppendMakesANewFileAndKeepsTheOldOne) {
  for (const std::size_t size : {0UL, 10UL, 4 * kMebibyte, 5 * kMebibyte, 17 * kMebibyte}) {
    const std::string old_bytes = random_bytes(size);
    const std::string new_bytes = random_bytes(9 * kMebibyte);
    const std::string old = save(*store_, old_bytes);
    const auto upload = store_->append(old, static_cast<std::int64_t>(size));
    upload->write(new_bytes);
    const std::string id = upload->commit();
    EXPECT_NE(id, old);
    EXPECT_TRUE(read_all(*store_, id) == old_bytes + new_bytes) << size;
    EXPECT_TRUE(read_all(*store_, old) == old_bytes) << size;
  }
}

TEST_P(StoreContract, AppendOfNothingIsACopy) {
  for (const std::size_t size : {0UL, 10UL, 6 * kMebibyte}) {
    const std::string bytes = random_bytes(size);
    const std::string old = save(*store_, bytes);
    const std::string id = store_->append(old, static_cast<std::int64_t>(size))->commit();
    EXPECT_TRUE(read_all(*store_, id) == bytes) << size;
  }
}

TEST_P(StoreContract, AppendElsewhereThanAtTheEndIsRefused) {
  const std::string id = save(*store_, "0123456789");
  for (const std::int64_t offset : {-1L, 0L, 9L, 11L})
    EXPECT_EQ(kind_of_failure([&] { store_->append(id, offset); }), Kind::Offset) << offset;
}

TEST_P(StoreContract, NameSpacesDoNotSeeEachOther) {
  const auto other = root_->open("8_ctx_store");
  // One name begins like the other.
  const auto longer = root_->open("7_ctx_store2");
  const std::string id = save(*store_, "mine");
  EXPECT_EQ(kind_of_failure([&] { other->open(id); }), Kind::Missing);
  EXPECT_FALSE(other->remove(id));
  save(*other, "theirs");
  save(*longer, "more");
  EXPECT_EQ(listed().size(), 1U);
  other->remove_all();
  EXPECT_EQ(read_all(*store_, id), "mine");
  store_->remove_all();
  EXPECT_TRUE(listed().empty());
  other->remove_all();
  int left = 0;
  longer->list([&](const StoredFile&) { return ++left > 0; });
  EXPECT_EQ(left, 1);
  EXPECT_EQ(read_all(*store_, save(*store_, "again")), "again");
}

TEST_P(StoreContract, AListTellsSizeAndTimeAndStopsWhenAsked) {
  const std::int64_t before = system_clock().now().value;
  std::map<std::string, std::int64_t> wanted;
  for (int i = 0; i < 5; ++i) wanted[save(*store_, std::string(static_cast<std::size_t>(i), 'x'))] = i;
  EXPECT_EQ(listed(), wanted);
  int seen = 0;
  store_->list([&](const StoredFile& file) {
    // Servers keep whole seconds.
    EXPECT_GE(file.modified.value, before - 1'000);
    EXPECT_LE(file.modified.value, system_clock().now().value + 1'000);
    return ++seen < 3;
  });
  EXPECT_EQ(seen, 3);
}

TEST_P(StoreContract, AFileMayBeRemovedWhileItIsRead) {
  const std::string bytes = random_bytes(300'000);
  const std::string id = save(*store_, bytes);
  const auto reader = store_->open(id);
  std::vector<char> buffer(bytes.size());
  const std::size_t first = reader->read(buffer);
  ASSERT_GT(first, 0U);
  EXPECT_TRUE(std::equal(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(first), bytes.begin()));
  EXPECT_TRUE(store_->remove(id));
}

TEST_P(StoreContract, IdentifiersFromOutsideReachNothingElse) {
  save(*store_, "mine");
  const auto other = root_->open("8_ctx_store");
  const std::string theirs = save(*other, "theirs");
  const std::string tricks[] = {"",
                                "/",
                                ".",
                                "..",
                                "/etc/passwd",
                                "../8_ctx_store/" + theirs,
                                "hashed/../../8_ctx_store/" + theirs,
                                "8_ctx_store/" + theirs,
                                "/" + theirs,
                                theirs + "/",
                                theirs + "\n",
                                theirs + std::string("\0", 1),
                                theirs + "?versionId=1",
                                theirs + "%00",
                                "hashed//95/b4/0123456789abcdef0123456789abcdef",
                                "hashed/95/b4/bd/0123456789ABCDEF0123456789ABCDEF",
                                "hashed/95/b4/bd/.upload-0123456789abcdef01234567",
                                "hashed/95/b4/bd",
                                "95/b4",
                                "95/b4/..",
                                "95/b4/bd/00",
                                ".lock",
                                std::string(5'000, 'a')};
  for (const std::string& id : tricks) {
    EXPECT_EQ(kind_of_failure([&] { store_->open(id); }), Kind::Missing) << id;
    EXPECT_EQ(kind_of_failure([&] { store_->size(id); }), Kind::Missing) << id;
    EXPECT_EQ(kind_of_failure([&] { store_->append(id, 0); }), Kind::Missing) << id;
    EXPECT_FALSE(store_->remove(id)) << id;
    EXPECT_FALSE(store_->local_path(id)) << id;
  }
  EXPECT_EQ(read_all(*other, theirs), "theirs");
  for (const char* name : {"", "..", "a/b", "/etc", "a b", "a.b", "7_ctx_store\n"})
    EXPECT_THROW(static_cast<void>(root_->open(name)), std::invalid_argument) << name;
}

TEST_P(StoreContract, ManyThreadsWorkOnOneStore) {
  // s3rver removes a folder with its last object, and dies when another request is about to open a file in
  // it: one file stays from the beginning to the end.
  save(*store_, "stays");
  const auto work = [this](int thread) {
    for (int i = 0; i < 25; ++i) {
      const std::string bytes = std::to_string(thread * 1'000 + i);
      const std::string id = save(*store_, bytes);
      EXPECT_EQ(read_all(*store_, id), bytes);
      if (i % 2 == 0) {
        EXPECT_TRUE(store_->remove(id));
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&work, t] {
      try {
        work(t);
      } catch (const StoreError& error) {
        ADD_FAILURE() << error.what();
      }
    });
  threads.clear();
  EXPECT_EQ(listed().size(), 1U + 8U * 12U);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, testing::Values(local_kind(), s3_kind()),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace gw::filestore::test
