#include "archive/row_text.hpp"

#include <stdexcept>

#include "archive/broken_archive.hpp"
#include "core/crypto.hpp"
#include "core/json.hpp"

namespace gw::archive {
namespace {

constexpr std::string_view kContextColumn = "cid";

Json to_json(const Cell& cell, sql::ColumnType type) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return Json::integer(*number);
  const std::string& text = std::get<std::string>(cell);
  return Json::string(type == sql::ColumnType::Blob ? to_base64(text) : text);
}

[[noreturn]] void refuse_value(const sql::TableLayout& table, const sql::ColumnLayout& column) {
  throw BrokenArchive("a row of " + table.name + " has a wrong " + column.name);
}

Cell parse_cell(const Json& value, const sql::TableLayout& table, const sql::ColumnLayout& column) {
  if (column.type == sql::ColumnType::Integer) {
    if (!value.is_integer()) refuse_value(table, column);
    return value.as_integer();
  }
  if (!value.is_string()) refuse_value(table, column);
  if (column.type == sql::ColumnType::Text) return std::string(value.as_string());
  auto bytes = from_base64(value.as_string());
  if (!bytes) refuse_value(table, column);
  return std::move(*bytes);
}

}  // namespace

Row read_row(const sql::Query& query, const sql::TableLayout& table) {
  Row row(table.columns.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int column = static_cast<int>(i);
    if (query.is_null(column)) continue;
    if (table.columns[i].type == sql::ColumnType::Integer)
      row[i] = query.integer(column);
    else
      row[i] = query.string(column);
  }
  return row;
}

std::vector<sql::Value> to_values(const Row& row, const sql::TableLayout& table) {
  std::vector<sql::Value> values;
  values.reserve(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&row[i]))
      values.emplace_back(*number);
    else if (const auto* text = std::get_if<std::string>(&row[i]))
      values.push_back(table.columns[i].type == sql::ColumnType::Blob ? sql::Value(sql::Blob{*text})
                                                                      : sql::Value(std::string_view(*text)));
    else
      values.emplace_back(nullptr);
  }
  return values;
}

std::int64_t integer_of(const Row& row, std::size_t column) {
  const auto* number = std::get_if<std::int64_t>(&row.at(column));
  return number == nullptr ? 0 : *number;
}

std::size_t column_index(const sql::TableLayout& table, std::string_view column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].name == column) return i;
  throw std::logic_error("table " + table.name + " has no column " + std::string(column));
}

std::string format_row(const Row& row, const sql::TableLayout& table) {
  Json json = Json::object();
  for (std::size_t i = 0; i < row.size(); ++i)
    if (table.columns[i].name != kContextColumn && !std::holds_alternative<std::nullptr_t>(row[i]))
      json.set(table.columns[i].name, to_json(row[i], table.columns[i].type));
  return json.dump() + '\n';
}

Row parse_row(std::string_view line, const sql::TableLayout& table) {
  const auto json = Json::parse(line);
  if (!json || !json->is_object()) throw BrokenArchive("a row of " + table.name + " is no JSON object");
  Row row(table.columns.size());
  std::size_t known = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const sql::ColumnLayout& column = table.columns[i];
    const Json value = column.name == kContextColumn ? Json() : json->get(column.name.c_str());
    if (!value.is_missing()) {
      row[i] = parse_cell(value, table, column);
      ++known;
    } else if (!column.is_nullable && column.name != kContextColumn) {
      throw BrokenArchive("a row of " + table.name + " has no " + column.name);
    }
  }
  if (known != json->size()) throw BrokenArchive("a row of " + table.name + " has unknown columns");
  return row;
}

}  // namespace gw::archive
