#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "sql/schema/schema.hpp"
#include "sql/script.hpp"
#include "support/database.hpp"

namespace gw::sql {
namespace {

using gw::test::TestDatabase;

const int kNewest = schema_steps().back().number;

/// Columns of every table and index of every name: what a migration must give from wherever it started.
std::vector<std::string> describe(Connection& connection) {
  const std::string_view sql =
      connection.engine() == Engine::Sqlite
          ? "SELECT type||' '||name||' '||tbl_name||' '||COALESCE(sql,'') FROM sqlite_schema ORDER BY 1"
          : "SELECT CONCAT('column ',table_name,' ',column_name,' ',column_type,' ',is_nullable,' "
            "',COALESCE(collation_name,'')) "
            "FROM information_schema.columns WHERE table_schema=DATABASE() UNION "
            "SELECT CONCAT('index ',table_name,' ',index_name,' ',seq_in_index,' ',column_name) "
            "FROM information_schema.statistics WHERE table_schema=DATABASE() ORDER BY 1";
  std::vector<std::string> lines;
  Query rows = connection.query(sql);
  while (rows.next()) lines.push_back(rows.string(0));
  return lines;
}

std::vector<std::string> names_after(int version) {
  std::vector<std::string> names;
  for (const SchemaStep& step : schema_steps()) {
    if (step.number > version) names.emplace_back(step.name);
  }
  return names;
}

TEST(Migrate, BringsAnEmptyDatabaseToTheNewestVersionOnce) {
  TestDatabase database(TestDatabase::Schema::None);
  const Lease lease = database.pool->acquire();
  EXPECT_EQ(current_version(*lease), 0);
  EXPECT_EQ(migrate(*lease), names_after(0));
  EXPECT_EQ(current_version(*lease), kNewest);
  EXPECT_TRUE(migrate(*lease).empty());
  Query rows = lease->query("SELECT COUNT(*),MIN(applied) FROM schema_version");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), kNewest);
  EXPECT_GT(rows.integer(1), 1'600'000'000'000);
}

TEST(Migrate, GivesTheSameDatabaseFromEachOlderVersion) {
  const TestDatabase fresh;
  const std::vector<std::string> expected = describe(*fresh.pool->acquire());
  EXPECT_GT(expected.size(), 20U);
  for (int start = 1; start < kNewest; ++start) {
    TestDatabase database(TestDatabase::Schema::None);
    const Lease lease = database.pool->acquire();
    migrate(*lease, start);
    EXPECT_EQ(current_version(*lease), start);
    EXPECT_EQ(migrate(*lease), names_after(start));
    EXPECT_EQ(describe(*lease), expected) << "from version " << start;
  }
}

TEST(Migrate, RunsEachStepOnceWhenManyAskAtTheSameTime) {
  TestDatabase database(TestDatabase::Schema::None);
  std::atomic<std::size_t> steps = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const Lease lease = database.pool->acquire();
        steps += migrate(*lease).size();
        EXPECT_EQ(current_version(*lease), kNewest);
      });
    }
  }
  EXPECT_EQ(steps, schema_steps().size());
}

TEST(Migrate, RefusesADatabaseOfANewerProgramAndChangesNothing) {
  TestDatabase database;
  const Lease lease = database.pool->acquire();
  lease->execute("INSERT INTO schema_version (number,name,applied) VALUES (?,?,?)", kNewest + 2, "future", 1);
  try {
    migrate(*lease);
    FAIL();
  } catch (const std::runtime_error& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("version " + std::to_string(kNewest + 2)), std::string::npos) << text;
    EXPECT_NE(text.find("up to " + std::to_string(kNewest)), std::string::npos) << text;
  }
  EXPECT_FALSE(lease->in_transaction());
}

TEST(Migrate, RefusesAVersionThatDoesNotExist) {
  TestDatabase database;
  const Lease lease = database.pool->acquire();
  EXPECT_THROW(migrate(*lease, kNewest + 1), std::invalid_argument);
  EXPECT_THROW(migrate(*lease, -1), std::invalid_argument);
}

TEST(Migrate, ResumesAStepThatWasCutOffHalfWay) {
  const TestDatabase fresh;
  const std::vector<std::string> expected = describe(*fresh.pool->acquire());
  TestDatabase database(TestDatabase::Schema::None);
  const Lease lease = database.pool->acquire();
  if (lease->engine() == Engine::Sqlite) GTEST_SKIP() << "SQLite runs all steps in one transaction";
  migrate(*lease, 1);
  const SchemaStep& second = schema_steps()[1];
  lease->execute("INSERT INTO schema_version (number,name,applied) VALUES (?,?,0)", second.number,
                 second.name);
  const std::string script = render_step(second, lease->engine());
  const auto statements = split_script(script);
  lease->run_script(statements[0]);
  lease->run_script(statements[1]);
  EXPECT_EQ(current_version(*lease), 1);
  EXPECT_EQ(migrate(*lease), names_after(1));
  EXPECT_EQ(describe(*lease), expected);
}

TEST(Migrate, AFailedStepIsNotRecordedAndTheNextTryTellsTheSame) {
  TestDatabase database(TestDatabase::Schema::None);
  const Lease lease = database.pool->acquire();
  migrate(*lease, 3);
  lease->run_script("CREATE TABLE folders (x INTEGER);");
  EXPECT_THROW(migrate(*lease), SqlError);
  EXPECT_EQ(current_version(*lease), 3);
  EXPECT_FALSE(lease->in_transaction());
  lease->run_script("DROP TABLE folders;");
  EXPECT_EQ(migrate(*lease), names_after(3));
}

}  // namespace
}  // namespace gw::sql
