#include "child.hpp"

#include <ap_listen.h>
#include <http_log.h>
#include <mpm_common.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <exception>

#include "exports.h"
#include "retained.hpp"

#ifdef GW_COVERAGE
// Counters are lost at _exit otherwise.
extern "C" void __gcov_dump(void);
#endif

namespace oxpush {
namespace {

volatile std::sig_atomic_t stop_raised = 0;
/// The server ends, and no successor comes.
volatile std::sig_atomic_t leaves_for_good = 0;

extern "C" void raise_stop(int number) {
  stop_raised = 1;
  if (number == kStopForGood) leaves_for_good = 1;
}

void set_handler(int number, void (*handler)(int)) noexcept {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

/// Every signal is set: what is inherited differs between the first start and a respawn. A terminal sends INT
/// to the whole process group; httpd itself tells us with TERM, so its own HUP, USR1 and WINCH mean nothing
/// here.
void set_signals() noexcept {
  stop_raised = 0;
  leaves_for_good = 0;
  for (const int number : std::array{SIGTERM, SIGINT, kStopForGood}) set_handler(number, raise_stop);
  for (const int number : std::array{SIGHUP, SIGUSR1, SIGWINCH, SIGPIPE}) set_handler(number, SIG_IGN);
  set_handler(SIGCHLD, SIG_DFL);
}

void write_line(server_rec* server, Severity severity, const std::string& line) {
  const int level = severity == Severity::Error     ? APLOG_ERR
                    : severity == Severity::Warning ? APLOG_WARNING
                                                    : APLOG_INFO;
  ap_log_error(APLOG_MARK, level, 0, server, "%s", line.c_str());
}

[[noreturn]] void leave(apr_pool_t* own_pool, int code) noexcept {
  apr_pool_destroy(own_pool);
#ifdef GW_COVERAGE
  __gcov_dump();
#endif
  _exit(code);
}

}  // namespace

void run_child(apr_pool_t* pool, server_rec* server, const ChildSetup& setup, pid_t parent,
               std::chrono::milliseconds delay) noexcept {
  set_signals();
  ap_close_listeners();
  apr_pool_t* own_pool = nullptr;
  if (apr_pool_create(&own_pool, pool) != APR_SUCCESS) _exit(kCannotStart);
  if (ap_run_drop_privileges(own_pool, server) != OK) {
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, server, "%s",
                 "OXP0001: the push child could not drop its privileges");
    leave(own_pool, kCannotStart);
  }
  // After the drop: changing the user clears this setting. The parent may have died in between.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) leave(own_pool, 0);
  prctl(PR_SET_NAME, "oxpush");

  try {
    Loop loop(stop_raised, system_steady_clock());
    Journal journal(
        [server](Severity severity, const std::string& line) { write_line(server, severity, line); });
    if (loop.pause(delay)) {
      ap_log_error(APLOG_MARK, APLOG_INFO, 0, server, "%s", "OXP0002: push child is running");
      run_push_child(setup, loop, journal, *shared_counters(), [] { return leaves_for_good != 0; });
    }
  } catch (const std::exception& error) {
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, server, "OXP0003: push child cannot run: %s", error.what());
    leave(own_pool, kCannotStart);
  }
  leave(own_pool, 0);
}

}  // namespace oxpush
