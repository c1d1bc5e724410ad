// Puts engine types for the $ words of a schema step.
#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "sql/schema/schema.hpp"
#include "sql/script.hpp"

namespace gw::sql {
namespace {

struct Word {
  std::string_view name;
  std::string_view sqlite;
  std::string_view mysql;
};

// Binary comparison on both engines: what differs in one byte is a different key, whatever the server's
// collation.
constexpr std::string_view kMysqlText = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
constexpr std::string_view kMysqlTable =
    "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
constexpr std::array kWords{
    Word{"$ID", "INTEGER", "BIGINT"},
    Word{"$INT", "INTEGER", "INT"},
    Word{"$TEXT", "TEXT COLLATE BINARY", "MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"},
    Word{"$BLOB", "BLOB", "LONGBLOB"},
    Word{"$TABLE", "", kMysqlTable},
    // One tree in place of a table and an index of its key: a page less for each row that is written.
    Word{"$KEYED", "WITHOUT ROWID", kMysqlTable},
};
constexpr std::string_view kKey = "$KEY(", kHead = "$HEAD(";

std::string_view take_digits(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
}

/// The number of `word(n)` at the start of `rest`.
std::string_view take_number(std::string_view rest, std::string_view word) {
  const std::string_view length = take_digits(rest.substr(word.size()));
  const std::size_t end = word.size() + length.size();
  if (length.empty() || end >= rest.size() || rest[end] != ')')
    throw std::logic_error("bad $KEY or $HEAD in a schema step");
  return length;
}

/// Appends what the word at the start of `rest` stands for and gives the length of the word.
std::size_t render_word(std::string& out, std::string_view rest, Engine engine) {
  if (rest.starts_with(kKey)) {
    const std::string_view length = take_number(rest, kKey);
    if (engine == Engine::Sqlite) {
      out += "TEXT COLLATE BINARY";
    } else {
      out.append("VARCHAR(").append(length).append(")").append(kMysqlText);
    }
    return kKey.size() + length.size() + 1;
  }
  if (rest.starts_with(kHead)) {
    const std::string_view length = take_number(rest, kHead);
    if (engine == Engine::Mysql) out.append("(").append(length).append(")");
    return kHead.size() + length.size() + 1;
  }
  for (const Word& word : kWords) {
    if (!rest.starts_with(word.name)) continue;
    out += engine == Engine::Sqlite ? word.sqlite : word.mysql;
    return word.name.size();
  }
  throw std::logic_error("unknown $ word in a schema step");
}

std::string render_words(std::string_view sql, Engine engine) {
  std::string out;
  out.reserve(sql.size() * 2);
  for (std::size_t i = 0; i < sql.size();) {
    if (sql[i] == '$') {
      i += render_word(out, sql.substr(i), engine);
    } else {
      out += sql[i++];
    }
  }
  return out;
}

struct Index {
  std::string_view kind;  ///< "KEY" or "UNIQUE KEY"
  std::string_view name;
  std::string_view table;
  std::string_view columns;  ///< with their brackets
};

/// `CREATE [UNIQUE] INDEX name ON table (columns)`; nothing for any other statement.
std::optional<Index> parse_index(std::string_view statement) {
  constexpr std::string_view kPlain = "CREATE INDEX ";
  constexpr std::string_view kUnique = "CREATE UNIQUE INDEX ";
  const bool is_unique = statement.starts_with(kUnique);
  if (!is_unique && !statement.starts_with(kPlain)) return std::nullopt;
  const std::string_view rest = statement.substr(is_unique ? kUnique.size() : kPlain.size());
  const std::size_t on = rest.find(" ON ");
  const std::size_t bracket = rest.find(" (");
  if (on == std::string_view::npos || bracket == std::string_view::npos || bracket < on) return std::nullopt;
  return Index{is_unique ? "UNIQUE KEY" : "KEY", rest.substr(0, on), rest.substr(on + 4, bracket - on - 4),
               rest.substr(bracket + 1)};
}

/// Moves the index into the statement that makes its table. False when that is not in the same step.
bool fold_index(const Index& index, std::vector<std::string>& statements) {
  const std::string head = "CREATE TABLE " + std::string(index.table) + " (";
  const auto table =
      std::ranges::find_if(statements, [&](const std::string& s) { return s.starts_with(head); });
  if (table == statements.end()) return false;
  const std::size_t end = table->rfind(") ENGINE=");
  if (end == std::string::npos) return false;
  table->insert(end, ",\n  " + std::string(index.kind) + " " + std::string(index.name) + " " +
                         std::string(index.columns));
  return true;
}

/// MySQL commits after every CREATE. A table that comes with its indexes is there wholly or not at all, and
/// in a third of the time.
std::string fold_indexes(std::string_view script) {
  std::vector<std::string> statements;
  for (const std::string_view statement : split_script(script)) {
    const std::optional<Index> index = parse_index(statement);
    if (!index || !fold_index(*index, statements)) statements.emplace_back(statement);
  }
  std::string out;
  for (const std::string& statement : statements) out += statement + ";\n";
  return out;
}

}  // namespace

std::string render_step(const SchemaStep& step, Engine engine) {
  const std::string script = render_words(step.sql, engine);
  return engine == Engine::Mysql ? fold_indexes(script) : script;
}

}  // namespace gw::sql
