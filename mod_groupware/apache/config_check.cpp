#include "apache/config_check.hpp"

#include <fmt/format.h>
#include <http_core.h>
#include <unistd.h>
#include <unixd.h>

#include <filesystem>
#include <optional>

#include "apache/file_access.hpp"
#include "apache/words.hpp"
#include "sql/url.hpp"

namespace gw::apache {
namespace {

constexpr int kMysqlDefaultConnections = 151;
// Both are private to httpd's core.c; the default holds since 2.4.54.
constexpr apr_off_t kLimitUnset = -1;
constexpr apr_off_t kDefaultLimit = 1'073'741'824;
constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kFileStore = "file:";

/// Who will serve requests: `User` when root starts the server, else whoever starts it.
std::optional<Account> serving_account() {
  if (geteuid() != 0) return Account::find(geteuid(), getegid());
  if (ap_unixd_config.user_id == static_cast<uid_t>(-1) || ap_unixd_config.user_id == 0) return std::nullopt;
  return Account::find(ap_unixd_config.user_id, ap_unixd_config.group_id);
}

void add_problem(std::vector<ConfigProblem>& problems, std::string_view directive, const std::string& problem) {
  if (!problem.empty()) problems.push_back({fmt::format("{}: {}", directive, problem), true});
}

void check_sqlite(std::vector<ConfigProblem>& problems, const std::string& url, const Account& account) {
  const std::string file = sql::parse_sqlite_url(url);
  add_problem(problems, "GroupwareDatabase", explain_unwritable_folder(std::filesystem::path(file).parent_path(), account));
  // SQLite writes its log and index beside the file; one that root made by hand stops the server's account.
  for (const char* suffix : {"", "-wal", "-shm"})
    add_problem(problems, "GroupwareDatabase", explain_unwritable_file(file + suffix, account));
}

}  // namespace

std::vector<ConfigProblem> check_values(const Settings& settings, bool api_is_wanted) {
  std::vector<ConfigProblem> problems;
  if (api_is_wanted && settings.database.url.empty())
    problems.push_back({"the API is on, but there is no database: add GroupwareDatabase sqlite:/var/lib/groupware/groupware.db"});
  const SessionSettings& session = settings.session;
  if (session.short_lifetime > session.long_lifetime)
    problems.push_back({fmt::format("GroupwareSessionLifetime: short={} is longer than long={}: swap them or raise long",
                                    format_duration(session.short_lifetime), format_duration(session.long_lifetime))});
  if (session.max_sessions_per_node > 0 && session.max_sessions_per_user > session.max_sessions_per_node)
    problems.push_back({fmt::format("GroupwareSessionLimits: user={} is above node={}: raise node",
                                    session.max_sessions_per_user, session.max_sessions_per_node)});
  if (settings.limits.contact_image > settings.limits.upload)
    problems.push_back({"GroupwareImageLimit is above GroupwareUploadLimit: pictures are uploads, raise GroupwareUploadLimit"});
  if (settings.limits.jslob > settings.limits.body)
    problems.push_back({"GroupwareDocumentLimit is above GroupwareBodyLimit: documents come as bodies, raise GroupwareBodyLimit"});
  return problems;
}

std::vector<ConfigProblem> check_folders(const Settings& settings, bool api_is_wanted) {
  std::vector<ConfigProblem> problems;
  const auto account = serving_account();
  if (!api_is_wanted || !account) return problems;
  if (settings.database.url.starts_with(kSqlite)) check_sqlite(problems, settings.database.url, *account);
  if (!settings.file_store.empty())
    add_problem(problems, "GroupwareFileStore",
                explain_unwritable_folder(settings.file_store.substr(kFileStore.size()), *account));
  add_problem(problems, "GroupwareUploadFolder", explain_unwritable_folder(settings.upload_folder, *account));
  return problems;
}

std::vector<ConfigProblem> check_request_limits(const Settings& settings, server_rec* main_server) {
  std::vector<ConfigProblem> problems;
  for (const server_rec* server = main_server; server != nullptr; server = server->next) {
    const auto* core = static_cast<const core_dir_config*>(ap_get_core_module_config(server->lookup_defaults));
    const apr_off_t limit = core->limit_req_body == kLimitUnset ? kDefaultLimit : core->limit_req_body;
    if (limit <= 0) continue;
    const auto check = [&](std::string_view directive, std::int64_t ours) {
      if (ours > limit)
        problems.push_back({fmt::format("{} ({} bytes) is above LimitRequestBody ({} bytes) of {}:{}: raise LimitRequestBody or "
                                        "lower {}", directive, ours, limit, server->defn_name == nullptr ? "the server" : server->defn_name,
                                        server->defn_line_number, directive)});
    };
    check("GroupwareBodyLimit", settings.limits.body);
    check("GroupwareUploadLimit", settings.limits.upload);
    if (!problems.empty()) break;
  }
  return problems;
}

std::string describe_connection_count(const Settings& settings, int processes) {
  const int total = settings.database.pool_size * processes;
  if (!settings.database.url.starts_with("mysql:") || total <= kMysqlDefaultConnections) return {};
  return fmt::format("up to {} database connections ({} processes of {}, GroupwareDatabasePool size): the database allows {} by "
                     "default; raise its max_connections, or lower size or ServerLimit",
                     total, processes, settings.database.pool_size, kMysqlDefaultConnections);
}

}  // namespace gw::apache
