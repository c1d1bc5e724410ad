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

/// One connection outside of any pool, with the driver that it needs.
class OneConnection {
 public:
  explicit OneConnection(const std::string& url) {
    settings_.url = url;
    driver_ = sql::make_driver(settings_);
    connection_ = driver_->connect();
  }
  sql::Connection& operator*() const { return *connection_; }
  sql::Connection* operator->() const { return connection_.get(); }

 private:
  DatabaseSettings settings_;
  std::unique_ptr<sql::Driver> driver_;
  std::unique_ptr<sql::Connection> connection_;
};

std::string temporary_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "gwtest.XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  return pattern;
}

/// A SQLite file with the full schema, made once per process and copied for each test: a copy costs a
/// thirtieth of the steps.
class SqliteTemplate {
 public:
  SqliteTemplate() : folder_(temporary_folder()) { sql::migrate(*OneConnection("sqlite:" + file())); }
  ~SqliteTemplate() { std::filesystem::remove_all(folder_); }
  SqliteTemplate(const SqliteTemplate&) = delete;
  SqliteTemplate& operator=(const SqliteTemplate&) = delete;

  void copy_to(const std::string& target) const { std::filesystem::copy_file(file(), target); }

 private:
  [[nodiscard]] std::string file() const { return folder_ + "/schema.db"; }

  std::string folder_;
};

/// Databases of the MySQL server under test. Making the whole schema costs a second and emptying it
/// milliseconds, so one with the schema is emptied and handed to the next test, of this process or of
/// another. Which ones are clean is told by rows, so what a crashed test leaves is not used again.
class MysqlDatabases {
 public:
  explicit MysqlDatabases(std::string server) : server_(std::move(server)) {
    open(kAdminDatabase)
        ->run_script(
            "CREATE DATABASE IF NOT EXISTS gwtest;\n"
            "CREATE TABLE IF NOT EXISTS gwtest.clean (name VARCHAR(64) NOT NULL PRIMARY KEY) ENGINE=InnoDB;");
  }

  [[nodiscard]] std::string url_of(const std::string& name) const { return with_database(server_, name); }

  std::string take(bool is_reusable) {
    const OneConnection admin = open("gwtest");
    if (is_reusable) {
      std::vector<std::string> names;
      sql::Query rows = admin->query("SELECT name FROM clean");
      while (rows.next()) names.emplace_back(rows.text(0));
      for (const std::string& name : names)
        if (admin->execute("DELETE FROM clean WHERE name=?", name) == 1) return name;
    }
    std::string name = "gwtest_" + random_hex(8);
    admin->run_script(fmt::format("CREATE DATABASE {} CHARACTER SET utf8mb4;", name));
    return name;
  }

  /// A database whose schema version a test has changed is not used again.
  void give_back(const std::string& name) {
    const OneConnection connection = open(name);
    if (sql::current_version(*connection) != sql::schema_steps().back().number) return drop(name);
    std::string script;
    for (const std::string& table : filled_tables(*connection))
      script += fmt::format("DELETE FROM {};\n", table);
    connection->run_script(script);
    open("gwtest")->execute("INSERT INTO clean (name) VALUES (?)", name);
  }

  void drop(const std::string& name) { open("gwtest")->run_script(fmt::format("DROP DATABASE {};", name)); }

 private:
  [[nodiscard]] OneConnection open(const std::string& name) const { return OneConnection(url_of(name)); }

  /// Most of the hundred tables are empty after a test: one question finds the others.
  static std::vector<std::string> filled_tables(sql::Connection& connection) {
    std::string question;
    sql::Query tables = connection.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema=DATABASE() AND "
        "table_name<>'schema_version'");
    while (tables.next()) {
      if (!question.empty()) question += " UNION ALL ";
      question += fmt::format("(SELECT '{0}' FROM {0} LIMIT 1)", tables.text(0));
    }
    std::vector<std::string> filled;
    sql::Query rows = connection.query(question);
    while (rows.next()) filled.emplace_back(rows.text(0));
    return filled;
  }

  std::string server_;
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
    folder_ = temporary_folder();
    settings.database.url = "sqlite:" + folder_ + "/test.db";
    if (schema == Schema::Full) {
      static const SqliteTemplate whole;
      whole.copy_to(folder_ + "/test.db");
    }
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
