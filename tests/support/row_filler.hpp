// Rows for any table, made from its definition: what a test needs that must hold for tables nobody has
// thought of yet.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sql/connection.hpp"
#include "sql/schema/layout.hpp"

namespace gw::test {

/// Columns that get another number than the rest.
using Numbers = std::map<std::string, std::int64_t, std::less<>>;

/// One row whose integers are all `number`, whose texts are `t<number>`, and whose bytes are no text. So rows
/// of the same number name each other. Columns that may be NULL are, when the number is odd.
void fill_row(sql::Connection& connection, const sql::TableLayout& table, std::int64_t number,
              const Numbers& others = {});

/// Every row of the table that meets the condition, as one text; sorted.
std::vector<std::string> rows_of(sql::Connection& connection, const sql::TableLayout& table,
                                 const std::string& condition = {});

}  // namespace gw::test
