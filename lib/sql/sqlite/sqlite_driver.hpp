// Opens connections to one SQLite file.
#pragma once

#include <mutex>
#include <string>

#include "core/settings.hpp"
#include "sql/driver.hpp"
#include "sql/sqlite/sqlite_connection.hpp"

namespace gw::sql::sqlite {

/// Threads: any. Make and use it after fork only: SQLite's locks do not survive one.
class SqliteDriver final : public Driver {
 public:
  /// `path` is absolute. The driver must outlive its connections.
  SqliteDriver(std::string path, const DatabaseSettings& settings)
      : path_(std::move(path)), settings_(settings) {}
  [[nodiscard]] Engine engine() const override { return Engine::Sqlite; }
  std::unique_ptr<Connection> connect() override;

 private:
  void create_file();

  std::string path_;
  const DatabaseSettings settings_;
  std::mutex creating_;
  Writers writers_;
};

}  // namespace gw::sql::sqlite
