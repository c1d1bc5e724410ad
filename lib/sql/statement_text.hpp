// A statement in the making: text and values grow together, and lists of values keep to a few sizes, so that
// the cache of prepared statements sees few texts. The one place for IN lists.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/connection.hpp"
#include "sql/dialect.hpp"

namespace gw::sql {

/// Marks for a list of `count` values: the next of 1, 4, 16, 64, 256.
constexpr std::size_t count_marks(std::size_t count) {
  std::size_t marks = 1;
  while (marks < count) marks *= 4;
  return marks;
}

/// Texts that are bound must outlive it.
struct StatementText {
  std::string sql;
  std::vector<Value> values;

  void add(std::string_view clause) { sql += clause; }
  template <class T>
  void add(std::string_view clause, const T& value) {
    sql += clause;
    values.push_back(to_value(value));
  }
  /// ` AND <column> IN (?,…)`. Nothing for an empty list, so the caller has to know what none means.
  template <class T>
  void add_list(std::string_view column, std::span<const T> list) {
    if (list.empty()) return;
    sql += " AND ";
    sql += column;
    sql += " IN (";
    add_marks(list);
  }
  /// `?,…)` behind a clause that ends with `IN (`. Filled up with the last value; at most kMaxMarks values,
  /// and not none.
  template <class T>
  void add_marks(std::span<const T> list) {
    const std::size_t marks = count_marks(list.size());
    sql += placeholders(marks);
    sql += ')';
    for (std::size_t i = 0; i < marks; ++i) values.push_back(to_value(list[std::min(i, list.size() - 1)]));
  }
  /// Valid until the statement text is changed or gone.
  [[nodiscard]] Query run(Connection& connection) const { return connection.query_values(sql, values); }
};

/// Calls `use` with pieces of the list that one statement can hold.
template <class List, class Use>
void each_slice(const List& list, const Use& use) {
  const std::span whole(list);
  for (std::size_t start = 0; start < whole.size(); start += kMaxMarks)
    use(whole.subspan(start, std::min(kMaxMarks, whole.size() - start)));
}

}  // namespace gw::sql
