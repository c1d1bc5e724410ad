#include "apache/config_check.hpp"

#include <fmt/format.h>
#include <http_core.h>
#include <unistd.h>
#include <unixd.h>

#include <filesystem>
#include <optional>

#include "apache/file_access.hpp"
#include "apache/module_config.hpp"
#include "boundary/exports.h"
#include "sql/url.hpp"

namespace gw::apache {
namespace {

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

void add_problem(std::vector<ConfigProblem>& problems, std::string_view directive,
                 const std::string& problem) {
  if (!problem.empty()) problems.push_back({fmt::format("{}: {}", directive, problem), true});
}

void check_sqlite(std::vector<ConfigProblem>& problems, const std::string& url, const Account& account) {
  const std::string file = sql::parse_sqlite_url(url);
  add_problem(problems, "GroupwareDatabase",
              explain_unwritable_folder(std::filesystem::path(file).parent_path(), account));
  // SQLite writes its log and index beside the file; one that root made by hand stops the server's account.
  for (const char* suffix : {"", "-wal", "-shm"})
    add_problem(problems, "GroupwareDatabase", explain_unwritable_file(file + suffix, account));
}

/// Whether a host answers the API outside of sections. What a <Location> switches on cannot be seen from
/// here.
bool answers_api(const server_rec* server) {
  const auto* directory =
      static_cast<const DirectoryConfig*>(ap_get_module_config(server->lookup_defaults, &groupware_module));
  return directory->api == Switch::Unset ? server_config(server).api_roots != nullptr
                                         : directory->api == Switch::On;
}

}  // namespace

std::vector<ConfigProblem> check_folders(const Settings& settings, bool api_is_wanted) {
  std::vector<ConfigProblem> problems;
  const auto account = serving_account();
  if (!api_is_wanted || !account) return problems;
  if (settings.database.url.starts_with(kSqlite)) check_sqlite(problems, settings.database.url, *account);
  if (settings.file_store.starts_with(kFileStore))
    add_problem(problems, "GroupwareFileStore",
                explain_unwritable_folder(settings.file_store.substr(kFileStore.size()), *account));
  add_problem(problems, "GroupwareUploadFolder", explain_unwritable_folder(settings.upload_folder, *account));
  return problems;
}

std::vector<ConfigProblem> check_request_limits(const Settings& settings, server_rec* main_server) {
  std::vector<ConfigProblem> problems;
  for (const server_rec* server = main_server; server != nullptr; server = server->next) {
    if (!answers_api(server)) continue;
    const auto* core =
        static_cast<const core_dir_config*>(ap_get_core_module_config(server->lookup_defaults));
    const apr_off_t limit = core->limit_req_body == kLimitUnset ? kDefaultLimit : core->limit_req_body;
    if (limit <= 0) continue;
    const std::string where = server->defn_name == nullptr
                                  ? "the main server"
                                  : fmt::format("{}:{}", server->defn_name, server->defn_line_number);
    const auto check = [&](std::string_view directive, std::int64_t ours) {
      if (ours > limit)
        problems.push_back(
            {fmt::format("{0} ({1} bytes) is above LimitRequestBody ({2} bytes) of {3}: raise "
                         "LimitRequestBody or lower {0}",
                         directive, ours, limit, where)});
    };
    check("GroupwareBodyLimit", settings.limits.body);
    check("GroupwareUploadLimit", settings.limits.upload);
    if (!problems.empty()) break;
  }
  return problems;
}

}  // namespace gw::apache
