// What the files of the event store share: a statement in the making, and rows of events in any query.
// Internal to the store.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar/event_store.hpp"
#include "sql/dialect.hpp"

namespace gw::model::calendar::store {

/// Text and values grow together. Texts that are bound must outlive it.
struct Statement {
  std::string sql;
  std::vector<sql::Value> values;

  template <class T>
  void add(std::string_view clause, const T& value) {
    sql += clause;
    values.push_back(sql::to_value(value));
  }
  /// ` AND <column> IN (?,…)`, filled up with the last value to one of a few fixed sizes. Not for empty
  /// lists.
  template <class T>
  void add_list(std::string_view column, std::span<const T> list) {
    std::size_t marks = 1;
    while (marks < list.size()) marks *= 4;
    sql += " AND ";
    sql += column;
    sql += " IN (";
    sql += sql::placeholders(marks);
    sql += ')';
    for (std::size_t i = 0; i < marks; ++i)
      values.push_back(sql::to_value(list[std::min(i, list.size() - 1)]));
  }
};

/// `events.id,…`: what read_event reads.
std::string event_list(Parts parts);
/// Gives the column behind the last one read.
int read_event(EventRow& row, const sql::Query& query, int first, Parts parts);
/// Fills in the attendees. Cost: one select for each 256 events.
void load_attendees(sql::Connection& connection, ContextId context, std::span<EventRow* const> rows);

}  // namespace gw::model::calendar::store
