// The hooks around configuration and processes, in the order httpd calls them. Facts and reasons: craft 2.1.
#include <httpd.h>

#include <ap_mpm.h>
#include <http_config.h>
#include <http_core.h>
#include <mpm_common.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "apache/auth_provider.hpp"
#include "apache/cache_generations.hpp"
#include "apache/config_check.hpp"
#include "apache/connection_limit.hpp"
#include "apache/counters.hpp"
#include "apache/dav_host.hpp"
#include "apache/handler.hpp"
#include "apache/mail_notify.hpp"
#include "apache/module_config.hpp"
#include "apache/monitor_pages.hpp"
#include "apache/parked_request.hpp"
#include "apache/periodic.hpp"
#include "apache/process_context.hpp"
#include "apache/process_memory.hpp"
#include "apache/provisioning_handler.hpp"
#include "apache/public_busy.hpp"
#include "apache/server_log.hpp"
#include "apache/shared_session_cache.hpp"
#include "apache/status_page.hpp"
#include "boundary/exports.h"
#include "boundary/guards.hpp"
#include "boundary/pool_new.hpp"
#include "core/random.hpp"

namespace gw::apache {
namespace {

/// The first of the two passes over the configuration; side effects wait for the second.
bool is_rehearsal() { return ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG; }
/// Whether a server with this process is serving already: ending it over a missing folder would make things
/// worse.
bool is_restart() { return ap_state_query(AP_SQ_CONFIG_GEN) > 0; }

/// Of the random part of event ids.
constexpr std::size_t kEpochBytes = 4;

/// Three megabytes; streams above that number are not counted beyond their process.
constexpr std::size_t kMostStreamPlaces = 65'536;

int process_limit() {
  int processes = 1;
  ap_mpm_query(AP_MPMQ_HARD_LIMIT_DAEMONS, &processes);
  return processes;
}

/// A library that stays loaded over a restart keeps its globals, so each one gets its first value again.
int reset(apr_pool_t* pool) {
  ProcessContext::forget();
  reset_counters();
  reset_generations();
  set_module_config(nullptr);
  set_module_config(boundary::pool_new<ModuleConfig>(pool));
  register_cache_mutex(pool);
  // mod_dav's own "Unknown DAV provider" ends the start before any later hook could explain it.
  if (is_rehearsal() && is_dav_loaded_late())
    ap_log_perror(
        APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, pool,
        "GW0331: mod_dav is loaded behind mod_groupware, which therefore offers no DAV provider: write "
        "LoadModule dav_module before LoadModule groupware_module");
  return OK;
}

/// What an administrator should know, though the server starts. Shown by `-t` and at the start itself, not in
/// the rehearsal.
void log_hints(server_rec* server, const ModuleConfig& config) {
  if (config.settings.database.url.empty()) return;
  if (config.cache.provider == nullptr && config.session_cache.empty())
    ap_log_error(
        APLOG_MARK, APLOG_WARNING, 0, server,
        "GW0213: mod_socache_shmcb is not loaded: every request reads its session from the database. Load it "
        "(a2enmod socache_shmcb), or write GroupwareSessionCache none to say that this is wanted");
  if (const std::string hint = describe_connection_count(config.settings, process_limit()); !hint.empty())
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, server, "GW0215: %s", hint.c_str());
}

int check(server_rec* server, apr_pool_t* pool, apr_pool_t* scratch) {
  ModuleConfig& config = *module_config();
  config.settings.database.auto_migrate =
      is_on(config.auto_migrate, config.settings.database.url.starts_with("sqlite:"));
  std::vector<ConfigProblem> problems = check_values(config.settings, config.api_is_wanted);
  const auto append = [&problems](std::vector<ConfigProblem>&& more) {
    problems.insert(problems.end(), more.begin(), more.end());
  };
  append(check_folders(config.settings, config.api_is_wanted));
  append(check_request_limits(config.settings, server));
  if (const std::string problem = create_cache_instance(config, scratch, pool); !problem.empty())
    problems.push_back({problem});
  bool is_fatal = false;
  for (const ConfigProblem& problem : problems) {
    is_fatal = is_fatal || !problem.is_environment || !is_restart();
    ap_log_error(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, server, "GW0211: %s", problem.text.c_str());
  }
  if (ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_CONFIG_TEST) log_hints(server, config);
  return is_fatal ? HTTP_INTERNAL_SERVER_ERROR : OK;
}

int prepare(server_rec* server, apr_pool_t* pool) {
  ModuleConfig& config = *module_config();
  if (is_rehearsal() || config.settings.database.url.empty()) return OK;
  log_hints(server, config);
  if (const std::string problem = open_cache_instance(config.cache, server, pool); !problem.empty()) {
    // No reason to end the server, which a failing post_config does: the database knows all sessions.
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, "GW0212: %s; sessions are read from the database",
                 problem.c_str());
    config.cache = {};
  }
  if (const apr_status_t status = create_generations(pool); status != APR_SUCCESS)
    ap_log_error(
        APLOG_MARK, APLOG_WARNING, status, server,
        "GW0216: no shared memory to note changed sessions: every request looks into the shared cache");
  // Twice: while processes are replaced, old and new ones exist side by side.
  const auto slots = static_cast<std::size_t>(process_limit()) * 2;
  if (!open_counters(slots))
    ap_log_error(APLOG_MARK, APLOG_WARNING, errno, server,
                 "GW0214: no shared memory for figures: the status page and the metrics are empty");
  register_periodic_work(server, pool, config.settings.jobs);
  config.event_epoch = random_hex(kEpochBytes);
  const int wanted = config.settings.events.streams;
  config.event_streams = wanted > 0 ? wanted : std::max(1, connection_limit() / 2);
  config.held_event_streams = std::max(1, thread_count() / 2);
  // One request may be at two servers. A quarter of the threads is left to the other modules.
  if (config.mail_requests == 0) config.mail_requests = std::max(2, thread_count() / 2);
  const auto all_streams = static_cast<std::size_t>(config.event_streams) * slots;
  if (config.settings.events.enabled) {
    const apr_status_t status = create_stream_places(pool, std::min(all_streams, kMostStreamPlaces));
    if (status != APR_SUCCESS)
      ap_log_error(
          APLOG_MARK, APLOG_WARNING, status, server,
          "GW0342: no shared memory to count event streams: the limit of a user holds in each process");
  }
  return OK;
}

