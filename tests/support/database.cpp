#include "support/database.hpp"

#include <fmt/format.h>
#include <stdlib.h>

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

}  // namespace

TestDatabase::TestDatabase(Schema schema) {
  settings.database.pool_size = 8;
  if (const char* server = std::getenv("GW_TEST_MYSQL")) {
    mysql_database_ = "gwtest_" + random_hex(8);
    DatabaseSettings admin = settings.database;
    admin.url = with_database(server, kAdminDatabase);
    sql::make_driver(admin)->connect()->run_script(
        fmt::format("CREATE DATABASE {} CHARACTER SET utf8mb4;", mysql_database_));
    settings.database.url = with_database(server, mysql_database_);
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
  if (!mysql_database_.empty()) {
    DatabaseSettings admin = settings.database;
    admin.url = with_database(std::getenv("GW_TEST_MYSQL"), kAdminDatabase);
    sql::make_driver(admin)->connect()->run_script(fmt::format("DROP DATABASE {};", mysql_database_));
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

}  // namespace gw::test
