#include "mail/threading/conversations.hpp"

#include <gtest/gtest.h>

namespace gw::mail::threading {
namespace {

using Groups = std::vector<std::vector<std::size_t>>;

TEST(Conversations, AnswersJoinTheirMailAlsoWhenItIsMissing) {
  const Entry entries[] = {
      {"<1>", "", {}}, {"<3>", "", {"<1>", "<2>"}}, {"<9>", "", {}}, {"<5>", "<4>", {}}, {"<6>", "<4>", {}}};
  EXPECT_EQ(group_conversations(entries), (Groups{{0, 1}, {2}, {3, 4}}));
}

TEST(Conversations, LoopsAndMailsThatNameThemselvesEnd) {
  const Entry entries[] = {{"<1>", "", {"<2>"}}, {"<2>", "", {"<1>"}}, {"<3>", "<3>", {"<3>", "<3>"}}};
  EXPECT_EQ(group_conversations(entries), (Groups{{0, 1}, {2}}));
}

TEST(Conversations, MailsWithoutIdStandAloneUnlessTheyNameOne) {
  const Entry entries[] = {{"", "", {}}, {"", "", {}}, {"<1>", "", {}}, {"", "", {"<1>"}}};
  EXPECT_EQ(group_conversations(entries), (Groups{{0}, {1}, {2, 3}}));
}

TEST(Conversations, TheFoldersOwnCopyWinsAndGroupsOfOthersAreLeftOut) {
  const Entry entries[] = {
      {"<1>", "", {}, false}, {"<1>", "", {}, true}, {"<2>", "", {}, false}, {"<3>", "<1>", {}, false}};
  EXPECT_EQ(group_conversations(entries), (Groups{{1, 3}}));
}

TEST(Conversations, ReferencesCountBeforeInReplyTo) {
  const Entry entries[] = {{"<1>", "", {}}, {"<2>", "", {}}, {"<3>", "<1>", {"<2>"}}};
  EXPECT_EQ(group_conversations(entries), (Groups{{0}, {1, 2}}));
}

TEST(Conversations, AHundredThousandMailsInOneLineAreOneGroup) {
  std::vector<Entry> entries;
  for (int i = 0; i < 100'000; ++i)
    entries.push_back({"<" + std::to_string(i) + ">", "<" + std::to_string(i + 1) + ">", {}});
  EXPECT_EQ(group_conversations(entries).size(), 1U);
}

}  // namespace
}  // namespace gw::mail::threading
