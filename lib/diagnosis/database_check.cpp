#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/text.hpp"
#include "diagnosis/checks.hpp"
#include "sql/server_facts.hpp"

namespace gw::diagnosis {
namespace {

using Variables = std::map<std::string, std::string>;

constexpr std::int64_t kMostSkew = 2'000;
/// A composition or a vCard with a picture goes in one statement.
constexpr std::int64_t kSmallestPacket = 16 << 20;
/// Connections of a server process may be idle for so long. Units: seconds.
constexpr std::int64_t kPoolIdle = 300;

std::string text_of(const Variables& variables, const char* name) {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second;
}

std::optional<std::int64_t> number_of(const Variables& variables, const char* name) {
  return parse_integer(text_of(variables, name));
}

void judge_text(const Variables& variables, Findings& findings) {
  for (const char* name : {"character_set_database", "character_set_connection"}) {
    const std::string charset = text_of(variables, name);
    if (!charset.empty() && charset != "utf8mb4")
      findings.push_back({"database-charset", Severity::Error,
                          fmt::format("{} is {}: emoji and some names cannot be stored", name, charset),
                          "ALTER DATABASE … CHARACTER SET utf8mb4 before the schema is made"});
  }
  if (const std::string mode = text_of(variables, "sql_mode");
      !mode.empty() && mode.find("STRICT_TRANS_TABLES") == std::string::npos)
    findings.push_back({"database-mode", Severity::Error, "values that are too long are cut silently",
                        "add STRICT_TRANS_TABLES to sql_mode"});
}

void judge_transactions(const Variables& variables, Findings& findings) {
  std::string isolation = text_of(variables, "transaction_isolation");
  if (isolation.empty()) isolation = text_of(variables, "tx_isolation");
  if (isolation == "READ-UNCOMMITTED" || isolation == "READ-COMMITTED")
    findings.push_back({"database-isolation", Severity::Error,
                        "transactions see what others change meanwhile (" + isolation + ")",
                        "transaction-isolation = REPEATABLE-READ"});
  const bool is_galera = text_of(variables, "wsrep_on") == "ON";
  if (const auto flush = number_of(variables, "innodb_flush_log_at_trx_commit"); flush && *flush != 1)
    findings.push_back({"database-durability", is_galera ? Severity::Note : Severity::Warning,
                        fmt::format("the last second of changes is lost when the machine fails "
                                    "(innodb_flush_log_at_trx_commit = {})",
                                    *flush),
                        "innodb_flush_log_at_trx_commit = 1"});
  if (text_of(variables, "innodb_doublewrite") == "OFF")
    findings.push_back({"database-doublewrite", Severity::Warning,
                        "pages that are half written at a loss of power cannot be mended",
                        "innodb_doublewrite = ON"});
  if (const std::string engine = text_of(variables, "default_storage_engine");
      !engine.empty() && engine != "InnoDB")
    findings.push_back({"database-engine", Severity::Error, "new tables are made in " + engine,
                        "default_storage_engine = InnoDB"});
  if (text_of(variables, "read_only") == "ON")
    findings.push_back({"database-read-only", Severity::Error, "the database takes no changes (read_only)",
                        "connect to the master, or set read_only = OFF"});
}

void judge_limits(const Variables& variables, Findings& findings) {
  if (const auto packet = number_of(variables, "max_allowed_packet"); packet && *packet < kSmallestPacket)
    findings.push_back({"database-packet", Severity::Warning,
                        fmt::format("rows of more than {} bytes are refused", *packet),
                        "max_allowed_packet = 64M"});
  if (const auto wait = number_of(variables, "wait_timeout"); wait && *wait <= kPoolIdle)
    findings.push_back({"database-wait", Severity::Warning,
                        fmt::format("idle connections end after {} s, before the pool gives them up", *wait),
                        "raise wait_timeout, or lower idle= of GroupwareDatabasePool"});
  if (const auto most = number_of(variables, "max_connections"); most && *most < 100)
    findings.push_back(
        {"database-connections", Severity::Warning,
         fmt::format("the server takes {} connections; six server processes may want 48", *most),
         "raise max_connections, or lower size= of GroupwareDatabasePool"});
}

void judge_galera(const Variables& variables, const Variables& galera, Findings& findings) {
  if (text_of(variables, "wsrep_on") != "ON") return;
  if (text_of(galera, "wsrep_ready") == "OFF" || text_of(galera, "wsrep_cluster_status") == "non-Primary")
    findings.push_back({"galera-not-ready", Severity::Error, "this node is not part of a quorum",
                        "see wsrep_cluster_status and the log of the node; bring the other nodes back"});
  if (const auto size = number_of(galera, "wsrep_cluster_size"); size && *size < 3)
    findings.push_back({"galera-small", Severity::Warning,
                        fmt::format("{} nodes cannot outvote one that fails", *size),
                        "run three nodes, or two and an arbitrator (garbd)"});
  if (const std::string format = text_of(variables, "binlog_format"); !format.empty() && format != "ROW")
    findings.push_back(
        {"galera-binlog", Severity::Error, "binlog_format is " + format, "binlog_format = ROW"});
  if (const auto mode = number_of(variables, "innodb_autoinc_lock_mode"); mode && *mode != 2)
    findings.push_back({"galera-autoinc", Severity::Error,
                        fmt::format("innodb_autoinc_lock_mode is {}", *mode),
                        "innodb_autoinc_lock_mode = 2"});
}

}  // namespace

std::string_view severity_name(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "note";
}

Findings judge_mysql(const Variables& variables, const Variables& galera) {
  Findings findings;
  judge_text(variables, findings);
  judge_transactions(variables, findings);
  judge_limits(variables, findings);
  judge_galera(variables, galera, findings);
  return findings;
}

Findings judge_sqlite(const Variables& pragmas) {
  Findings findings;
  if (const std::string mode = text_of(pragmas, "journal_mode"); mode != "wal")
    findings.push_back({"database-journal", Severity::Warning,
                        "the journal mode is " + mode + ": readers and writers wait for each other",
                        "keep the file on a local disk, not on NFS; the server switches to WAL by itself"});
  if (const auto level = number_of(pragmas, "synchronous"); level && *level == 0)
    findings.push_back({"database-durability", Severity::Error,
                        "changes are not written to the disk at once (synchronous is OFF)",
                        "PRAGMA synchronous = FULL"});
  if (const std::string encoding = text_of(pragmas, "encoding"); !encoding.empty() && encoding != "UTF-8")
    findings.push_back({"database-charset", Severity::Error, "the encoding of the database is " + encoding,
                        "make a new database file and restore a backup into it"});
  return findings;
}

Findings check_database(sql::Connection& connection) {
  const Variables variables = sql::read_server_variables(connection);
  return connection.engine() == sql::Engine::Sqlite
             ? judge_sqlite(variables)
             : judge_mysql(variables, sql::read_galera_status(connection));
}

Findings check_clock(sql::Connection& connection, const Clock& clock) {
  Findings findings;
  if (const auto theirs = sql::read_server_time(connection)) {
    const std::int64_t skew = clock.now().value - theirs->value;
    if (std::abs(skew) > kMostSkew)
      findings.push_back({"clock-skew", Severity::Error,
                          fmt::format("this machine's clock and the database's differ by {} ms", skew),
                          "run a time service on both machines (apt-get install chrony)"});
  }
  if (!TimeZone::find("Europe/Berlin") || !TimeZone::find("America/New_York"))
    findings.push_back({"clock-zones", Severity::Error, "the time zones of the system are not there",
                        "apt-get install tzdata"});
  return findings;
}

}  // namespace gw::diagnosis
