#include "sql/mysql/mysql_error.hpp"

#include <fmt/format.h>

namespace gw::sql::mysql {
namespace {

/// Server messages that quote a value tell column or key behind it: "Duplicate entry 'x' for key
/// 'users_login'".
std::string_view without_value(unsigned number, std::string_view text) {
  constexpr unsigned kQuoteValues[] = {1062, 1264, 1292, 1366, 1411, 1525, 1586};
  for (const unsigned quoting : kQuoteValues) {
    if (number != quoting) continue;
    const std::size_t place = text.rfind(" for ");
    return place == std::string_view::npos ? "a value was refused" : text.substr(place + 1);
  }
  return text;
}

}  // namespace

ErrorKind error_kind(unsigned number, std::string_view sql_state) {
  switch (number) {
    case 1020:  // record has changed since last read (snapshot isolation)
    case 1047:  // Galera node not ready
    case 1205:  // lock wait time-out
    case 1213:  // deadlock; also Galera certification
    case 1412:  // table definition changed during the transaction
    case 1615:  // statement must be prepared again
    case 3101:  // plugin forced a rollback (group replication)
      return ErrorKind::Conflict;
    case 1062:
    case 1586:
      return ErrorKind::Duplicate;
    case 1153:  // packet bigger than max_allowed_packet
    case 1406:
    case 2020:
      return ErrorKind::TooLong;
    case 1028:  // sort aborted
    case 1317:  // query execution was interrupted
    case 1907:
    case 1969:  // max_statement_time exceeded (MariaDB)
    case 3024:  // max_execution_time exceeded (MySQL)
      return ErrorKind::Timeout;
    case 1021:  // disk full
    case 1040:  // too many connections
    case 1114:  // table is full
    case 1203:  // too many connections of this user
    case 1226:  // limit of this user reached
    case 1290:  // read-only server
    case 1461:  // too many prepared statements
    case 1836:  // read-only mode
      return ErrorKind::Unavailable;
    default:
      break;
  }
  if (breaks_connection(number)) return ErrorKind::Unavailable;
  return sql_state == "40001" ? ErrorKind::Conflict : ErrorKind::Other;
}

bool breaks_connection(unsigned number) {
  switch (number) {
    case 1053:  // server shutdown in progress
    case 1077:
    case 1078:
    case 1079:
    case 1080:
    case 1152:  // aborted connection
    case 1153:
    case 1158:  // network errors 1158-1161
    case 1159:
    case 1160:
    case 1161:
    case 1184:
    case 1927:  // connection was killed
    case 3169:  // session was killed
    case 4031:  // disconnected after inactivity
      return true;
    default:
      // The client library's own numbers: all of them mean that the exchange with the server went wrong, but
      // for those that tell of a wrong call (2030-2036, 2050-2054).
      return number >= 2000 && number < 3000 && !(number >= 2030 && number <= 2036) &&
             !(number >= 2050 && number <= 2054);
  }
}

SqlError make_error(unsigned number, std::string_view sql_state, std::string_view text, const char* action) {
  return {error_kind(number, sql_state), static_cast<int>(number),
          fmt::format("MySQL, {}: {} (error {})", action, without_value(number, text), number)};
}

}  // namespace gw::sql::mysql
