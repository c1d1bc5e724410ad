#include "sql/driver.hpp"

#include <stdexcept>

#include "sql/mysql/mysql_driver.hpp"
#include "sql/sqlite/sqlite_driver.hpp"
#include "sql/url.hpp"

namespace gw::sql {

namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kMysql = "mysql:";

[[noreturn]] void refuse_scheme(const std::string& url) {
  throw std::invalid_argument(url.empty() ? "no database is configured; use sqlite:/path/to/file.db or "
                                            "mysql://user:password@host:port/name"
                                          : "the database URL must start with sqlite: or mysql://");
}

}  // namespace

std::unique_ptr<Driver> make_driver(const DatabaseSettings& settings) {
  if (settings.url.starts_with(kSqlite)) {
    return std::make_unique<sqlite::SqliteDriver>(parse_sqlite_url(settings.url), settings);
  }
  if (settings.url.starts_with(kMysql)) {
    return std::make_unique<mysql::MysqlDriver>(parse_mysql_url(settings.url), settings);
  }
  refuse_scheme(settings.url);
}

// Makes no driver: it runs in httpd's parent, where no library may start anything.
std::string check_database_url(const std::string& url) {
  try {
    if (url.starts_with(kSqlite)) {
      (void)parse_sqlite_url(url);
    } else if (url.starts_with(kMysql)) {
      (void)parse_mysql_url(url);
    } else {
      refuse_scheme(url);
    }
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

}  // namespace gw::sql
