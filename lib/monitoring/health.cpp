#include "monitoring/health.hpp"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <exception>

namespace gw::monitoring {
namespace {

CheckResult run_check(const HealthCheck& check) {
  CheckResult result{check.name, false, check.is_ignored, {}};
  try {
    result.data = check.run();
    result.is_up = true;
  } catch (const std::exception& problem) {
    result.data = {{"error", problem.what()}};
  }
  return result;
}

}  // namespace

bool HealthReport::is_up() const {
  return std::all_of(checks.begin(), checks.end(),
                     [](const CheckResult& check) { return check.is_up || check.is_ignored; });
}

HealthMonitor::HealthMonitor(std::vector<HealthCheck> checks, Options options, const Clock& clock)
    : checks_(std::move(checks)), options_(options), clock_(clock) {}

HealthMonitor::~HealthMonitor() {
  {
    const std::lock_guard lock(mutex_);
    stops_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void HealthMonitor::run_round() {
  for (const HealthCheck& check : checks_) {
    {
      const std::lock_guard lock(mutex_);
      if (stops_) break;
    }
    CheckResult result = run_check(check);
    const std::lock_guard lock(mutex_);
    results_.push_back(std::move(result));
  }
  const std::lock_guard lock(mutex_);
  is_running_ = false;
  // Kept here, not by whoever waits: one who asks before the waiting have woken would start another round.
  // What comes behind the budget was told to be down already.
  if (Steady::now() <= began_ + options_.budget) keep_report();
  changed_.notify_all();
}

/// Under the lock.
void HealthMonitor::start_round() {
  // The thread of the round before has nothing left to do but to end.
  if (thread_.joinable()) thread_.join();
  results_.clear();
  began_ = Steady::now();
  is_running_ = true;
  // Signals belong to the server's own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread([this] { run_round(); });
  } catch (const std::exception&) {
    is_running_ = false;  // no thread to be had: every check is down
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

/// Under the lock.
HealthReport HealthMonitor::make_report() const {
  HealthReport report{results_, clock_.now()};
  for (std::size_t i = report.checks.size(); i < checks_.size(); ++i)
    report.checks.push_back(
        {checks_[i].name,
         false,
         checks_[i].is_ignored,
         {{"error", "no answer within " + std::to_string(options_.budget.count()) + " ms"}}});
  return report;
}

/// Under the lock.
void HealthMonitor::keep_report() {
  last_ = make_report();
  last_at_ = Steady::now();
}

HealthReport HealthMonitor::report() {
  std::unique_lock lock(mutex_);
  const bool has_last = last_at_ != Steady::time_point{};
  if (has_last && Steady::now() - last_at_ < options_.cached) return last_;
  if (!is_running_) start_round();
  const bool is_done = changed_.wait_until(lock, began_ + options_.budget, [this] { return !is_running_; });
  if (!is_done || last_at_ < began_) keep_report();
  return last_;
}

Json to_json(const HealthReport& report, const ServiceInfo& service) {
  Json checks = Json::array(), ignored = Json::array(), skipped = Json::array();
  for (const CheckResult& check : report.checks) {
    Json data = Json::object();
    for (const auto& [name, value] : check.data) data.set(name, Json::string(value));
    checks.append(Json::object()
                      .set("name", Json::string(check.name))
                      .set("status", Json::string(check.is_up ? "UP" : "DOWN"))
                      .set("data", std::move(data)));
    if (check.is_ignored) ignored.append(Json::string(check.name));
  }
  for (const std::string& name : service.skipped) skipped.append(Json::string(name));
  return Json::object()
      .set("status", Json::string(report.is_up() ? "UP" : "DOWN"))
      .set("checks", std::move(checks))
      .set("service", Json::object()
                          .set("name", Json::string(service.name))
                          .set("version", Json::string(service.version))
                          .set("buildDate", Json::string(service.build_date))
                          .set("date", Json::string(format_utc(report.made)))
                          .set("timeZone", Json::string(service.time_zone))
                          .set("locale", Json::string(service.locale))
                          .set("charset", Json::string(service.charset)))
      .set("ignored", std::move(ignored))
      .set("skipped", std::move(skipped));
}

}  // namespace gw::monitoring
