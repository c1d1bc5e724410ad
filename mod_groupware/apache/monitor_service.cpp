#include "apache/monitor_service.hpp"

#include <map>
#include <string>

#include "apache/health_checks.hpp"
#include "core/error.hpp"
#include "session/session_counts.hpp"
#include "sql/scope.hpp"

namespace gw::apache {
namespace {

constexpr std::chrono::seconds kSessionsKept{15}, kTotalsKept{60};

}  // namespace

MonitorService::MonitorService(MonitoredParts parts)
    : parts_(std::move(parts)),
      health_(make_health_checks(parts_, skipped_),
              {.budget = parts_.settings.health.budget, .cached = parts_.settings.health.cached},
              system_clock()) {}

std::vector<monitoring::ClientSessions> MonitorService::sessions() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (counted_at_ && now - *counted_at_ < kSessionsKept) return counted_;
  if (!parts_.gate.is_open()) return {};
  try {
    std::map<std::string, monitoring::ClientSessions> clients;
    parts_.databases.for_each([&](sql::Pool& pool) {
      sql::Scope database(pool);
      for (const session::SessionCount& count :
           session::count_by_client(database.connection(), parts_.settings.session, system_clock().now())) {
        monitoring::ClientSessions& sum = clients[count.client];
        sum.client = count.client;
        sum.active += count.active;
        sum.short_term += count.short_term;
        sum.long_term += count.long_term;
      }
    });
    counted_.clear();
    for (auto& [client, sum] : clients) counted_.push_back(std::move(sum));
    counted_at_ = now;
  } catch (const Unavailable&) {
    return {};
  } catch (const sql::SqlError&) {
    return {};
  }
  return counted_;
}

std::vector<model::files::StoreTotal> MonitorService::store_totals() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (summed_at_ && now - *summed_at_ < kTotalsKept) return totals_;
  if (!parts_.gate.is_open()) return {};
  try {
    std::map<std::string, std::int64_t> sums;
    parts_.databases.for_each([&](sql::Pool& pool) {
      sql::Scope database(pool);
      for (const model::files::StoreTotal& total :
           model::files::total_bytes(database.connection(), parts_.settings.file_store))
        sums[total.kind] += total.bytes;
    });
    totals_.clear();
    for (const auto& [kind, bytes] : sums) totals_.push_back({kind, bytes});
    summed_at_ = now;
  } catch (const Unavailable&) {
    return {};
  } catch (const sql::SqlError&) {
    return {};
  }
  return totals_;
}

}  // namespace gw::apache
