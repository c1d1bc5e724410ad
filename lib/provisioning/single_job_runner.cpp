#include "provisioning/single_job_runner.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "core/error.hpp"
#include "core/log.hpp"
#include "model/administration/registry.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/files/store_move.hpp"
#include "model/jobs/single_jobs.hpp"
#include "provisioning/context_data.hpp"

namespace gw::provisioning {
namespace {

namespace files = model::files;
namespace jobs = model::jobs;
using jobs::SingleJob;
using jobs::SingleJobState;

/// What one run works at most before other jobs have their turn, and how often it looks whether its job was
/// deleted.
constexpr Milliseconds kTurn{60'000}, kLook{5'000};

/// Ends a job: the word for its row, the text for the log.
class JobFailed : public std::runtime_error {
 public:
  JobFailed(std::string word, const std::string& text) : std::runtime_error(text), word_(std::move(word)) {}
  [[nodiscard]] const std::string& word() const { return word_; }

 private:
  std::string word_;
};

/// Not the job's fault: the server's own account will do it.
class WrongAccount : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class SingleJobWork {
 public:
  explicit SingleJobWork(jobs::JobRun& run)
      : run_(run), database_(run.environment().pool), end_{run.now().value + kTurn.count()} {}

  std::int64_t work() {
    const std::vector<SingleJob> all = jobs::list_single_jobs(database_.connection());
    database_.release();
    for (SingleJob job : all)
      if (!job.is_ended() && job.due <= run_.now() && has_time()) take_turn(job);
    if (!wrong_account_.empty()) throw std::runtime_error(wrong_account_);
    return count_;
  }

 private:
  void take_turn(SingleJob& job) {
    try {
      if (job.state == SingleJobState::Waiting) job.state = SingleJobState::Running;
      jobs::store_progress(database_, job);
      database_.release();
      move_store(job);
    } catch (const JobFailed& problem) {
      end(job, problem.word(), problem.what());
    } catch (const files::MoveInterrupted& problem) {
      // Stopped by us: somebody goes on later.
      if (!goes_on(job)) return;
      end(job, "interrupted", problem.what());
    } catch (const ApiError& problem) {
      end(job, "store_failed", problem.what());
    } catch (const WrongAccount& problem) {
      wrong_account_ = problem.what();
      return;
    }
    jobs::store_progress(database_, job);
    database_.release();
  }

  void end(SingleJob& job, std::string word, const std::string& text) {
    job.state = SingleJobState::Failed;
    job.problem = std::move(word);
    log(LogLevel::Error, "GW0930",
        fmt::format("job {} ({}) of context {} failed: {}", job.number, jobs::operation_name(job.kind),
                    job.context.value, text));
  }

  /// False: the server stops, somebody else has the lease, or the job was deleted.
  bool goes_on(const SingleJob& job) {
    if (!run_.goes_on()) return false;
    const Millis now = run_.now();
    if (now.value - looked_.value < kLook.count()) return is_there_;
    looked_ = now;
    is_there_ = jobs::find_single_job(database_.connection(), job.number).has_value();
    database_.release();
    return is_there_;
  }
  [[nodiscard]] bool has_time() const { return run_.now() < end_; }

  std::string uri_of(std::int64_t store) {
    if (store == kServerStoreId) {
      if (run_.environment().files == nullptr) throw JobFailed("no_store", "the server has no file store");
      return {};
    }
    const auto stores = model::administration::list_registered_stores(database_.connection());
    database_.release();
    for (const auto& each : stores)
      if (each.id == store) return each.uri;
    throw JobFailed("no_store", fmt::format("file store {} is not registered", store));
  }

  void move_store(SingleJob& job) {
    const auto context = model::contexts::find_context(database_.connection(), job.context);
    database_.release();
    if (!context) throw JobFailed("no_context", "the context does not exist");
    model::UnitOfWork work(run_.environment(),
                           model::contexts::provisioning_caller(context->id, context->admin));
    files::StoreMove move{.uri = uri_of(job.target)};
    is_there_ = true;
    move.goes_on = [&] { return goes_on(job); };
    move.has_time = [&] { return has_time() && goes_on(job); };
    files::StoreMoveReport report;
    try {
      if (const std::string problem = files::account_problem(work); !problem.empty())
        throw WrongAccount(problem);
      if (const std::string problem = files::target_problem(move.uri); !problem.empty())
        throw JobFailed("store_failed", problem);
      report = files::move_files(work, move);
    } catch (const std::invalid_argument& problem) {
      throw JobFailed("no_store", problem.what());
    }
    job.count += report.files;
    count_ += report.files;
    job.due = run_.now();
    if (!report.is_moved) return;
    work.write([&](model::Transaction& transaction) { note_store(transaction, context->id, job.target); });
    work.release();
    if (context->database != 0)
      model::administration::note_store_elsewhere(database_, context->id, job.target);
    settle(job, report);
  }

  void settle(SingleJob& job, const files::StoreMoveReport& report) {
    if (report.pause > 0) {
      job.state = SingleJobState::Tidying;
      job.due = Millis{run_.now().value + report.pause};
      return;
    }
    if (!report.missing.empty())
      throw JobFailed(fmt::format("missing_{}", report.missing.size()),
                      fmt::format("{} files are not in their old store (groupwarectl check --files): {}",
                                  report.missing.size(), report.missing.front()));
    job.state = SingleJobState::Done;
    log(LogLevel::Info, "GW0931",
        fmt::format("job {} ({}) of context {} is done: {} files", job.number, jobs::operation_name(job.kind),
                    job.context.value, job.count));
  }

  jobs::JobRun& run_;
  sql::Scope database_;
  const Millis end_;
  Millis looked_;
  bool is_there_ = true;
  std::int64_t count_ = 0;
  std::string wrong_account_;
};

}  // namespace

jobs::Job single_job_runner(Milliseconds interval) {
  return {"single-jobs", interval, [](jobs::JobRun& run) { return SingleJobWork(run).work(); }, true};
}

}  // namespace gw::provisioning
