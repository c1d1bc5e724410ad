// Threads of ours are started with every signal blocked: signals belong to httpd's own threads.
#pragma once

#include <csignal>

#include <pthread.h>

namespace gw::apache {

/// A thread that starts while this lives inherits the blocked signals.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace gw::apache
