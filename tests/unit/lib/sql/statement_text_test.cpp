#include "sql/statement_text.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "support/database.hpp"

namespace gw::sql {
namespace {

TEST(StatementText, GrowsByClausesAndValues) {
  StatementText statement;
  statement.add("SELECT 1 WHERE 2=?", 2);
  statement.add(" AND 3=3");
  statement.add_list("x", std::span<const int>());
  EXPECT_EQ(statement.sql, "SELECT 1 WHERE 2=? AND 3=3");
  ASSERT_EQ(statement.values.size(), 1U);
}

TEST(StatementText, ListsHaveFewLengths) {
  std::vector<std::int64_t> numbers(kMaxMarks);
  std::iota(numbers.begin(), numbers.end(), 1);
  std::set<std::string> texts;
  for (std::size_t count = 1; count <= kMaxMarks; ++count) {
    StatementText statement{"SELECT 1 WHERE 1=1", {}};
    statement.add_list("x", std::span<const std::int64_t>(numbers).first(count));
    EXPECT_EQ(statement.values.size(), count_marks(count));
    EXPECT_EQ(std::get<std::int64_t>(statement.values.back()), static_cast<std::int64_t>(count));
    texts.insert(statement.sql);
  }
  EXPECT_EQ(texts.size(), 5U);
  EXPECT_EQ(texts.begin()->substr(0, 27), "SELECT 1 WHERE 1=1 AND x IN");
}

TEST(StatementText, RunsOnTheDatabase) {
  gw::test::TestDatabase database;
  database.add_bare_context(ContextId(1));
  database.add_bare_context(ContextId(3));
  const auto work = database.work_for(ContextId(1), UserId(2));
  const std::vector<ContextId> some{ContextId(1), ContextId(2), ContextId(3)};
  StatementText statement;
  statement.add("SELECT cid FROM contexts WHERE cid IN (");
  statement.add_marks(std::span(some));
  statement.add(" ORDER BY cid");
  std::vector<std::int64_t> found;
  Query row = statement.run(work->connection());
  while (row.next()) found.push_back(row.integer(0));
  EXPECT_EQ(found, (std::vector<std::int64_t>{1, 3}));
}

TEST(StatementText, LongListsAreCut) {
  const std::vector<int> numbers(kMaxMarks * 2 + 1);
  std::vector<std::size_t> sizes;
  each_slice(numbers, [&](std::span<const int> slice) { sizes.push_back(slice.size()); });
  EXPECT_EQ(sizes, (std::vector<std::size_t>{kMaxMarks, kMaxMarks, 1}));
  each_slice(std::vector<int>(), [](std::span<const int>) { FAIL(); });
}

}  // namespace
}  // namespace gw::sql
