// What can go wrong in a database, in kinds that callers act on.
#pragma once

#include <stdexcept>
#include <string>

namespace gw::sql {

enum class ErrorKind {
  Conflict,     ///< deadlock, lock time-out, Galera certification, SQLite busy: replay the whole transaction
  Unavailable,  ///< cannot connect, or the connection broke before COMMIT was sent: nothing was written
  UnknownOutcome,  ///< the connection broke while COMMIT was under way: never replay blindly
  Duplicate,       ///< unique key violated
  TooLong,         ///< value does not fit the column
  Timeout,         ///< one statement took longer than allowed
  Other,
};

/// Errors of both drivers. `native` is the engine's own number, for the log.
class SqlError : public std::runtime_error {
 public:
  SqlError(ErrorKind kind, int native, const std::string& text)
      : std::runtime_error(text), kind_(kind), native_(native) {}
  [[nodiscard]] ErrorKind kind() const { return kind_; }
  [[nodiscard]] int native() const { return native_; }

 private:
  ErrorKind kind_;
  int native_;
};

}  // namespace gw::sql
