#include "model/participant_search.hpp"

#include <gtest/gtest.h>

namespace gw::model {
namespace {

constexpr ParticipantTables kTables{"SELECT 1 FROM u WHERE u.cid=x.cid", "u.id",
                                    "SELECT 1 FROM o WHERE o.cid=x.cid", "o.mail", "o.name"};

std::string sql_of(const ParticipantCondition& condition, std::size_t values) {
  sql::StatementText statement;
  add_participants(statement, kTables, condition, sql::Engine::Sqlite);
  EXPECT_EQ(statement.values.size(), values);
  return statement.sql;
}

TEST(ParticipantSearch, UsersAndPeopleOutsideAreOneCondition) {
  ParticipantCondition condition;
  condition.users = {3, 4};
  EXPECT_EQ(sql_of(condition, 4), " AND (EXISTS (SELECT 1 FROM u WHERE u.cid=x.cid AND u.id IN (?,?,?,?)))");
  condition.add_address(" Jo@Example.test ");
  condition.add_piece("50%_x");
  EXPECT_EQ(condition.addresses, std::vector<std::string>{"jo@example.test"});
  EXPECT_EQ(condition.patterns, std::vector<std::string>{R"(%50\%\_x%)"});
  const std::string both = sql_of(condition, 7);
  EXPECT_NE(both.find(")) OR EXISTS (SELECT 1 FROM o WHERE o.cid=x.cid AND (LOWER(o.mail) IN (?) OR "),
            both.npos)
      << both;
  EXPECT_NE(both.find("LOWER(o.name) LIKE ?"), both.npos) << both;
}

TEST(ParticipantSearch, NobodyTakesPartInAnything) {
  EXPECT_EQ(sql_of({}, 0), " AND 0=1");
  ParticipantCondition blank;
  blank.add_piece("  ");
  blank.add_address("");
  EXPECT_EQ(sql_of(blank, 0), " AND 0=1");
}

TEST(ParticipantSearch, ListsAreBounded) {
  ParticipantCondition condition;
  for (std::size_t i = 0; i < 3 * kMostParticipantValues; ++i) {
    condition.add_address(std::to_string(i) + "@x.test");
    condition.add_piece(std::to_string(i));
  }
  EXPECT_EQ(condition.addresses.size(), kMostParticipantValues);
  EXPECT_EQ(condition.patterns.size(), kMostParticipantValues);
}

}  // namespace
}  // namespace gw::model
