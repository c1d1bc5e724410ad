#include "mod_oxpush/engine/loop.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

namespace oxpush {
namespace {

using std::chrono::milliseconds;

volatile std::sig_atomic_t stop = 0;
extern "C" void raise_stop(int) { stop = 1; }

/// Blocks SIGUSR2 as the push child blocks TERM, and puts everything back.
class LoopTest : public ::testing::Test {
 protected:
  LoopTest() {
    stop = 0;
    struct sigaction action {};
    action.sa_handler = raise_stop;
    sigaction(SIGUSR2, &action, &before_);
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &blocked, &mask_before_);
  }
  ~LoopTest() override {
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    sigaction(SIGUSR2, &before_, nullptr);
  }

  /// Jumps 50 ms at each look.
  SteadyClock jumping_clock() {
    return [this] { return milliseconds{now_ += 50}; };
  }

 private:
  struct sigaction before_ {};
  sigset_t mask_before_{};
  std::int64_t now_ = 0;
};

TEST_F(LoopTest, ASignalThatArrivedBeforeTheWaitEndsTheRun) {
  Loop loop(stop, system_steady_clock());
  pthread_kill(pthread_self(), SIGUSR2);
  EXPECT_EQ(stop, 0) << "the signal must wait until the loop lets it through";
  loop.run();
  EXPECT_EQ(stop, 1);
}

TEST_F(LoopTest, RunReturnsAtOnceWhenStopIsRaisedAlready) {
  stop = 1;
  Loop(stop, system_steady_clock()).run();
}

TEST_F(LoopTest, APauseEndsWhenItsTimeIsOver) {
  EXPECT_TRUE(Loop(stop, jumping_clock()).pause(milliseconds{50}));
}

TEST_F(LoopTest, ASignalCutsAPauseShort) {
  pthread_kill(pthread_self(), SIGUSR2);
  EXPECT_FALSE(Loop(stop, system_steady_clock()).pause(std::chrono::hours{1}));
}

}  // namespace
}  // namespace oxpush
