// Keeps requests out until the database answers and has the schema this program needs. Works in a background
// thread of each server process, so that neither start nor restart waits for a database; the same thread then
// closes unused connections, those of mail servers through `observe`. Free of httpd.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "sql/scope.hpp"

namespace gw::apache {

class DatabaseGate {
 public:
  struct Options {
    /// Run missing schema steps; else an old schema keeps the gate shut.
    bool migrates = false;
    /// Pauses between attempts: the first one, doubled up to the longest.
    std::chrono::milliseconds first_pause{100};
    std::chrono::milliseconds longest_pause{3'000};
    /// How long a request waits while the very first attempt is under way.
    std::chrono::milliseconds patience{5'000};
    /// Once the gate is open: how often unused connections are looked for.
    std::chrono::milliseconds upkeep{5'000};
  };
  struct Callbacks {
    /// Runs with the database just before the gate opens (secrets that live in the database); what it throws
    /// counts as a failed attempt.
    std::function<void(sql::Scope&)> prepare;
    /// Gets the pool's figures after each attempt and each upkeep. Must not throw.
    std::function<void(const sql::PoolStatus&)> observe;
  };
  /// The pool must outlive the gate.
  DatabaseGate(sql::Pool& pool, Options options, Callbacks callbacks);
  /// Ends the thread; waits for the attempt under way.
  ~DatabaseGate();
  DatabaseGate(const DatabaseGate&) = delete;
  DatabaseGate& operator=(const DatabaseGate&) = delete;

  /// Starts the thread. All signals are blocked in it.
  void start();
  /// Asks the thread to end after the attempt under way; requests that wait for that one still learn how it
  /// ends. Does not wait. Threads: any.
  void stop() noexcept;

  /// Waits only until the first attempt has ended, and at most `patience`; later calls answer at once.
  /// Threads: any.
  bool wait_until_open();
  [[nodiscard]] bool is_open() const { return is_open_.load(std::memory_order_acquire); }

 private:
  enum class Outcome { Open, Retry };
  void run();
  /// False when the thread shall end.
  bool open();
  Outcome attempt();
  Outcome check_schema(sql::Connection& connection);
  void log_once(std::string_view number, const std::string& text);
  bool pause(std::chrono::milliseconds duration);

  sql::Pool& pool_;
  const Options options_;
  const Callbacks callbacks_;
  std::atomic<bool> is_open_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_tried_ = false;
  bool stops_ = false;
  std::string last_line_;
  std::thread thread_;
};

}  // namespace gw::apache