apr_status_t leave_process(void*) noexcept {
  release_own_counters();
  remove_log_sink();
  return APR_SUCCESS;
}

/// Ends the streams' threads while the MPM still stands: the loop frees connections, which the MPM counts
/// down in structures that are gone when ordinary cleanups run.
apr_status_t end_events(void* events) noexcept {
  return boundary::guard_hook(nullptr, "end of the events", APR_SUCCESS, [events] {
    static_cast<EventService*>(events)->shut_down();
    return APR_SUCCESS;
  });
}

/// Makes what a process needs, and waits for nothing: the database is the gate's business.
int enter_process(server_rec* server, apr_pool_t* pool) {
  ModuleConfig& config = *module_config();
  if (config.settings.database.url.empty()) return OK;
  bound_kept_memory();
  install_log_sink(server);
  claim_own_counters();
  // Cleanups run in reverse: the context ends first, as its thread still logs and counts. mod_watchdog joins
  // its threads, which use the context, in a pre-cleanup, so they have ended before.
  apr_pool_cleanup_register(pool, nullptr, leave_process, apr_pool_cleanup_null);
  attach_cache_mutex(config.cache, server, pool);
  auto* process = boundary::pool_new<ProcessContext>(pool, config, server);
  process->gate().start();
  if (EventService* events = process->events()) {
    events->start(process->runtime());
    apr_pool_pre_cleanup_register(pool, events, end_events);
  }
  return OK;
}

extern "C" {

int pre_config(apr_pool_t* pool, apr_pool_t*, apr_pool_t*) noexcept {
  return boundary::guard_hook(nullptr, "pre_config", HTTP_INTERNAL_SERVER_ERROR,
                              [pool] { return reset(pool); });
}

int check_config(apr_pool_t* pool, apr_pool_t*, apr_pool_t* scratch, server_rec* server) noexcept {
  return boundary::guard_hook(server, "check_config", HTTP_INTERNAL_SERVER_ERROR,
                              [=] { return check(server, pool, scratch); });
}

int post_config(apr_pool_t* pool, apr_pool_t*, apr_pool_t*, server_rec* server) noexcept {
  return boundary::guard_hook(server, "post_config", HTTP_INTERNAL_SERVER_ERROR,
                              [=] { return prepare(server, pool); });
}

void child_init(apr_pool_t* pool, server_rec* server) noexcept {
  boundary::guard_hook(server, "child_init", OK, [=] { return enter_process(server, pool); });
}

void child_stopping(apr_pool_t*, int is_graceful) noexcept {
  boundary::guard_hook(nullptr, "child_stopping", OK, [is_graceful] {
    ProcessContext* process = ProcessContext::current();
    if (process == nullptr) return OK;
    process->gate().stop();
    process->jobs().stop();
    // A graceful end lets requests finish, also those that wait for a server elsewhere.
    if (is_graceful == 0) process->calendars().stop();
    if (EventService* events = process->events()) events->stop();
    return OK;
  });
}

}  // extern "C"

}  // namespace
}  // namespace gw::apache

void gw_register_hooks(apr_pool_t* pool) noexcept {
  using namespace gw::apache;
  ap_hook_pre_config(pre_config, nullptr, nullptr, APR_HOOK_MIDDLE);
  // Late: the MPM must have judged ServerLimit, and mod_unixd must know User.
  ap_hook_check_config(check_config, nullptr, nullptr, APR_HOOK_LAST);
  // Watchdogs are started by mod_watchdog's own post_config, which must come after ours.
  static const char* const kBefore[] = {"mod_watchdog.c", nullptr};
  ap_hook_post_config(post_config, nullptr, kBefore, APR_HOOK_MIDDLE);
  // Late: other modules' child_init must not find our thread in their way.
  ap_hook_child_init(child_init, nullptr, nullptr, APR_HOOK_LAST);
  ap_hook_child_stopping(child_stopping, nullptr, nullptr, APR_HOOK_MIDDLE);
  register_request_hooks();
  register_mail_notify_hooks();
  register_public_busy_hooks();
  register_provisioning_hooks();
  register_suspend_hook();
  register_auth_provider(pool);
  register_dav(pool);
  register_status_hook();
  register_monitor_hooks();
}
