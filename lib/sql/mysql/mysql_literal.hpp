// Statements with their values written into the text, for those that travel together (MysqlQueue). Everything
// else binds its values.
#pragma once

#include <mysql.h>

#include <span>
#include <string>
#include <string_view>

#include "sql/connection.hpp"

namespace gw::sql::mysql {

/// Appends the statement with a literal in place of each `?`: numbers as digits, text quoted and escaped by
/// the client library for the character set and SQL mode of this connection, bytes as hex. Errors: SqlError
/// Other for text that is no valid UTF-8, for a number that is none, and when marks and values differ in
/// number; std::logic_error when the text itself holds a quote, a backslash, a comment or a `;`: those could
/// move the border between text and value. In both cases `out` is as before.
void append_statement(std::string& out, MYSQL* handle, std::string_view sql, std::span<const Value> values);

}  // namespace gw::sql::mysql
