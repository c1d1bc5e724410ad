#include "spawn.hpp"

#include <ap_mpm.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <http_config.h>
#include <http_log.h>
#include <unistd.h>
#include <unixd.h>

#include <csignal>
#include <new>

#include "child.hpp"
#include "directives.hpp"
#include "restart_delay.hpp"

namespace oxpush {
namespace {

using std::chrono::milliseconds;

milliseconds now() noexcept {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

/// Lives on pconf. `child` and its pool are replaced at each respawn.
struct Supervisor {
  server_rec* server = nullptr;
  apr_pool_t* pconf = nullptr;
  const char* pid_file = nullptr;
  const ChildSetup* setup = nullptr;
  RestartDelay delay;
  /// Of the child: its own pool, so that a dead child leaves nothing for pconf to signal.
  apr_pool_t* child_pool = nullptr;
  apr_proc_t* child = nullptr;
  /// false once it was reaped: its number may then belong to somebody else, and nothing may signal it.
  bool is_alive = false;
  milliseconds begins_at{0};
};

void maintain(int reason, void* data, apr_wait_t status) noexcept;

void write_pid_file(const Supervisor& supervisor) noexcept {
  apr_file_t* file = nullptr;
  constexpr apr_int32_t kFlags = APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE;
  constexpr apr_fileperms_t kMode = APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD | APR_FPROT_WREAD;
  const apr_status_t status = apr_file_open(&file, supervisor.pid_file, kFlags, kMode, supervisor.child_pool);
  if (status != APR_SUCCESS) {
    ap_log_error(APLOG_MARK, APLOG_ERR, status, supervisor.server, "OXP0004: cannot write OXPushPidFile %s",
                 supervisor.pid_file);
    return;
  }
  apr_file_puts(apr_psprintf(supervisor.child_pool, "%d\n", static_cast<int>(supervisor.child->pid)), file);
  apr_file_close(file);
}

/// fork with every signal blocked: one that arrived before the child has its own handlers would be lost in
/// the parent's.
apr_status_t fork_blocked(apr_proc_t* process, apr_pool_t* pool, sigset_t* before) noexcept {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, before);
  return apr_proc_fork(process, pool);
}

void spawn(Supervisor& supervisor, milliseconds delay) noexcept {
  apr_pool_create(&supervisor.child_pool, supervisor.pconf);
  supervisor.child = static_cast<apr_proc_t*>(apr_pcalloc(supervisor.child_pool, sizeof(apr_proc_t)));
  supervisor.begins_at = now() + delay;
  const pid_t parent = getpid();
  sigset_t before;
  const apr_status_t status = fork_blocked(supervisor.child, supervisor.child_pool, &before);
  if (status == APR_INCHILD)
    run_child(supervisor.child_pool, supervisor.server, *supervisor.setup, parent, delay);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (status != APR_INPARENT) {
    ap_log_error(APLOG_MARK, APLOG_CRIT, status, supervisor.server, "%s",
                 "OXP0005: cannot fork the push child; there is none until the next restart");
    apr_pool_destroy(supervisor.child_pool);
    supervisor.child_pool = nullptr;
    supervisor.child = nullptr;
    return;
  }
  supervisor.is_alive = true;
  apr_pool_note_subprocess(supervisor.child_pool, supervisor.child, APR_KILL_AFTER_TIMEOUT);
  apr_proc_other_child_register(supervisor.child, maintain, &supervisor, nullptr, supervisor.child_pool);
  write_pid_file(supervisor);
}

bool is_stopping() noexcept {
  int state = 0;
  return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) != APR_SUCCESS || state == AP_MPMQ_STOPPING;
}

/// No restart: the MPM knows before it ends its children.
bool is_stopping_for_good() noexcept { return ap_unixd_mpm_get_retained_data()->shutdown_pending != 0; }

/// Unregistering calls maintain() again, and the pool's end looks once more for the process: it finds none
/// and stays quiet. (A pid of 0 in the noted record would mean "my process group" to both wait and kill.)
void forget_child(Supervisor& supervisor) noexcept {
  supervisor.is_alive = false;
  apr_proc_other_child_unregister(&supervisor);
  apr_pool_t* pool = supervisor.child_pool;
  supervisor.child_pool = nullptr;
  supervisor.child = nullptr;
  apr_pool_destroy(pool);
}

void replace_child(Supervisor& supervisor, int status) noexcept {
  const int pid = static_cast<int>(supervisor.child->pid);
  const milliseconds lived = now() - supervisor.begins_at;
  forget_child(supervisor);
  if (is_stopping()) return;
  if (status == kCannotStart) {
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, supervisor.server,
                 "OXP0006: push child %d cannot start; there is none until the next restart", pid);
    return;
  }
  const Settings& settings = settings_of(supervisor.server);
  const milliseconds delay =
      supervisor.delay.after_death(lived, settings.restart_delay_min, settings.restart_delay_max);
  ap_log_error(APLOG_MARK, APLOG_ERR, 0, supervisor.server,
               "OXP0007: push child %d died (exit code or signal %d); its successor begins in %d ms", pid,
               status, static_cast<int>(delay.count()));
  spawn(supervisor, delay);
}

/// As observed of httpd 2.4: a graceful restart gives UNREGISTER only; stop and hard restart give RESTART,
/// then UNREGISTER; a death gives DEATH, and unregistering there calls back with UNREGISTER.
void maintain(int reason, void* data, apr_wait_t status) noexcept {
  Supervisor& supervisor = *static_cast<Supervisor*>(data);
  switch (reason) {
    case APR_OC_REASON_DEATH:
    case APR_OC_REASON_LOST:
      replace_child(supervisor, status);
      break;
    case APR_OC_REASON_RESTART:
      apr_proc_other_child_unregister(data);
      break;
    case APR_OC_REASON_UNREGISTER:
      if (!supervisor.is_alive || supervisor.child->pid <= 1) break;
      kill(supervisor.child->pid, is_stopping_for_good() ? kStopForGood : SIGTERM);
      unlink(supervisor.pid_file);
      break;
    default:
      break;
  }
}

}  // namespace

void start_supervised_child(apr_pool_t* pconf, server_rec* server, const ChildSetup& setup) noexcept {
  static_assert(alignof(Supervisor) <= 8, "apr_palloc aligns to 8 bytes only");
  Supervisor& supervisor = *new (apr_palloc(pconf, sizeof(Supervisor))) Supervisor();
  supervisor.server = server;
  supervisor.pconf = pconf;
  supervisor.setup = &setup;
  supervisor.pid_file = ap_runtime_dir_relative(pconf, settings_of(server).pid_file.c_str());
  spawn(supervisor, milliseconds{0});
}

}  // namespace oxpush
