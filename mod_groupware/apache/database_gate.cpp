#include "apache/database_gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apache/blocked_signals.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "sql/schema/schema.hpp"

namespace gw::apache {

DatabaseGate::DatabaseGate(sql::Pool& pool, Options options, Callbacks callbacks)
    : pool_(pool), options_(options), callbacks_(std::move(callbacks)) {}

DatabaseGate::~DatabaseGate() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void DatabaseGate::start() {
  const BlockedSignals blocked;
  thread_ = std::thread([this] { run(); });
}

void DatabaseGate::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stops_ = true;
  }
  changed_.notify_all();
}

bool DatabaseGate::wait_until_open() {
  if (is_open()) return true;
  std::unique_lock lock(mutex_);
  // Not ended by stop(): a child that is told to go in its first moment still answers the request it has
  // taken.
  changed_.wait_for(lock, options_.patience, [this] { return has_tried_; });
  return is_open();
}

void DatabaseGate::run() {
  if (!open()) return;
  while (pause(options_.upkeep)) {
    pool_.purge_idle();
    callbacks_.observe(pool_.status());
  }
}

bool DatabaseGate::open() {
  std::chrono::milliseconds next_pause = options_.first_pause;
  for (;;) {
    const bool opened = attempt() == Outcome::Open;
    {
      const std::lock_guard lock(mutex_);
      has_tried_ = true;
      is_open_.store(opened, std::memory_order_release);
    }
    changed_.notify_all();
    callbacks_.observe(pool_.status());
    if (opened) return true;
    if (!pause(next_pause)) return false;
    next_pause = std::min(next_pause * 2, options_.longest_pause);
  }
}

DatabaseGate::Outcome DatabaseGate::attempt() {
  try {
    sql::Scope database(pool_);
    if (check_schema(database.connection()) == Outcome::Retry) return Outcome::Retry;
    callbacks_.prepare(database);
    return Outcome::Open;
  } catch (const Unavailable&) {
    // The pool has written its line for this outage already.
  } catch (const std::exception& error) {
    log_once("GW0203",
             fmt::format("requests are answered 503, as the database cannot be used: {}", error.what()));
  }
  return Outcome::Retry;
}

DatabaseGate::Outcome DatabaseGate::check_schema(sql::Connection& connection) {
  if (options_.migrates) {
    const std::vector<std::string> steps = sql::migrate(connection);
    if (!steps.empty())
      log(LogLevel::Notice, "GW0204",
          fmt::format("database schema brought up to date: {}", join(steps, ", ")));
    return Outcome::Open;
  }
  const int found = sql::current_version(connection);
  const int needed = sql::schema_steps().back().number;
  if (found == needed) return Outcome::Open;
  if (found < needed)
    log_once(
        "GW0205",
        fmt::format("requests are answered 503, as the database schema is at step {} and this program needs "
                    "step {}: run `groupwarectl migrate`, or set GroupwareAutoMigrate On",
                    found, needed));
  else
    log_once(
        "GW0206",
        fmt::format("requests are answered 503, as the database schema is at step {} and this program knows "
                    "steps up to {}: install the newer program",
                    found, needed));
  return Outcome::Retry;
}

void DatabaseGate::log_once(std::string_view number, const std::string& text) {
  if (std::exchange(last_line_, text) != text) log(LogLevel::Error, number, text);
}

bool DatabaseGate::pause(std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, duration, [this] { return stops_; });
}

}  // namespace gw::apache
