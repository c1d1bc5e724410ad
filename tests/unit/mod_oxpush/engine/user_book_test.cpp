#include "mod_oxpush/engine/user_book.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

constexpr milliseconds kBookNow{5'000};

TEST(UserBook, AnswersLastForAWhile) {
  UserBook book;
  const ClientKey key{1, 3};
  EXPECT_EQ(book.find(key, kBookNow), UserBook::State::Unasked);
  book.note(key, UserBook::State::Asked, kBookNow);
  EXPECT_EQ(book.find(key, kBookNow + milliseconds{9'999}), UserBook::State::Asked);
  EXPECT_EQ(book.find(key, kBookNow + milliseconds{10'000}), UserBook::State::Unasked) << "nobody answered";
  book.note(key, UserBook::State::Known, kBookNow);
  book.sweep(kBookNow + std::chrono::minutes{59});
  EXPECT_EQ(book.find(key, kBookNow + std::chrono::minutes{59}), UserBook::State::Known);
  EXPECT_EQ(book.find(key, kBookNow + std::chrono::hours{1}), UserBook::State::Unasked);
  book.note(key, UserBook::State::Unknown, kBookNow);
  EXPECT_EQ(book.find(key, kBookNow + std::chrono::minutes{1}), UserBook::State::Unasked);
}

TEST(UserBook, QuestionsOfASecondAreCounted) {
  UserBook book;
  for (std::uint32_t i = 0; i < UserBook::kMostQuestions; ++i) EXPECT_TRUE(book.may_ask(kBookNow));
  EXPECT_FALSE(book.may_ask(kBookNow + milliseconds{999}));
  EXPECT_TRUE(book.may_ask(kBookNow + milliseconds{1'000}));
}

}  // namespace
}  // namespace oxpush
