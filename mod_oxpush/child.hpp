// What the push child process does from its first instruction to its end.
#pragma once

#include <httpd.h>
#include <sys/types.h>

#include <chrono>
#include <csignal>

#include "engine/push_child.hpp"

namespace oxpush {

/// Exit code for "this child can never start": the parent does not try again. Above every signal number,
/// because httpd reports both in one number.
inline constexpr int kCannotStart = 254;
/// From the parent: the server ends. TERM, in contrast, may come before a successor.
inline constexpr int kStopForGood = SIGUSR2;

/// Never returns: puts signals, listeners and privileges in order, waits `delay`, then serves until TERM.
/// `pool` is the pool of the parent's configuration; it is not destroyed here. Errors:  noexcept; ends with
/// kCannotStart when privileges cannot be dropped or the loop cannot run Threads: in the forked child only,
/// with all signals blocked Source:  craft rule 2.9
[[noreturn]] void run_child(apr_pool_t* pool, server_rec* server, const ChildSetup& setup, pid_t parent,
                            std::chrono::milliseconds delay) noexcept;

}  // namespace oxpush
