#include "apache/database_gate.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>

#include "core/error.hpp"
#include "core/log.hpp"
#include "sql/driver.hpp"
#include "sql/fault/fault_driver.hpp"
#include "sql/schema/schema.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;
using sql::fault::Fault;
using sql::fault::Point;

/// An empty SQLite database behind a driver that fails on command.
class DatabaseGateTest : public testing::Test {
 protected:
  DatabaseGateTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gwgate.XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    settings.url = "sqlite:" + folder_ + "/test.db";
    plan = std::make_shared<sql::fault::Plan>();
    pool = std::make_unique<sql::Pool>(
        std::make_unique<sql::fault::FaultDriver>(sql::make_driver(settings), plan), settings);
    set_log_sink([this](LogLevel, std::string_view line) {
      const std::lock_guard lock(mutex);
      lines.emplace_back(line);
    });
  }
  ~DatabaseGateTest() override {
    set_log_sink({});
    pool.reset();
    std::filesystem::remove_all(folder_);
  }

  /// Short pauses: the tests wait for what happens, not for time.
  std::unique_ptr<DatabaseGate> make_gate(bool migrates) {
    return std::make_unique<DatabaseGate>(
        *pool,
        DatabaseGate::Options{
            .migrates = migrates, .first_pause = 1ms, .longest_pause = 1ms, .patience = 20s, .upkeep = 1h},
        DatabaseGate::Callbacks{[this](sql::Scope&) { prepare(); },
                                [this](const sql::PoolStatus&) { observed(); }});
  }

  /// Waits until the gate has made `count` attempts.
  void wait_for_attempts(int count) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, 20s, [&] { return attempts >= count; });
  }

  int count_lines(std::string_view part) {
    const std::lock_guard lock(mutex);
    int count = 0;
    for (const std::string& line : lines) count += line.find(part) != std::string::npos ? 1 : 0;
    return count;
  }

  void observed() {
    const std::lock_guard lock(mutex);
    ++attempts;
    changed.notify_all();
  }

  DatabaseSettings settings;
  std::shared_ptr<sql::fault::Plan> plan;
  std::unique_ptr<sql::Pool> pool;
  std::function<void()> prepare = [] {};
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> lines;
  int attempts = 0;

 private:
  std::string folder_;
};

TEST_F(DatabaseGateTest, MigratesAnEmptyDatabaseAndOpens) {
  const auto gate = make_gate(true);
  gate->start();
  EXPECT_TRUE(gate->wait_until_open());
  EXPECT_EQ(sql::current_version(*pool->acquire()), sql::schema_steps().back().number);
  EXPECT_EQ(count_lines("GW0204"), 1);
}

TEST_F(DatabaseGateTest, StaysShutForAnOldSchemaAndNamesTheCommandOnce) {
  const auto gate = make_gate(false);
  gate->start();
  wait_for_attempts(5);
  EXPECT_FALSE(gate->wait_until_open());
  EXPECT_EQ(count_lines("groupwarectl migrate"), 1);
}

TEST_F(DatabaseGateTest, OpensByItselfOnceSomebodyMigrated) {
  const auto gate = make_gate(false);
  gate->start();
  wait_for_attempts(2);
  sql::migrate(*pool->acquire());
  int seen = attempts;
  for (int turn = 0; turn < 1'000 && !gate->is_open(); ++turn) wait_for_attempts(++seen);
  EXPECT_TRUE(gate->is_open());
}

TEST_F(DatabaseGateTest, OpensByItselfOnceTheDatabaseAnswers) {
  plan->add({.point = Point::Connect, .nth = 1, .times = 2});
  const auto gate = make_gate(true);
  gate->start();
  wait_for_attempts(1);
  EXPECT_FALSE(gate->wait_until_open());
  int seen = 1;
  for (int turn = 0; turn < 20'000 && !gate->is_open(); ++turn) wait_for_attempts(++seen);
  EXPECT_TRUE(gate->is_open());
}

TEST_F(DatabaseGateTest, RepeatsWhatPreparationCouldNotDo) {
  int calls = 0;
  prepare = [&calls] {
    if (++calls == 1) throw std::runtime_error("no secret yet");
  };
  const auto gate = make_gate(true);
  gate->start();
  wait_for_attempts(2);
  EXPECT_TRUE(gate->is_open());
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(count_lines("GW0203"), 1);
}

TEST_F(DatabaseGateTest, ARequestWaitsForTheFirstAttemptOnly) {
  std::promise<void> go_on;
  prepare = [&go_on] { go_on.get_future().wait(); };
  const auto gate = make_gate(true);
  gate->start();
  auto request = std::async(std::launch::async, [&gate] { return gate->wait_until_open(); });
  go_on.set_value();
  EXPECT_TRUE(request.get());
}

TEST_F(DatabaseGateTest, ARequestThatWasTakenBeforeTheStopIsStillAnswered) {
  std::promise<void> go_on;
  prepare = [&go_on] { go_on.get_future().wait(); };
  const auto gate = make_gate(true);
  gate->start();
  auto request = std::async(std::launch::async, [&gate] { return gate->wait_until_open(); });
  gate->stop();
  go_on.set_value();
  EXPECT_TRUE(request.get());
}

}  // namespace
}  // namespace gw::apache
