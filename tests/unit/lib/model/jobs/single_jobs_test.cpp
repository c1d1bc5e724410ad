#include "model/jobs/single_jobs.hpp"

#include <gtest/gtest.h>

#include "model/jobs/job_store.hpp"
#include "model/users/provisioning_error.hpp"
#include "support/database.hpp"

namespace gw::test {
namespace {

namespace jobs = model::jobs;
using jobs::SingleJob;
using jobs::SingleJobState;

class SingleJobs : public testing::Test {
 protected:
  SingleJob add(std::int64_t context) {
    return jobs::add_single_job(scope,
                                {.context = ContextId(context), .target = 3, .created = {5}, .due = {7}});
  }
  void end(SingleJob job) {
    job.state = SingleJobState::Done;
    jobs::store_progress(scope, job);
  }

  TestDatabase database;
  sql::Scope scope{*database.pool};
};

TEST_F(SingleJobs, WhatWasKeptIsReadAgain) {
  SingleJob job = add(INT32_MAX);
  EXPECT_EQ(job.number, 1);
  job.target = INT32_MAX;
  job.state = SingleJobState::Failed;
  job.count = INT64_MAX;
  job.problem = std::string(20, 'x');
  job.due = {9};
  jobs::store_progress(scope, job);
  const auto read = jobs::find_single_job(scope.connection(), 1);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->context, ContextId(INT32_MAX));
  EXPECT_EQ(read->target, INT32_MAX);
  EXPECT_EQ(read->state, SingleJobState::Failed);
  EXPECT_EQ(read->count, INT64_MAX);
  EXPECT_EQ(read->problem, job.problem);
  EXPECT_EQ(read->created, Millis{5});
  EXPECT_EQ(read->due, Millis{9});
  EXPECT_FALSE(jobs::find_single_job(scope.connection(), 2));
}

TEST_F(SingleJobs, NumbersAreNeverUsedAgain) {
  EXPECT_EQ(add(1).number, 1);
  EXPECT_TRUE(jobs::remove_single_job(scope, 1));
  EXPECT_FALSE(jobs::remove_single_job(scope, 1));
  EXPECT_EQ(add(1).number, 2);
}

TEST_F(SingleJobs, AContextHasOneAtATime) {
  const SingleJob first = add(1);
  EXPECT_THROW(add(1), model::ProvisioningError);
  add(2);
  end(first);
  EXPECT_EQ(add(1).number, 3) << "what was refused took no number";
}

TEST_F(SingleJobs, EndedOnesAreForgottenAndMakeRoom) {
  for (std::size_t i = 1; i <= jobs::kMostSingleJobs; ++i) add(static_cast<std::int64_t>(i));
  EXPECT_THROW(add(5'000), model::ProvisioningError);
  end(*jobs::find_single_job(scope.connection(), 7));
  end(*jobs::find_single_job(scope.connection(), 9));
  add(5'000);
  EXPECT_EQ(jobs::list_single_jobs(scope.connection()).size(), jobs::kMostSingleJobs);
  EXPECT_FALSE(jobs::find_single_job(scope.connection(), 7));
  jobs::remove_ended_jobs(scope, ContextId(1));
  EXPECT_TRUE(jobs::find_single_job(scope.connection(), 9));
  jobs::remove_ended_jobs(scope, std::nullopt);
  EXPECT_FALSE(jobs::find_single_job(scope.connection(), 9));
  EXPECT_EQ(jobs::list_single_jobs(scope.connection()).size(), jobs::kMostSingleJobs - 1);
}

TEST_F(SingleJobs, AreNotAmongTheJobsByTheClock) {
  add(1);
  EXPECT_TRUE(jobs::store::list(scope.connection()).empty());
}

}  // namespace
}  // namespace gw::test
