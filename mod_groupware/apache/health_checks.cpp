#include "apache/health_checks.hpp"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <stdexcept>

#include "apache/counters.hpp"
#include "apache/health_words.hpp"
#include "mailbox/primary_account.hpp"
#include "push/command_client.hpp"
#include "sql/schema/schema.hpp"
#include "sql/server_facts.hpp"

namespace gw::apache {
namespace {

using monitoring::CheckData;

/// Servers of a cluster may differ by that much before sessions and series of reminders go wrong.
constexpr std::int64_t kMostSkew = 5'000;
constexpr std::string_view kProbeText = "health";

[[noreturn]] void fail(const std::string& text) { throw std::runtime_error(text); }

CheckData check_database(const MonitoredParts& parts) {
  // A process that has just begun has not looked yet: that is no failure.
  if (!parts.gate.wait_until_open()) fail("not reachable, or its schema is not that of this program");
  sql::Scope database(parts.pool);
  sql::try_write(database.connection());
  const auto galera = sql::read_galera_status(database.connection());
  const auto ready = galera.find("wsrep_ready");
  if (ready != galera.end() && ready->second == "OFF")
    fail("this node of the Galera cluster is not ready (wsrep_ready is OFF)");
  CheckData data{{"schema", std::to_string(sql::schema_steps().back().number)},
                 {"engine", database.connection().engine() == sql::Engine::Mysql ? "mysql" : "sqlite"}};
  if (const auto size = galera.find("wsrep_cluster_size"); size != galera.end() && !size->second.empty())
    data.emplace_back("clusterSize", size->second);
  return data;
}

/// One that is away takes its own contexts with it, not this server.
CheckData check_databases(const MonitoredParts& parts) {
  std::string away;
  for (const auto& trouble : parts.databases.find_trouble())
    away += fmt::format("{}{} ({})", away.empty() ? "" : ", ", trouble.name, trouble.id);
  if (!away.empty()) fail("not usable: " + away);
  return {{"registered", std::to_string(parts.databases.numbers().size() - 1)}};
}

CheckData check_sessions(const MonitoredParts& parts) {
  sql::Scope database(parts.pool);
  // Of no session: it is looked for in the cache and then in the database.
  parts.sessions.look(database, std::string(32, '0'));
  return {};
}

CheckData check_files(const MonitoredParts& parts) {
  const auto store = parts.files->open("health_check");
  const auto upload = store->create();
  upload->write(kProbeText);
  const std::string id = upload->commit();
  std::array<char, 16> bytes{};
  const std::size_t size = store->open(id)->read(bytes);
  store->remove(id);
  if (std::string_view(bytes.data(), size) != kProbeText) fail("what was written is not what is read");
  return {{"store", parts.files->place()}};
}

CheckData check_mail(const MonitoredParts& parts) {
  const MailSettings& mail = parts.settings.mail;
  const HealthSettings& health = parts.settings.health;
  mail::Account account;
  account.store = mailbox::make_server(
      mail.store,
      {"", "", std::min(mail.connect_timeout, health.budget), std::min(mail.read_timeout, health.budget)},
      health.probe_login, health.probe_secret);
  parts.mail.store(mail.store.protocol).ping(account);
  return {{"server", mail.store.host}};
}

CheckData check_push(const MonitoredParts& parts) {
  push::run_push_command(parts.push_bus, "status", std::chrono::seconds(1));
  return {};
}

/// Folders of this machine that the server writes to.
std::vector<std::string> written_folders(const Settings& settings) {
  std::vector<std::string> folders{settings.upload_folder};
  const auto add_path = [&folders](std::string_view uri, std::string_view scheme, bool is_file) {
    if (!uri.starts_with(scheme)) return;
    const std::filesystem::path path(uri.substr(scheme.size()));
    folders.push_back((is_file ? path.parent_path() : path).string());
  };
  add_path(settings.database.url, "sqlite:", true);
  add_path(settings.file_store, "file:", false);
  return folders;
}

CheckData check_disk(const MonitoredParts& parts) {
  CheckData data;
  for (const std::string& folder : written_folders(parts.settings)) {
    struct statvfs disk {};
    if (statvfs(folder.c_str(), &disk) != 0) fail(folder + " cannot be looked at");
    const std::uint64_t free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    if (free < static_cast<std::uint64_t>(parts.settings.health.disk_free))
      fail(fmt::format("{} MiB are free at {}", free >> 20, folder));
    if (disk.f_files > 0 && disk.f_favail < 100) fail("no more files can be made at " + folder);
    data.emplace_back(folder, fmt::format("{} MiB free", free >> 20));
  }
  return data;
}

CheckData check_clock(const MonitoredParts& parts) {
  sql::Scope database(parts.pool);
  const auto theirs = sql::read_server_time(database.connection());
  if (!theirs) return {};
  const std::int64_t skew = system_clock().now().value - theirs->value;
  if (std::abs(skew) > kMostSkew) fail(fmt::format("this clock and the database's differ by {} ms", skew));
  return {{"skew", fmt::format("{} ms", skew)}};
}

CheckData check_memory(const MonitoredParts&) {
  const auto& table = all_counters();
  if (!table) fail("there is no shared memory for figures");
  return {{"series", fmt::format("{} of {}", table.series_count(), monitoring::kMostSeries)}};
}

struct CheckRow {
  std::string_view name;
  CheckData (*run)(const MonitoredParts&);
  /// Whether there is something to look at.
  bool (*applies)(const MonitoredParts&);
  /// Shown, but what fails here is no failure of this server.
  bool is_told_only = false;
};

constexpr CheckRow kHealthChecks[] = {
    {"database", check_database, [](const MonitoredParts&) { return true; }},
    {"databases", check_databases, [](const MonitoredParts&) { return true; }, true},
    {"sessionStore", check_sessions, [](const MonitoredParts&) { return true; }},
    {"clock", check_clock,
     [](const MonitoredParts& parts) { return parts.pool.engine() == sql::Engine::Mysql; }},
    {"sharedMemory", check_memory, [](const MonitoredParts&) { return true; }},
    {"diskSpace", check_disk, [](const MonitoredParts&) { return true; }},
    {"pushChild", check_push, [](const MonitoredParts& parts) { return !parts.push_bus.empty(); }},
    {"fileStore", check_files,
     [](const MonitoredParts& parts) {
       return parts.files != nullptr && parts.settings.health.writes_files;
     }},
    {"mailServer", check_mail,
     [](const MonitoredParts& parts) {
       return parts.settings.mail.is_configured() && !parts.settings.health.probe_login.empty();
     }},
};

bool is_named(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<monitoring::HealthCheck> make_health_checks(const MonitoredParts& parts,
                                                        std::vector<std::string>& skipped) {
  const HealthSettings& health = parts.settings.health;
  std::vector<monitoring::HealthCheck> checks;
  for (const CheckRow& row : kHealthChecks) {
    if (!row.applies(parts) || is_named(health.skipped, row.name))
      skipped.emplace_back(row.name);
    else
      checks.push_back({std::string(row.name), row.is_told_only || is_named(health.ignored, row.name),
                        [&parts, run = row.run] { return run(parts); }});
  }
  return checks;
}

}  // namespace gw::apache
