#include "support/database.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "core/random.hpp"
#include "sql/schema/schema.hpp"

namespace gw::test {
namespace {

/// Exists on every server, for the connection that creates and drops the test's own.
constexpr const char* kAdminDatabase = "information_schema";

/// `mysql://user:password@host:port/name` with another database name.
std::string with_database(const std::string& url, const std::string& name) {
  const std::size_t authority = url.find("://") + 3;
  const std::size_t slash = url.find('/', authority);
  const std::size_t query = url.find('?', authority);
  const std::string options = query == std::string::npos ? "" : url.substr(query);
  return url.substr(0, std::min(slash, query)) + "/" + name + options;
}

/// Databases of the MySQL server under test. Making the whole schema costs a second and emptying it
/// milliseconds, so one with the schema is emptied and handed to the next test of the process.
class MysqlDatabases {
 public:
  explicit MysqlDatabases(std::string server) : server_(std::move(server)) {}
  ~MysqlDatabases() {
    for (const std::string& name : clean_) drop(name);
  }

  [[nodiscard]] std::string url_of(const std::string& name) const { return with_database(server_, name); }

  std::string take(bool is_reusable) {
    if (is_reusable && !clean_.empty()) {
      std::string name = std::move(clean_.back());
      clean_.pop_back();
      return name;
    }
    std::string name = "gwtest_" + random_hex(8);
    open(kAdminDatabase)->run_script(fmt::format("CREATE DATABASE {} CHARACTER SET utf8mb4;", name));
    return name;
  }

  /// A database whose schema version a test has changed is not used again.
  void give_back(const std::string& name) {
    const auto connection = open(name);
    if (sql::current_version(*connection) != sql::schema_steps().back().number) return drop(name);
    std::string script;
    sql::Query tables = connection->query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema=? AND "
        "table_name<>'schema_version'",
        name);
    while (tables.next()) script += fmt::format("DELETE FROM {};\n", tables.text(0));
    connection->run_script(script);
    clean_.push_back(name);
  }

  void drop(const std::string& name) {
    open(kAdminDatabase)->run_script(fmt::format("DROP DATABASE {};", name));
  }

 private:
  [[nodiscard]] std::unique_ptr<sql::Connection> open(const std::string& name) const {
    DatabaseSettings settings;
    settings.url = url_of(name);
    return sql::make_driver(settings)->connect();
  }

  std::string server_;
  std::vector<std::string> clean_;
};

MysqlDatabases* mysql_databases() {
  static const char* const server = std::getenv("GW_TEST_MYSQL");
  if (server == nullptr) return nullptr;
  static MysqlDatabases databases(server);
  return &databases;
}

}  // namespace

TestDatabase::TestDatabase(Schema schema) : schema_(schema) {
  settings.database.pool_size = 8;
  settings.session.password_cost = kPasswordCost;
  if (MysqlDatabases* const databases = mysql_databases()) {
    mysql_database_ = databases->take(schema == Schema::Full);
    settings.database.url = databases->url_of(mysql_database_);
  } else {
    std::string pattern = (std::filesystem::temp_directory_path() / "gwtest.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = pattern;
    settings.database.url = "sqlite:" + folder_ + "/test.db";
  }
  pool = std::make_unique<sql::Pool>(sql::make_driver(settings.database), settings.database);
  environment =
      std::make_unique<model::Environment>(model::Environment{settings, *pool, clock, events, contents});
  if (schema == Schema::Full) sql::migrate(*pool->acquire());
}

TestDatabase::~TestDatabase() {
  environment.reset();
  pool.reset();
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
  if (mysql_database_.empty()) return;
  if (schema_ == Schema::Full) {
    mysql_databases()->give_back(mysql_database_);
  } else {
    mysql_databases()->drop(mysql_database_);
  }
}

void TestDatabase::add_bare_context(ContextId context) {
  const sql::Lease lease = pool->acquire();
  lease->execute("INSERT INTO contexts (cid,name,enabled,admin,file_quota,created) VALUES (?,?,1,2,-1,0)",
                 context, "context" + std::to_string(context.value));
  lease->execute(
      "INSERT INTO context_sequence (cid,last_stamp,next_id,account_stamp,folder_stamp,tombstone_horizon) "
      "VALUES (?,0,20,0,0,0)",
      context);
}

std::unique_ptr<model::UnitOfWork> TestDatabase::work_for(ContextId context, UserId user) {
  model::Caller caller;
  caller.context = context;
  caller.user = user;
  caller.groups = {kAllUsersGroup};
  caller.modules = model::kDefaultModules;
  return std::make_unique<model::UnitOfWork>(*environment, std::move(caller));
}

std::vector<UserId> told(const model::Event& event) {
  std::vector<UserId> users;
  for (const model::FolderAudience& audience : event.audiences)
    users.insert(users.end(), audience.users.begin(), audience.users.end());
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return users;
}

std::vector<UserId> told(const model::Event& event, FolderId folder) {
  for (const model::FolderAudience& audience : event.audiences)
    if (audience.folder == folder) return audience.users;
  return {};
}

}  // namespace gw::test
