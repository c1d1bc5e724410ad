#include "apache/periodic.hpp"

#include <apr_optional.h>
#include <apr_time.h>
#include <fmt/format.h>
#include <mod_watchdog.h>

#include <cstring>

#include "ajax/upload/upload_spool.hpp"
#include "apache/process_context.hpp"
#include "apache/server_log.hpp"
#include "boundary/guards.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "model/compositions/composition_account.hpp"
#include "model/contexts/context_walk.hpp"
#include "model/files/file_consistency.hpp"
#include "model/notifications/subscription_service.hpp"
#include "model/shares/guests.hpp"

namespace gw::apache {
namespace {

constexpr apr_interval_time_t kInterval = APR_USEC_PER_SEC * 60;
/// A name of our own gives a thread of our own: this work talks to the database, other modules shall not wait
/// for it.
constexpr const char* kWatchdog = "_groupware_";
/// And another one: jobs talk to mail servers.
constexpr const char* kJobWatchdog = "_groupware_jobs_";
constexpr std::chrono::hours kStaleUpload{24};

/// Over all databases, without those that are away: the pool has written its line for that outage already.
std::int64_t purge_sessions(ProcessContext& process) {
  if (!process.gate().is_open()) return 0;
  std::int64_t purged = 0;
  model::for_each_database(process.runtime().environment, [&](model::Environment& environment) {
    sql::Scope database(environment.pool);
    purged += process.sessions().purge_expired(database);
  });
  return purged;
}

/// As above.
int end_shares(ProcessContext& process) {
  if (!process.gate().is_open()) return 0;
  int ended = 0;
  model::for_each_database(process.runtime().environment, [&](model::Environment& environment) {
    ended += model::shares::end_expired(environment);
  });
  return ended;
}

/// Uploads that a killed process left in the file stores: one context at a time, since listing a store may
/// take long, and each of them once a day.
class StaleUploads {
 public:
  void step(ProcessContext& process) {
    const Millis now = system_clock().now();
    if (!process.gate().is_open() || now < next_round_) return;
    if (!last_) round_began_ = now;
    try {
      sql::Scope database(process.pool());
      const auto context = model::contexts::next_context_anywhere(database.connection(), last_);
      database.release();
      if (!context) {
        last_ = {};
        next_round_ = {round_began_.value + std::chrono::milliseconds(kStaleUpload).count()};
        return;
      }
      last_ = *context;
      model::Caller caller;
      caller.context = *context;
      model::UnitOfWork work(process.runtime().environment, std::move(caller));
      if (const auto removed = model::files::remove_stale_uploads(work); removed > 0)
        log(LogLevel::Info, "GW0385",
            fmt::format("removed {} left-over uploads from the file stores of context {}", removed,
                        context->value));
    } catch (const Unavailable&) {
      // The pool has written its line for that outage already.
    } catch (const ApiError&) {
      // The store has written its line; tomorrow is another day.
    }
  }

 private:
  ContextId last_;
  Millis round_began_, next_round_;
};

/// As above.
int purge_subscriptions(ProcessContext& process) {
  if (!process.gate().is_open()) return 0;
  int purged = 0;
  model::for_each_database(process.runtime().environment, [&](model::Environment& environment) {
    sql::Scope database(environment.pool);
    purged += model::notifications::purge_expired(database, system_clock().now());
  });
  return purged;
}

/// As above.
int purge_compositions(ProcessContext& process) {
  if (!process.gate().is_open()) return 0;
  int purged = 0;
  model::for_each_database(process.runtime().environment, [&](model::Environment& environment) {
    purged += model::compositions::purge_idle(environment);
  });
  return purged;
}

void work(ProcessContext& process) {
  // Plain data: nothing of it needs an end at exit.
  static StaleUploads stale_uploads;
  if (process.runtime().environment.files != nullptr) stale_uploads.step(process);

  const int shares = end_shares(process);
  if (shares > 0) log(LogLevel::Info, "GW0384", fmt::format("ended {} links whose time is over", shares));
  const std::int64_t sessions = purge_sessions(process);
  const int uploads = ajax::remove_stale_uploads(process.settings().upload_folder, kStaleUpload);
  if (const int subscriptions = purge_subscriptions(process); subscriptions > 0)
    log(LogLevel::Info, "GW0341", fmt::format("removed {} expired push subscriptions", subscriptions));
  if (const int compositions = purge_compositions(process); compositions > 0)
    log(LogLevel::Info, "GW0420", fmt::format("gave up {} mails that nobody wrote on", compositions));
  if (sessions > 0 || uploads > 0)
    log(LogLevel::Info, "GW0209",
        fmt::format("removed {} expired sessions and {} left-over uploads", sessions, uploads));
}

/// Processes and nodes that start together do not ask together: each one waits for up to an interval more.
Millis first_jobs(const JobSettings& jobs) {
  const std::string bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  const auto wait = number % static_cast<std::uint64_t>(jobs.interval.count());
  return {system_clock().now().value + static_cast<std::int64_t>(wait)};
}

/// Each process asks: the lease in the database chooses one, so a process that hangs holds nobody up for
/// long.
void do_jobs(ProcessContext& process) {
  static const Millis first = first_jobs(process.settings().jobs);
  if (process.gate().is_open() && system_clock().now() >= first) process.jobs().run_due();
}

extern "C" apr_status_t step(int state, void*, apr_pool_t*) noexcept {
  return boundary::guard_hook(nullptr, "periodic work", APR_SUCCESS, [state] {
    ProcessContext* process = ProcessContext::current();
    if (state == AP_WATCHDOG_STATE_RUNNING && process != nullptr) work(*process);
    return APR_SUCCESS;
  });
}

extern "C" apr_status_t job_step(int state, void*, apr_pool_t*) noexcept {
  return boundary::guard_hook(nullptr, "jobs", APR_SUCCESS, [state] {
    ProcessContext* process = ProcessContext::current();
    if (state == AP_WATCHDOG_STATE_RUNNING && process != nullptr) do_jobs(*process);
    return APR_SUCCESS;
  });
}

}  // namespace

void register_periodic_work(server_rec* server, apr_pool_t* pool, const JobSettings& jobs) {
  const auto get = APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_get_instance);
  const auto add = APR_RETRIEVE_OPTIONAL_FN(ap_watchdog_register_callback);
  ap_watchdog_t* watchdog = nullptr;
  // Singleton: of all processes of the server one works.
  bool is_there = get != nullptr && add != nullptr && get(&watchdog, kWatchdog, 0, 1, pool) == APR_SUCCESS &&
                  add(watchdog, kInterval, nullptr, step) == APR_SUCCESS;
  if (is_there && jobs.enabled)
    is_there = get(&watchdog, kJobWatchdog, 0, 0, pool) == APR_SUCCESS &&
               add(watchdog, apr_time_from_msec(jobs.interval.count()), nullptr, job_step) == APR_SUCCESS;
  if (!is_there)
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, server,
                 "GW0210: mod_watchdog does not work here: expired sessions are not removed, and nobody is "
                 "reminded by mail");
}

}  // namespace gw::apache
