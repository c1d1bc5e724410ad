// Opens connections to one MySQL or MariaDB server.
#pragma once

#include "core/settings.hpp"
#include "sql/driver.hpp"
#include "sql/url.hpp"

namespace gw::sql::mysql {

/// Threads: any.
class MysqlDriver final : public Driver {
 public:
  MysqlDriver(MysqlUrl url, const DatabaseSettings& settings);
  [[nodiscard]] Engine engine() const override { return Engine::Mysql; }
  std::unique_ptr<Connection> connect() override;

 private:
  MysqlUrl url_;
  const DatabaseSettings settings_;
};

}  // namespace gw::sql::mysql
