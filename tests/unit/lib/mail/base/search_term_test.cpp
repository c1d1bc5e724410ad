#include "mail/search_term.hpp"

#include <gtest/gtest.h>

namespace gw::mail {
namespace {

using TestedKind = SearchTerm::Kind;

TEST(SearchTerms, AreBuiltWithoutNeedlessLevels) {
  const SearchTerm from = leaf_term(TestedKind::From, "a");
  EXPECT_EQ(joined_term(TestedKind::And, {}).kind, TestedKind::All);
  EXPECT_EQ(joined_term(TestedKind::Or, {from}).kind, TestedKind::From);
  EXPECT_EQ(joined_term(TestedKind::Or, {from, from}).children.size(), 2U);
  EXPECT_EQ(both(SearchTerm{}, from).kind, TestedKind::From);
  EXPECT_EQ(both(from, SearchTerm{}).text, "a");
  EXPECT_EQ(either(from, SearchTerm{}).kind, TestedKind::Or);
  const SearchTerm unseen = flag_term(Flag::Seen, false);
  EXPECT_EQ(unseen.kind, TestedKind::Not);
  EXPECT_EQ(unseen.children.front().kind, TestedKind::HasFlag);
  EXPECT_EQ(leaf_term(TestedKind::Header, "x", "X-A").name, "X-A");
}

}  // namespace
}  // namespace gw::mail
