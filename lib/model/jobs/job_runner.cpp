#include "model/jobs/job_runner.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/log.hpp"
#include "core/random.hpp"

namespace gw::model::jobs {
namespace {

constexpr Milliseconds kRenewAfter{60'000};
constexpr Millis kWhenever{INT64_MAX};

int severity(JobReport::Outcome outcome) {
  switch (outcome) {
    case JobReport::Outcome::NotDue:
      return 0;
    case JobReport::Outcome::Done:
      return 1;
    case JobReport::Outcome::Busy:
      return 2;
    case JobReport::Outcome::Failed:
      break;
  }
  return 3;
}

}  // namespace

JobRun::JobRun(JobRunner& runner, Environment& environment, std::string_view name)
    : runner_(runner), environment_(environment), name_(name), renewed_(environment.clock.now()) {}

bool JobRun::goes_on() {
  if (runner_.stops_) return false;
  const Millis now = this->now();
  if (now.value - renewed_.value < kRenewAfter.count()) return true;
  sql::Scope database(environment_.pool);
  if (!store::renew(database, name_, runner_.owner_, {now.value + kLeaseLife.count()})) return false;
  renewed_ = now;
  return true;
}

JobRunner::JobRunner(Environment& environment, std::vector<Job> jobs)
    : environment_(environment), jobs_(std::move(jobs)), owner_(random_uuid()) {}

bool JobRunner::take(Environment& environment, const Job& job, bool is_forced) {
  const Millis now = environment.clock.now();
  sql::Scope database(environment.pool);
  if (!is_forced) {
    // A look first: writing costs more, and mostly nothing is due.
    const auto row = store::find(database.connection(), job.name);
    if (row && (row->next_run > now || row->lease_until > now)) return false;
  }
  return store::take(database,
                     {job.name, owner_, now, is_forced ? kWhenever : now, {now.value + kLeaseLife.count()}});
}

void JobRunner::work(Environment& environment, const Job& job, JobReport& report) {
  const Millis begin = environment.clock.now();
  JobRun run(*this, environment, job.name);
  sql::Scope database(environment.pool);
  if (const auto row = store::find(database.connection(), job.name)) run.progress = row->progress;
  database.release();
  try {
    report.done = job.work(run);
    report.outcome = JobReport::Outcome::Done;
  } catch (const Unavailable&) {
    // The lease ends by itself; the pool has written its line.
    throw;
  } catch (const std::exception& error) {
    report.outcome = JobReport::Outcome::Failed;
    report.problem = error.what();
    log(LogLevel::Error, "GW0643", fmt::format("the job {} failed: {}", job.name, error.what()));
  }
  store::give_back(database,
                   {std::string(job.name), owner_, {}, {begin.value + job.interval.count()}, run.progress});
}

JobReport JobRunner::run_in(Environment& environment, const Job& job, bool is_forced) {
  JobReport report{job.name, JobReport::Outcome::NotDue, 0, {}};
  if (stops_) return report;
  if (!take(environment, job, is_forced)) {
    if (is_forced) report.outcome = JobReport::Outcome::Busy;
    return report;
  }
  work(environment, job, report);
  return report;
}

/// Of several databases the report tells the worst.
JobReport JobRunner::run(const Job& job, bool is_forced) {
  if (job.is_done_once) return run_in(environment_, job, is_forced);
  JobReport all{job.name, JobReport::Outcome::NotDue, 0, {}};
  bool is_first = true;
  for_each_database(environment_, [&](Environment& environment) {
    JobReport one = run_in(environment, job, is_forced);
    const std::int64_t done = all.done + one.done;
    if (is_first || severity(one.outcome) > severity(all.outcome)) all = std::move(one);
    all.done = done;
    is_first = false;
  });
  return all;
}

void JobRunner::run_due() {
  try {
    for (const Job& job : jobs_) run(job, false);
  } catch (const Unavailable&) {
    // The pool has written its line for that outage already.
  }
}

std::vector<JobReport> JobRunner::run_now(std::string_view name) {
  std::vector<JobReport> reports;
  for (const Job& job : jobs_)
    if (name.empty() || job.name == name) reports.push_back(run(job, true));
  return reports;
}

}  // namespace gw::model::jobs
