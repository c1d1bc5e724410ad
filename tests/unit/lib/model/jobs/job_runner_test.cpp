#include "model/jobs/job_runner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "core/log.hpp"
#include "support/database.hpp"

namespace gw::test {
namespace {

using model::jobs::Job;
using model::jobs::JobReport;
using model::jobs::JobRun;
using model::jobs::JobRunner;

constexpr Milliseconds kEvery{60'000};

class Jobs : public ::testing::Test {
 protected:
  ~Jobs() override { set_log_sink({}); }
  /// A process of the cluster with one job that counts its runs.
  std::unique_ptr<JobRunner> process(std::function<void(JobRun&)> work = {}) {
    return std::make_unique<JobRunner>(
        *database.environment,
        std::vector<Job>{{"count", kEvery, [this, work = std::move(work)](JobRun& run) -> std::int64_t {
                            ++runs;
                            if (work) work(run);
                            return runs;
                          }}});
  }
  std::string owner() {
    const sql::Lease lease = database.pool->acquire();
    const auto row = model::jobs::store::find(*lease, "count");
    return row ? row->owner : "nobody ever";
  }

  TestDatabase database;
  int runs = 0;
};

TEST_F(Jobs, OfAllProcessesOneDoesAJobWhenItIsDue) {
  const auto first = process(), second = process();
  first->run_due();
  second->run_due();
  EXPECT_EQ(runs, 1);
  database.clock.advance(kEvery.count() - 1);
  second->run_due();
  EXPECT_EQ(runs, 1);
  database.clock.advance(1);
  second->run_due();
  first->run_due();
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(owner(), "");
}

TEST_F(Jobs, NobodyElseIsAtItMeanwhile) {
  const auto second = process();
  const auto first = process([&](JobRun&) {
    database.clock.advance(kEvery.count());
    second->run_due();
    const auto reports = second->run_now();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].outcome, JobReport::Outcome::Busy);
  });
  first->run_due();
  EXPECT_EQ(runs, 1);
}

TEST_F(Jobs, ALeaseWhoseHolderDiedIsTakenOver) {
  const auto second = process();
  bool went_on = true;
  // It hangs for so long that another one takes the job, does it and gives it back.
  const auto first = process([&](JobRun& run) {
    database.clock.advance(model::jobs::kLeaseLife.count() - 1);
    second->run_due();
    EXPECT_EQ(runs, 1);
    database.clock.advance(1);
    second->run_due();
    EXPECT_EQ(runs, 2);
    went_on = run.goes_on();
  });
  first->run_due();
  EXPECT_FALSE(went_on);
  // What the late one gives back is not his any more.
  database.clock.advance(kEvery.count() - 1);
  second->run_due();
  EXPECT_EQ(runs, 2);
}

TEST_F(Jobs, WhoAsksNowAndThenKeepsItsLease) {
  const auto second = process();
  const auto first = process([&](JobRun& run) {
    for (int minutes = 0; minutes < 10; ++minutes) {
      database.clock.advance(60'000);
      EXPECT_TRUE(run.goes_on());
      second->run_due();
    }
  });
  first->run_due();
  EXPECT_EQ(runs, 1);
}

TEST_F(Jobs, ProgressIsKeptForTheNextRunOfAnyProcess) {
  const auto note = [](JobRun& run) { run.progress += "x"; };
  const auto first = process(note), second = process(note);
  first->run_due();
  database.clock.advance(kEvery.count());
  second->run_due();
  const sql::Lease lease = database.pool->acquire();
  EXPECT_EQ(model::jobs::store::find(*lease, "count")->progress, "xx");
  EXPECT_EQ(model::jobs::store::list(*lease).size(), 1U);
}

TEST_F(Jobs, AFailureLeavesALineAndTheJobItsNextTime) {
  std::string lines;
  set_log_sink([&](LogLevel, std::string_view line) { lines += line; });
  const auto only = process([](JobRun&) { throw std::runtime_error("no luck"); });
  only->run_due();
  EXPECT_NE(lines.find("GW0643"), std::string::npos);
  EXPECT_NE(lines.find("no luck"), std::string::npos);
  EXPECT_EQ(owner(), "");
  only->run_due();
  EXPECT_EQ(runs, 1);
  const auto reports = only->run_now("count");
  EXPECT_EQ(reports.at(0).outcome, JobReport::Outcome::Failed);
  EXPECT_EQ(reports.at(0).problem, "no luck");
  EXPECT_TRUE(only->run_now("other").empty());
}

TEST_F(Jobs, AStopEndsWhatRunsAndBeginsNothing) {
  std::unique_ptr<JobRunner> only;
  only = process([&](JobRun& run) {
    EXPECT_TRUE(run.goes_on());
    only->stop();
    EXPECT_FALSE(run.goes_on());
  });
  EXPECT_EQ(only->run_now().at(0).done, 1);
  EXPECT_EQ(only->run_now().at(0).outcome, JobReport::Outcome::NotDue);
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace gw::test
