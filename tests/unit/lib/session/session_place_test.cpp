#include "session/session_place.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/database.hpp"

namespace gw::session {
namespace {

TEST(SessionPlace, AnIdTellsTheDatabaseThatHasIt) {
  test::TestDatabase home;
  const sql::Scope at_home(*home.pool);
  EXPECT_EQ(database_of_id(new_id(at_home)), 0);
  DatabaseSettings settings = home.settings.database;
  for (const std::int64_t number : {1, 255, 65'535}) {
    settings.number = number;
    sql::Pool pool(sql::make_driver(settings), settings);
    const sql::Scope scope(pool);
    std::set<std::string> ids;
    for (int i = 0; i < 100; ++i) ids.insert(new_id(scope));
    EXPECT_EQ(ids.size(), 100U);
    for (const std::string& id : ids) {
      EXPECT_EQ(id.size(), 32U);
      EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
      EXPECT_EQ(database_of_id(id), number);
    }
  }
}

TEST(SessionPlace, WhatIsNoIdLeadsHome) {
  for (const char* text : {"", "1", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "0000000000000000000000000000-001",
                           "00000000000000000000000000000000001"})
    EXPECT_EQ(database_of_id(text), 0) << text;
}

}  // namespace
}  // namespace gw::session
