// One row of any table as a line of JSON, and back: `{"id":31,"title":"Work"}`. Columns that are NULL are
// left out, bytes are base64.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sql/connection.hpp"
#include "sql/schema/layout.hpp"

namespace gw::archive {

using Cell = std::variant<std::nullptr_t, std::int64_t, std::string>;
/// Parallel to the columns of its table.
using Row = std::vector<Cell>;

/// Longest line that is read. Units: bytes.
inline constexpr std::size_t kLongestRow = std::size_t{512} << 20U;

/// The columns of a statement that selects all of the table's, in their order.
Row read_row(const sql::Query& query, const sql::TableLayout& table);
/// Owns: the views of the values live as long as the row.
std::vector<sql::Value> to_values(const Row& row, const sql::TableLayout& table);
std::int64_t integer_of(const Row& row, std::size_t column);
/// Errors: std::logic_error when the table has no such column.
std::size_t column_index(const sql::TableLayout& table, std::string_view column);

/// Without `cid`, with a line feed. A restore gives the context anew.
std::string format_row(const Row& row, const sql::TableLayout& table);
/// Errors: BrokenArchive for what is no row of that table.
Row parse_row(std::string_view line, const sql::TableLayout& table);

}  // namespace gw::archive
