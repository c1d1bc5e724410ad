// Field tables to and from SQL: select lists, reading a row, binding an insert or update. One copy for every
// object type.
#pragma once

#include <string>
#include <vector>

#include "model/field.hpp"
#include "sql/connection.hpp"

namespace gw::model {

/// The stored rows of a table, in table order, as "a,b,c"; only those in `wanted`.
template <class T>
std::string select_list(std::span<const Field<T>> table, const FieldSet& wanted) {
  std::string list;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!wanted.test(i) || table[i].sql.empty()) continue;
    if (!list.empty()) list += ',';
    list += table[i].sql;
  }
  return list;
}

/// Every stored row.
template <class T>
FieldSet stored_fields(std::span<const Field<T>> table) {
  FieldSet all;
  for (std::size_t i = 0; i < table.size(); ++i)
    if (!table[i].sql.empty()) all.set(i);
  return all;
}

/// Reads the columns that select_list named, starting at `first`, into the object. Gives the next column
/// index.
template <class T>
int read_row(T& object, const sql::Query& row, std::span<const Field<T>> table, const FieldSet& wanted,
             int first = 0) {
  int column = first;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!wanted.test(i) || table[i].sql.empty()) continue;
    std::visit(
        [&](auto member) {
          auto& target = object.*member;
          using V = std::decay_t<decltype(target)>;
          if constexpr (std::is_same_v<V, std::optional<std::string>>)
            target = row.optional_string(column);
          else if constexpr (std::is_same_v<V, std::optional<std::int64_t>>)
            target = row.optional_integer(column);
          else if constexpr (std::is_same_v<V, std::optional<Date>>)
            target =
                row.is_null(column) ? std::nullopt : std::optional(Date::from_millis(row.integer(column)));
          else if constexpr (std::is_same_v<V, Millis>)
            target = row.millis(column);
          else if constexpr (std::is_same_v<V, bool>)
            target = row.integer(column) != 0;
          else
            target = row.integer(column);
        },
        table[i].member);
    ++column;
  }
  return column;
}

/// The bound value of one stored row. The view lives as long as the object.
template <class T>
sql::Value bind_field(const T& object, const Field<T>& field) {
  return std::visit([&](auto member) { return sql::to_value(object.*member); }, field.member);
}

}  // namespace gw::model
