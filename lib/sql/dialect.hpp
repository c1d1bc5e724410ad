// The few places where SQLite and MySQL spell things differently. Stores write one SQL and ask here for the
// rest. Made equal by the drivers: `||` joins texts, LIKE and = compare bytes, an UPDATE counts the rows it
// matched. `ORDER BY +id` stands where an index serves the condition: SQLite, which does not know that a
// context has many rows, would else walk all of them in the order of the primary key, to save the sorting.
#pragma once

#include <string>
#include <string_view>

#include "sql/connection.hpp"

namespace gw::sql {

/// "INSERT … ON CONFLICT(keys) DO UPDATE SET a=excluded.a" or "… ON DUPLICATE KEY UPDATE a=VALUES(a)".
/// `keys` and `updated` are comma-separated column names; `insert` is the statement up to VALUES (…). With
/// nothing to update, an existing row stays as it is.
std::string upsert(Engine engine, std::string_view insert, std::string_view keys, std::string_view updated);

/// " FOR UPDATE" on MySQL, "" on SQLite (its write transaction already excludes others).
std::string_view for_update(Engine engine);

/// `%`, `_` and the escape character `\` made literal, for `LIKE ? ESCAPE '\\'` (see like_escape).
std::string escape_like(std::string_view text);
/// The ESCAPE clause that means backslash on this engine.
std::string_view like_escape(Engine engine);

/// Values that one list of marks may hold; longer lists are cut. Databases bear more (SQLite 32,766), but
/// each length is a statement of its own to prepare.
inline constexpr std::size_t kMaxMarks = 256;

/// "?,?,?" for IN lists. Callers cap the count; texts with more than 500 marks are refused by assert.
std::string placeholders(std::size_t count);

}  // namespace gw::sql
