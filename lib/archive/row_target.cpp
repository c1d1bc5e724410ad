#include "archive/row_target.hpp"

#include "archive/row_source.hpp"
#include "core/text.hpp"
#include "sql/dialect.hpp"

namespace gw::archive {

void RowTarget::for_each(const Content& content,
                         const std::function<void(const sql::TableLayout& table, const Row& row)>& visit) {
  const sql::TableLayout* table = sql::find_table(scratch_.layout(), content.table);
  if (table == nullptr) return;
  read_rows(scratch_.connection(), *table, scratch_.context(), {},
            [&](const Row& row) { visit(*table, row); });
}

void RowTarget::insert(const Content& content, const sql::TableLayout& table, Row row, bool is_new) {
  if (!content.file.column.empty()) rename_file(content, table, row);
  connection_.enqueue_values(statement(table, is_new), to_values(row, table));
  ++rows_;
}

void RowTarget::rename_file(const Content& content, const sql::TableLayout& table, Row& row) {
  Cell& cell = row[column_index(table, content.file.column)];
  const auto* old_id = std::get_if<std::string>(&cell);
  if (old_id == nullptr || old_id->empty()) return;
  const model::files::FileOwner owner = content.file.owner.empty()
                                            ? content.file.fixed_owner
                                            : integer_of(row, column_index(table, content.file.owner));
  bytes_[owner] += integer_of(row, column_index(table, "file_size"));
  if (auto found = scratch_.find_file(owner, *old_id)) cell = std::move(*found);
}

const std::string& RowTarget::statement(const sql::TableLayout& table, bool is_new) {
  std::string& text = statements_[{table.name, is_new}];
  if (!text.empty()) return text;
  std::string columns;
  for (const sql::ColumnLayout& column : table.columns) columns += (columns.empty() ? "" : ",") + column.name;
  text = "INSERT INTO " + table.name + " (" + columns + ") VALUES (" +
         sql::placeholders(table.columns.size()) + ')';
  if (!is_new) text = sql::upsert(connection_.engine(), text, join(table.key, ","), "");
  return text;
}

}  // namespace gw::archive
