#include "archive/row_source.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::archive {
namespace {

constexpr std::size_t kRowsOfPage = 500;
constexpr std::size_t kRowsWithBytes = 50;

std::string column_list(const sql::TableLayout& table) {
  std::string list;
  for (const sql::ColumnLayout& column : table.columns) list += (list.empty() ? "" : ",") + column.name;
  return list;
}

/// Columns of the key that tell rows of one context apart.
std::vector<std::size_t> order_columns(const sql::TableLayout& table) {
  std::vector<std::size_t> columns;
  for (const std::string& name : table.key)
    if (name != "cid") columns.push_back(column_index(table, name));
  return columns;
}

/// `(a>? OR (a=? AND (b>?)))`: what both databases find in the key's own order.
std::string behind(const sql::TableLayout& table, const std::vector<std::size_t>& order) {
  std::string text, closing;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::string& name = table.columns[order[i]].name;
    text += '(' + name + ">?";
    closing += ')';
    if (i + 1 == order.size()) break;
    text += " OR (" + name + "=? AND ";
    closing += ')';
  }
  return text + closing;
}

sql::Value cell_value(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* text = std::get_if<std::string>(&cell)) return std::string_view(*text);
  return nullptr;
}

void append_behind(std::vector<sql::Value>& values, const std::vector<std::size_t>& order, const Row& last) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    values.push_back(cell_value(last[order[i]]));
    if (i + 1 < order.size()) values.push_back(cell_value(last[order[i]]));
  }
}

}  // namespace

void read_rows(sql::Connection& connection, const sql::TableLayout& table, ContextId context,
               const RowChoice& choice, const std::function<void(const Row&)>& take) {
  const std::vector<std::size_t> order = order_columns(table);
  const bool has_bytes = std::ranges::any_of(
      table.columns, [](const sql::ColumnLayout& column) { return column.type == sql::ColumnType::Blob; });
  const std::size_t page = has_bytes ? kRowsWithBytes : kRowsOfPage;
  std::string head = "SELECT " + column_list(table) + " FROM " + table.name + " WHERE cid=?";
  if (!choice.condition.empty()) head += " AND (" + choice.condition + ')';
  std::string tail;
  for (const std::size_t column : order)
    tail += (tail.empty() ? " ORDER BY " : ",") + table.columns[column].name;
  tail += " LIMIT " + std::to_string(page);
  std::optional<Row> last;
  for (;;) {
    std::vector<sql::Value> values{sql::to_value(context)};
    for (const std::int64_t value : choice.values) values.emplace_back(value);
    if (last) append_behind(values, order, *last);
    std::size_t count = 0;
    std::optional<Row> newest;
    {
      sql::Query query =
          connection.query_values(last ? head + " AND " + behind(table, order) + tail : head + tail, values);
      while (query.next()) {
        newest = read_row(query, table);
        take(*newest);
        ++count;
      }
    }
    if (count < page || order.empty()) return;
    last = std::move(newest);
  }
}

}  // namespace gw::archive
