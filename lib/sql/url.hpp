// Database URLs taken apart. Not for connecting. Texts for administrators are in check_database_url
// (driver.hpp).
#pragma once

#include <string>
#include <string_view>

namespace gw::sql {

enum class Encryption { Off, Required, Verified };

/// `mysql://user:password@host:port/name?socket=/path&ssl=off|required|verify&ssl_ca=/file`, all parts
/// percent-decoded.
struct MysqlUrl {
  std::string user;
  std::string password;
  std::string host;
  unsigned port = 3306;
  std::string database;
  std::string socket;  ///< path of a Unix socket; empty = TCP
  Encryption encryption = Encryption::Off;
  std::string ca_file;  ///< certificates that the server's must descend from; empty = the system's
};

/// Errors: std::invalid_argument with the text an administrator needs; it never holds the password.
MysqlUrl parse_mysql_url(std::string_view url);

/// The file of `sqlite:/path`. Errors: std::invalid_argument as above.
std::string parse_sqlite_url(std::string_view url);

}  // namespace gw::sql
