#include "support/row_filler.hpp"

#include <algorithm>
#include <vector>

#include "core/crypto.hpp"
#include "sql/dialect.hpp"

namespace gw::test {
namespace {

std::string columns_of(const sql::TableLayout& table) {
  std::string list;
  for (const sql::ColumnLayout& column : table.columns) list += (list.empty() ? "" : ",") + column.name;
  return list;
}

}  // namespace

void fill_row(sql::Connection& connection, const sql::TableLayout& table, std::int64_t number,
              const Numbers& others) {
  const std::string text = "t" + std::to_string(number);
  const std::string bytes = std::string("\0\xff", 2) + text;
  std::vector<sql::Value> values;
  for (const sql::ColumnLayout& column : table.columns) {
    const auto other = others.find(column.name);
    if (other != others.end())
      values.emplace_back(other->second);
    else if (column.is_nullable && number % 2 == 1)
      values.emplace_back(nullptr);
    else if (column.type == sql::ColumnType::Integer)
      values.emplace_back(number);
    else if (column.type == sql::ColumnType::Blob)
      values.emplace_back(sql::Blob{bytes});
    else
      values.emplace_back(std::string_view(text));
  }
  connection.execute_values("INSERT INTO " + table.name + " (" + columns_of(table) + ") VALUES (" +
                                sql::placeholders(values.size()) + ")",
                            values);
}

std::vector<std::string> rows_of(sql::Connection& connection, const sql::TableLayout& table,
                                 const std::string& condition) {
  std::vector<std::string> rows;
  sql::Query query = connection.query("SELECT " + columns_of(table) + " FROM " + table.name +
                                      (condition.empty() ? "" : " WHERE " + condition));
  while (query.next()) {
    std::string line = table.name;
    for (int i = 0; i < query.column_count(); ++i) {
      const sql::ColumnLayout& column = table.columns[static_cast<std::size_t>(i)];
      line += ' ' + column.name + '=';
      if (query.is_null(i))
        line += "NULL";
      else if (column.type == sql::ColumnType::Integer)
        line += std::to_string(query.integer(i));
      else
        line += to_hex(query.text(i));
    }
    rows.push_back(std::move(line));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace gw::test
