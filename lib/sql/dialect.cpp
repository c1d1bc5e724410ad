#include "sql/dialect.hpp"

#include <cassert>
#include <stdexcept>
#include <vector>

#include "core/text.hpp"

namespace gw::sql {

std::string upsert(Engine engine, std::string_view insert, std::string_view keys, std::string_view updated) {
  const bool sqlite = engine == Engine::Sqlite;
  std::string sql(insert);
  sql += sqlite ? " ON CONFLICT(" + std::string(keys) + ") DO " : " ON DUPLICATE KEY UPDATE ";
  const std::vector<std::string_view> columns = split(updated, ',');
  if (trim(updated).empty()) {
    // A change of nothing, so that an existing row is no error and stays as it is.
    const std::string key(split(keys, ',').front());
    return sql + (sqlite ? "NOTHING" : key + "=" + key);
  }
  if (sqlite) sql += "UPDATE SET ";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) sql += ',';
    sql += columns[i];
    sql += sqlite ? "=excluded." : "=VALUES(";
    sql += columns[i];
    if (!sqlite) sql += ')';
  }
  return sql;
}

std::string_view for_update(Engine engine) { return engine == Engine::Mysql ? " FOR UPDATE" : ""; }

std::string escape_like(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// MySQL reads a backslash inside a literal as an escape of its own, so there it is written twice.
std::string_view like_escape(Engine engine) {
  return engine == Engine::Mysql ? R"( ESCAPE '\\')" : R"( ESCAPE '\')";
}

std::string placeholders(std::size_t count) {
  constexpr std::size_t kMost = 500;
  assert(count > 0 && count <= kMost);
  if (count == 0 || count > kMost) throw std::length_error("an IN list needs 1 to 500 values");
  std::string marks(count * 2 - 1, ',');
  for (std::size_t i = 0; i < marks.size(); i += 2) marks[i] = '?';
  return marks;
}

}  // namespace gw::sql
