// Whether this server can do its work: checks that run in a thread of their own, so that whoever asks waits
// for a bounded time whatever hangs, and storms of balancers cost nothing. What is checked is others'
// business. Source: spec monitoring 5 and 7.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/json.hpp"
#include "core/time.hpp"

namespace gw::monitoring {

/// One line for people each; no secrets.
using CheckData = std::vector<std::pair<std::string, std::string>>;

struct HealthCheck {
  std::string name;
  /// Shown, but a failure does not make the whole fail.
  bool is_ignored = false;
  /// Gives what was found; throws std::exception when it is not as it should be.
  std::function<CheckData()> run;
};

struct CheckResult {
  std::string name;
  bool is_up = false;
  bool is_ignored = false;
  CheckData data;
};

struct HealthReport {
  std::vector<CheckResult> checks;
  Millis made;
  [[nodiscard]] bool is_up() const;
};

class HealthMonitor {
 public:
  struct Options {
    std::chrono::milliseconds budget{2'000};  ///< of all checks together
    std::chrono::milliseconds cached{5'000};  ///< how long an answer is given again
  };
  HealthMonitor(std::vector<HealthCheck> checks, Options options, const Clock& clock);
  /// Waits for the check under way.
  ~HealthMonitor();
  HealthMonitor(const HealthMonitor&) = delete;
  HealthMonitor& operator=(const HealthMonitor&) = delete;

  /// Checks that have no answer when the budget is over are down. Threads: any.
  /// Cost: nothing while an answer is cached, else at most the budget.
  HealthReport report();

 private:
  using Steady = std::chrono::steady_clock;
  void start_round();
  void run_round();
  [[nodiscard]] HealthReport make_report() const;
  void keep_report();

  const std::vector<HealthCheck> checks_;
  const Options options_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_running_ = false;
  bool stops_ = false;
  Steady::time_point began_{};
  std::vector<CheckResult> results_;  ///< of the round under way or the last one
  HealthReport last_;
  Steady::time_point last_at_{};
  std::thread thread_;
};

/// The members `service`, `status`, `checks`, `ignored` and `skipped`, as clients of the reference know them.
struct ServiceInfo {
  std::string name, version, build_date, time_zone, locale, charset;
  std::vector<std::string> skipped;
};
Json to_json(const HealthReport& report, const ServiceInfo& service);

}  // namespace gw::monitoring
