// The tables as a schema version has them, read out of the steps themselves: for whoever must handle rows of
// any table, such as backups and the tests of upgrades. Nothing here asks a database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::sql {

enum class ColumnType { Integer, Text, Blob };

struct ColumnLayout {
  std::string name;
  ColumnType type = ColumnType::Integer;
  int length = 0;  ///< most characters of a $KEY; 0: no limit
  bool is_nullable = false;
  bool has_default = false;
};

struct TableLayout {
  std::string name;
  std::vector<ColumnLayout> columns;
  std::vector<std::string> key;                  ///< columns of the primary key, in its order
  std::vector<std::vector<std::string>> unique;  ///< further sets of columns that no two rows share

  [[nodiscard]] const ColumnLayout* find(std::string_view column) const;
};

/// In the order in which the steps made them. Errors: std::logic_error for a version that does not exist, and
/// for a statement that changes tables in a way that is not understood here.
std::vector<TableLayout> layout_at(int version);
/// Null when there is no such table.
const TableLayout* find_table(const std::vector<TableLayout>& tables, std::string_view name);

}  // namespace gw::sql
