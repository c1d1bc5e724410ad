// Rows of any table, a page at a time: MySQL would bring all of them into this process.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "archive/row_text.hpp"
#include "core/ids.hpp"

namespace gw::archive {

/// Which rows: `condition` goes behind `cid=? AND`; empty: all of the context.
struct RowChoice {
  std::string condition;
  std::vector<std::int64_t> values;
};

/// In the order of the primary key. `take` must not use the connection. Cost: a query for each page of 500
/// rows, 50 where rows have bytes.
void read_rows(sql::Connection& connection, const sql::TableLayout& table, ContextId context,
               const RowChoice& choice, const std::function<void(const Row&)>& take);

}  // namespace gw::archive
