// What one process needs to answer for monitoring: its health checks, and figures that cost a query and are
// therefore kept for a while. The pages are monitor_pages.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "apache/database_gate.hpp"
#include "core/settings.hpp"
#include "filestore/file_store.hpp"
#include "mail/store/provider.hpp"
#include "model/databases/databases.hpp"
#include "model/files/store_totals.hpp"
#include "monitoring/health.hpp"
#include "monitoring/runtime_stats.hpp"
#include "session/session_store.hpp"
#include "sql/pool.hpp"

namespace gw::apache {

/// All must outlive the service.
struct MonitoredParts {
  const Settings& settings;
  sql::Pool& pool;
  DatabaseGate& gate;
  session::SessionStore& sessions;
  const filestore::StoreRoot* files;  ///< nullptr: none is configured
  const mail::Registry& mail;
  model::databases::Databases& databases;
  std::string push_bus;  ///< path of the push child's socket; empty: there is none
};

/// Threads: any
class MonitorService {
 public:
  explicit MonitorService(MonitoredParts parts);

  /// Cost: as HealthMonitor::report
  monitoring::HealthReport health() { return health_.report(); }
  /// Names of checks that are not made, and why the configuration has it so.
  [[nodiscard]] const std::vector<std::string>& skipped_checks() const { return skipped_; }

  /// Of the whole cluster; empty while the database is away. Cost: a query every 15 s.
  std::vector<monitoring::ClientSessions> sessions();
  /// What lies in the file stores; empty while the database is away. Cost: a query a minute.
  std::vector<model::files::StoreTotal> store_totals();

 private:
  const MonitoredParts parts_;
  std::vector<std::string> skipped_;
  monitoring::HealthMonitor health_;
  std::mutex mutex_;
  std::vector<monitoring::ClientSessions> counted_;
  std::optional<std::chrono::steady_clock::time_point> counted_at_;
  std::vector<model::files::StoreTotal> totals_;
  std::optional<std::chrono::steady_clock::time_point> summed_at_;
};

}  // namespace gw::apache
