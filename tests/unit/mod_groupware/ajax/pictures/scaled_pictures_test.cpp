#include "ajax/pictures/scaled_pictures.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace gw::ajax {
namespace {

model::contacts::PictureFile picture(std::size_t size) { return {std::string(size, 'x'), "image/png"}; }

class ScaledPicturesTest : public ::testing::Test {
 protected:
  /// True when it had to be made.
  bool makes(const std::string& key, std::size_t size = 10) {
    bool made = false;
    EXPECT_EQ(pictures.get(key, [&] { return made = true, picture(size); })->bytes.size(), size);
    return made;
  }
  ScaledPictures pictures;
};

TEST_F(ScaledPicturesTest, ACopyIsMadeOnce) {
  EXPECT_TRUE(makes("1/a"));
  EXPECT_FALSE(makes("1/a"));
  EXPECT_TRUE(makes("2/a"));
  EXPECT_EQ(pictures.entries(), 2U);
}

TEST_F(ScaledPicturesTest, WhatIsTooLargeIsNotKept) {
  EXPECT_TRUE(makes("a", ScaledPictures::kMaxEntryBytes));
  EXPECT_FALSE(makes("a", ScaledPictures::kMaxEntryBytes));
  EXPECT_TRUE(makes("b", ScaledPictures::kMaxEntryBytes + 1));
  EXPECT_TRUE(makes("b", ScaledPictures::kMaxEntryBytes + 1));
}

TEST_F(ScaledPicturesTest, TheOldestGoesWhenBytesOrNumberAreTooMany) {
  const std::size_t fit = ScaledPictures::kMaxBytes / ScaledPictures::kMaxEntryBytes;
  for (std::size_t i = 0; i <= fit; ++i) makes(std::to_string(i), ScaledPictures::kMaxEntryBytes);
  EXPECT_EQ(pictures.bytes(), ScaledPictures::kMaxBytes);
  EXPECT_FALSE(makes("1", ScaledPictures::kMaxEntryBytes));
  EXPECT_TRUE(makes("0", ScaledPictures::kMaxEntryBytes));
  for (std::size_t i = 0; i < 2 * ScaledPictures::kMaxEntries; ++i) makes("n" + std::to_string(i), 1);
  EXPECT_EQ(pictures.entries(), ScaledPictures::kMaxEntries);
  EXPECT_EQ(pictures.bytes(), ScaledPictures::kMaxEntries);
}

TEST_F(ScaledPicturesTest, AFailureIsNotKeptAndGivesItsTurnBack) {
  for (int i = 0; i < 2 * ScaledPictures::kAtTheSameTime; ++i)
    EXPECT_THROW(pictures.get("a", []() -> model::contacts::PictureFile { throw std::runtime_error("no"); }),
                 std::runtime_error);
  EXPECT_TRUE(makes("a"));
}

TEST_F(ScaledPicturesTest, OnlyAFewAreScaledAtTheSameTime) {
  std::atomic<int> running{0}, most{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i)
        pictures.get(std::to_string(t * 50 + i), [&] {
          const int now = ++running;
          int seen = most;
          while (now > seen && !most.compare_exchange_weak(seen, now)) {
          }
          std::this_thread::yield();
          --running;
          return picture(1);
        });
    });
  threads.clear();
  EXPECT_LE(most, ScaledPictures::kAtTheSameTime);
  EXPECT_EQ(pictures.entries(), 400U);
}

}  // namespace
}  // namespace gw::ajax
