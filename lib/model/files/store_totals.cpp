#include "model/files/store_totals.hpp"

#include <map>

namespace gw::model::files {
namespace {

/// Over all contexts on purpose: figures name no tenant.
constexpr std::string_view kTotals =
    "SELECT COALESCE(s.uri,''),SUM(u.bytes) FROM file_usage u LEFT JOIN file_stores s ON s.cid=u.cid AND "
    "s.takes_new=1 GROUP BY COALESCE(s.uri,'')";

std::string kind_of(std::string_view uri) { return uri.starts_with("s3:") ? "s3" : "file"; }

}  // namespace

std::vector<StoreTotal> total_bytes(sql::Connection& connection, std::string_view server_store) {
  std::map<std::string, std::int64_t> totals;
  sql::Query row = connection.query(kTotals);
  while (row.next()) {
    const std::string_view uri = row.text(0).empty() ? server_store : row.text(0);
    if (!uri.empty()) totals[kind_of(uri)] += row.integer(1);
  }
  if (!server_store.empty()) totals.try_emplace(kind_of(server_store), 0);
  std::vector<StoreTotal> all;
  for (auto& [kind, bytes] : totals) all.push_back({kind, bytes});
  return all;
}

}  // namespace gw::model::files
