// Work that goes by the clock and that one process of the whole cluster does at a time: reminders by mail,
// indexes after an update of the time zones. Every process of every node asks now and then; who gets the
// job's lease does it, and a lease whose holder died ends after five minutes. Not for what each process does
// for itself. Source: spec chronos section 9, users p25.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/jobs/job_store.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::jobs {

/// After that long without a renewal a job is anybody's. The clocks of nodes may differ by less.
inline constexpr Milliseconds kLeaseLife{300'000};

class JobRunner;

/// One run of a job, while its lease lasts.
class JobRun {
 public:
  /// To be asked between two pieces of work, each of which ends well before the lease does. False: the job
  /// ends now, because the server stops or somebody else has it. Errors: Unavailable, SqlError.
  /// Cost: a write transaction when the last renewal is more than a minute ago.
  bool goes_on();
  /// Of the database that this run is about.
  [[nodiscard]] Environment& environment() const { return environment_; }
  [[nodiscard]] Millis now() const { return environment_.clock.now(); }
  /// What the job's last run left. At most 100 bytes; kept when the run ends.
  std::string progress;

 private:
  friend class JobRunner;
  JobRun(JobRunner& runner, Environment& environment, std::string_view name);
  JobRunner& runner_;
  Environment& environment_;
  std::string_view name_;
  Millis renewed_;
};

struct Job {
  std::string_view name;  ///< at most 32 bytes, without end
  Milliseconds interval;  ///< from the begin of a run to that of the next, over all processes
  std::function<std::int64_t(JobRun&)> work;  ///< gives how much it did. Errors: whatever; they end the run
  /// Done once, with the home database; else in each database of the installation, with a lease of its own.
  bool is_done_once = false;
};

struct JobReport {
  enum class Outcome { Done, NotDue, Busy, Failed };
  std::string_view name;
  Outcome outcome = Outcome::NotDue;
  std::int64_t done = 0;
  std::string problem;  ///< of Failed
};

/// Threads: run_due, run_now one at a time; stop any.
class JobRunner {
 public:
  /// The environment must outlive it.
  JobRunner(Environment& environment, std::vector<Job> jobs);
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  /// Does every job that is due and that nobody has, one after the other. A job that fails leaves a line in
  /// the log and is done again at its next time; a database that is away is none of them.
  /// Cost: one select for each job that is not due.
  void run_due();
  /// Does them, due or not, but for those that somebody has. `name` empty: all of them.
  std::vector<JobReport> run_now(std::string_view name = {});
  /// Jobs end after the piece of work they are at, and none begins any more.
  void stop() { stops_ = true; }
  [[nodiscard]] const std::vector<Job>& jobs() const { return jobs_; }

 private:
  friend class JobRun;
  JobReport run(const Job& job, bool is_forced);
  JobReport run_in(Environment& environment, const Job& job, bool is_forced);
  bool take(Environment& environment, const Job& job, bool is_forced);
  void work(Environment& environment, const Job& job, JobReport& report);

  Environment& environment_;
  std::vector<Job> jobs_;
  std::string owner_;
  std::atomic<bool> stops_{false};
};

}  // namespace gw::model::jobs
