// Opens connections: one implementation per engine, one for tests that injects faults.
#pragma once

#include <memory>

#include "core/settings.hpp"
#include "sql/connection.hpp"

namespace gw::sql {

/// Threads: any; connections belong to one thread at a time.
class Driver {
 public:
  virtual ~Driver() = default;
  [[nodiscard]] virtual Engine engine() const = 0;
  /// Errors: SqlError Unavailable. Cost: a connect within connect_timeout.
  virtual std::unique_ptr<Connection> connect() = 0;
};

/// Chooses by the scheme of `settings.url` (`sqlite:` or `mysql:`).
/// Errors: std::invalid_argument with the text an administrator needs (also used at `httpd -t`).
std::unique_ptr<Driver> make_driver(const DatabaseSettings& settings);

/// Checks a URL without connecting. Empty when it is fine, else what is wrong and how to mend it.
std::string check_database_url(const std::string& url);

}  // namespace gw::sql
