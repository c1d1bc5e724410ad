// SQLite's result codes in the kinds that callers act on, with texts that tell an administrator what to do.
#pragma once

#include <string>

#include "sql/error.hpp"

struct sqlite3;

namespace gw::sql::sqlite {

/// `code` is an extended result code. Source: sqlite.org/rescode.html.
ErrorKind error_kind(int code);

/// True when the connection cannot be trusted any more and has to be opened again.
bool breaks_connection(int code);

/// The error to throw for the last failed call on `database` (may be null when opening failed).
/// `path` names the file in texts about files; `action` is what was being done.
SqlError make_error(sqlite3* database, int code, const std::string& path, const char* action);

}  // namespace gw::sql::sqlite
