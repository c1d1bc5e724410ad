#include "sql/mysql/mysql_driver.hpp"

#include <mysql.h>

#include <mutex>

#include "sql/mysql/mysql_connection.hpp"

namespace gw::sql::mysql {

MysqlDriver::MysqlDriver(MysqlUrl url, const DatabaseSettings& settings)
    : url_(std::move(url)), settings_(settings) {
  // The library's own first-use initialisation is not safe between threads.
  static std::once_flag initialised;
  std::call_once(initialised, [] { mysql_library_init(0, nullptr, nullptr); });
}

std::unique_ptr<Connection> MysqlDriver::connect() {
  return std::make_unique<MysqlConnection>(url_, settings_);
}

}  // namespace gw::sql::mysql
