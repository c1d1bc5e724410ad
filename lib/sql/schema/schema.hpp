// Numbered schema steps: run in order, once, under a lock, recorded in table `schema_version`. Steps are
// never edited.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/connection.hpp"

namespace gw::sql {

/// One step. In `sql` these words stand for engine types: $ID (64-bit integer), $INT, $KEY(n) (short
/// binary-compared text that can be indexed, n characters), $TEXT (long binary-compared text), $HEAD(n)
/// (behind a $TEXT column in an index: MySQL indexes its first n characters, SQLite all), $BLOB, $TABLE
/// (table options), $KEYED (table options of narrow rows: on SQLite the key is the table). Statements end
/// with `;` at the end of a line. On MySQL, which commits at every CREATE, a step that was cut off runs again
/// from its first statement and passes over what exists: a step that changes rows must bear a second run.
struct SchemaStep {
  int number;
  std::string_view name;
  std::string_view sql;
};

/// All steps, ascending, without gaps.
std::span<const SchemaStep> schema_steps();

/// The statement text of one step for an engine. On MySQL, indexes become part of their CREATE TABLE.
/// Errors: std::logic_error for an unknown $ word.
std::string render_step(const SchemaStep& step, Engine engine);

/// Highest step recorded; 0 on an empty database. Errors: SqlError.
int current_version(Connection& connection);

/// Runs what is missing up to `target` (0 = all) and gives the names of the steps that ran. Several processes
/// may call it at once: one works (GET_LOCK on MySQL, a write transaction on SQLite), the others wait and
/// find nothing to do. Errors: SqlError; a newer database than this program knows throws std::runtime_error;
/// a target that does not exist throws std::invalid_argument. Cost: two queries when nothing is missing. On
/// MySQL the statement_timeout of the connection holds for each statement, so steps that rebuild large tables
/// need a connection with a longer one.
std::vector<std::string> migrate(Connection& connection, int target = 0);

}  // namespace gw::sql
