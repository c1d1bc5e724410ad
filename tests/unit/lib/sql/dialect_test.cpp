#include "sql/dialect.hpp"

#include <gtest/gtest.h>

#include "unit/lib/sql/samples.hpp"

namespace gw::sql {
namespace {

using test::kContext;

TEST(Dialect, UpsertInsertsAndThenChanges) {
  test::SampleDatabase database;
  const Lease lease = database.pool->acquire();
  const std::string put = upsert(lease->engine(), "INSERT INTO samples (cid,id,name,amount) VALUES (?,?,?,?)",
                                 "cid,id", "name,amount");
  lease->execute(put, kContext, 1, "first", 1);
  lease->execute(put, kContext, 1, "second", 2);
  Query rows = lease->query("SELECT name,amount FROM samples WHERE cid=?", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "second");
  EXPECT_EQ(rows.integer(1), 2);
  EXPECT_FALSE(rows.next());
}

TEST(Dialect, UpsertOfNothingKeepsTheRow) {
  test::SampleDatabase database;
  const Lease lease = database.pool->acquire();
  const std::string put =
      upsert(lease->engine(), "INSERT INTO samples (cid,id,amount) VALUES (?,?,?)", "cid,id", "");
  lease->execute(put, kContext, 1, 1);
  lease->execute(put, kContext, 1, 2);
  Query rows = lease->query("SELECT amount FROM samples WHERE cid=?", kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 1);
}

TEST(Dialect, EscapedPatternsMatchThemselvesOnly) {
  test::SampleDatabase database;
  const Lease lease = database.pool->acquire();
  const std::string_view names[] = {"50%_a\\b", "50 xab", "50%xa\\b", "50%_ab"};
  int id = 0;
  for (const std::string_view name : names) lease->execute(test::kInsertName, kContext, ++id, name, 0);
  const std::string select = "SELECT id FROM samples WHERE cid=? AND name LIKE ?" +
                             std::string(like_escape(lease->engine())) + " ORDER BY id";
  Query rows = lease->query(select, kContext, escape_like("50%_a\\") + "%");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 1);
  EXPECT_FALSE(rows.next());
}

TEST(Dialect, LocksRowsOnMysqlOnly) {
  EXPECT_EQ(for_update(Engine::Mysql), " FOR UPDATE");
  EXPECT_EQ(for_update(Engine::Sqlite), "");
}

TEST(Dialect, CountsPlaceholders) {
  EXPECT_EQ(placeholders(1), "?");
  EXPECT_EQ(placeholders(3), "?,?,?");
  EXPECT_EQ(placeholders(500).size(), 999U);
}

}  // namespace
}  // namespace gw::sql
