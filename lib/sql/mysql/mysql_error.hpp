// Error numbers of MySQL, MariaDB, Galera and their client library in the kinds that callers act on.
#pragma once

#include <string>
#include <string_view>

#include "sql/error.hpp"

namespace gw::sql::mysql {

/// Source: MariaDB error code list; MySQL server and client error references.
ErrorKind error_kind(unsigned number, std::string_view sql_state);

/// True when the connection cannot be used any more.
bool breaks_connection(unsigned number);

/// `text` is the server's; parts that repeat a stored or bound value are left out.
SqlError make_error(unsigned number, std::string_view sql_state, std::string_view text, const char* action);

}  // namespace gw::sql::mysql
