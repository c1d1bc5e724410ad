#include "sql/schema/layout.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>

#include "core/text.hpp"
#include "sql/schema/schema.hpp"
#include "sql/script.hpp"

namespace gw::sql {
namespace {

using Tables = std::vector<TableLayout>;

/// The words of a statement's beginning, one at a time.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}
  /// Up to a blank, a comma or a bracket.
  std::string_view next() {
    skip_blanks();
    std::size_t end = 0;
    while (end < rest_.size() && !is_blank(rest_[end]) && rest_[end] != '(' && rest_[end] != ',') ++end;
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }
  bool take(std::string_view word) {
    const std::string_view before = rest_;
    if (next() == word) return true;
    rest_ = before;
    return false;
  }
  std::string_view rest() {
    skip_blanks();
    return rest_;
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

[[noreturn]] void refuse_statement(std::string_view statement) {
  throw std::logic_error("a schema step has a statement that layout.cpp does not know: " +
                         std::string(statement.substr(0, 80)));
}

/// What stands between the first bracket and the one that closes it.
std::string_view in_brackets(std::string_view text) {
  const std::size_t open = text.find('(');
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return text.substr(open + 1, i - open - 1);
  }
  refuse_statement(text);
}

/// Cut at commas outside of brackets.
std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '(') ++depth;
    if (i < text.size() && text[i] == ')') --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    parts.push_back(trim(text.substr(start, i - start)));
    start = i + 1;
  }
  return parts;
}

std::vector<std::string> names_of(std::string_view list) {
  std::vector<std::string> names;
  for (const std::string_view name : split_list(list)) names.emplace_back(Words(name).next());
  return names;
}

/// `name $TYPE NOT NULL DEFAULT …`
ColumnLayout parse_column(std::string_view text) {
  Words words(text);
  ColumnLayout column;
  column.name = words.next();
  const std::string_view type = words.next();
  const std::string_view rest = words.rest();
  if (type == "$KEY") {
    const std::string_view length = in_brackets(rest);
    std::from_chars(length.data(), length.data() + length.size(), column.length);
  }
  if (type == "$KEY" || type == "$TEXT")
    column.type = ColumnType::Text;
  else if (type == "$BLOB")
    column.type = ColumnType::Blob;
  else if (type != "$ID" && type != "$INT")
    refuse_statement(text);
  column.is_nullable = rest.find("NOT NULL") == std::string_view::npos;
  column.has_default = rest.find("DEFAULT") != std::string_view::npos;
  return column;
}

TableLayout parse_table(std::string_view name, std::string_view statement) {
  TableLayout table;
  table.name = name;
  for (const std::string_view part : split_list(in_brackets(statement))) {
    if (part.starts_with("PRIMARY KEY"))
      table.key = names_of(in_brackets(part));
    else
      table.columns.push_back(parse_column(part));
  }
  return table;
}

TableLayout& table_named(Tables& tables, std::string_view name, std::string_view statement) {
  const auto found = std::ranges::find(tables, name, &TableLayout::name);
  if (found == tables.end()) refuse_statement(statement);
  return *found;
}

void create(Tables& tables, Words& words, std::string_view statement) {
  const bool is_unique = words.take("UNIQUE");
  if (words.take("INDEX")) {
    words.next();
    if (!words.take("ON")) refuse_statement(statement);
    TableLayout& table = table_named(tables, words.next(), statement);
    if (is_unique) table.unique.push_back(names_of(in_brackets(words.rest())));
    return;
  }
  if (!words.take("TABLE")) refuse_statement(statement);
  if (words.take("IF") && (!words.take("NOT") || !words.take("EXISTS"))) refuse_statement(statement);
  const std::string_view name = words.next();
  tables.push_back(parse_table(name, words.rest()));
}

void rename_in(std::vector<std::string>& names, std::string_view from, std::string_view to) {
  std::ranges::replace(names, std::string(from), std::string(to));
}

void rename_column(TableLayout& table, std::string_view from, std::string_view to) {
  for (ColumnLayout& column : table.columns)
    if (column.name == from) column.name = to;
  rename_in(table.key, from, to);
  for (auto& set : table.unique) rename_in(set, from, to);
}

void alter(Tables& tables, Words& words, std::string_view statement) {
  if (!words.take("TABLE")) refuse_statement(statement);
  TableLayout& table = table_named(tables, words.next(), statement);
  if (words.take("ADD")) {
    if (!words.take("COLUMN")) refuse_statement(statement);
    table.columns.push_back(parse_column(words.rest()));
  } else if (words.take("DROP")) {
    if (!words.take("COLUMN")) refuse_statement(statement);
    const std::string_view name = words.next();
    std::erase_if(table.columns, [&](const ColumnLayout& column) { return column.name == name; });
  } else if (words.take("RENAME")) {
    if (words.take("TO")) {
      table.name = words.next();
      return;
    }
    words.take("COLUMN");
    const std::string_view from = words.next();
    if (!words.take("TO")) refuse_statement(statement);
    rename_column(table, from, words.next());
  } else {
    refuse_statement(statement);
  }
}

void drop(Tables& tables, Words& words, std::string_view statement) {
  if (words.take("INDEX")) return;
  if (!words.take("TABLE")) refuse_statement(statement);
  if (words.take("IF") && !words.take("EXISTS")) refuse_statement(statement);
  const std::string_view name = words.next();
  std::erase_if(tables, [&](const TableLayout& table) { return table.name == name; });
}

void apply(Tables& tables, std::string_view statement) {
  Words words(statement);
  if (words.take("CREATE")) return create(tables, words, statement);
  if (words.take("ALTER")) return alter(tables, words, statement);
  if (words.take("DROP")) return drop(tables, words, statement);
  for (const std::string_view harmless : {"INSERT", "UPDATE", "DELETE"})
    if (words.take(harmless)) return;
  refuse_statement(statement);
}

}  // namespace

const ColumnLayout* TableLayout::find(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &ColumnLayout::name);
  return found == columns.end() ? nullptr : &*found;
}

std::vector<TableLayout> layout_at(int version) {
  if (version < 0 || version > schema_steps().back().number)
    throw std::logic_error("there is no schema version " + std::to_string(version));
  Tables tables;
  for (const SchemaStep& step : schema_steps()) {
    if (step.number > version) break;
    for (const std::string_view statement : split_script(step.sql)) apply(tables, trim(statement));
  }
  return tables;
}

const TableLayout* find_table(const std::vector<TableLayout>& tables, std::string_view name) {
  const auto found = std::ranges::find(tables, name, &TableLayout::name);
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace gw::sql
