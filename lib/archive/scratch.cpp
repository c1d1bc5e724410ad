#include "archive/scratch.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "archive/broken_archive.hpp"
#include "archive/line_cutter.hpp"
#include "sql/dialect.hpp"
#include "sql/schema/schema.hpp"

namespace gw::archive {
namespace {

constexpr std::string_view kOwnTables =
    "CREATE TABLE archive_files (owner INTEGER NOT NULL, old_id TEXT NOT NULL, new_id TEXT NOT NULL, "
    "PRIMARY KEY (owner, old_id)) WITHOUT ROWID;\n";
constexpr std::string_view kNoteFile = "INSERT INTO archive_files (owner,old_id,new_id) VALUES (?,?,?)";
constexpr std::string_view kFindFile = "SELECT new_id FROM archive_files WHERE owner=? AND old_id=?";
constexpr std::string_view kListFiles = "SELECT owner,new_id FROM archive_files";

std::string insert_statement(const sql::TableLayout& table) {
  std::string columns;
  for (const sql::ColumnLayout& column : table.columns) columns += (columns.empty() ? "" : ",") + column.name;
  return "INSERT OR IGNORE INTO " + table.name + " (" + columns + ") VALUES (" +
         sql::placeholders(table.columns.size()) + ')';
}

class TableLoader final : public Scratch::TableText {
 public:
  TableLoader(sql::Connection& connection, const sql::TableLayout& table, ContextId context)
      : connection_(connection),
        table_(table),
        insert_(insert_statement(table)),
        context_column_(column_index(table, "cid")),
        context_(context),
        lines_(kLongestRow, [this](std::string_view line) { take(line); }) {}

  void add(std::string_view piece) override { lines_.add(piece); }
  void finish() override { lines_.finish(); }

 private:
  void take(std::string_view line) {
    Row row = parse_row(line, table_);
    row[context_column_] = context_.value;
    connection_.execute_values(insert_, to_values(row, table_));
  }

  sql::Connection& connection_;
  const sql::TableLayout& table_;
  const std::string insert_;
  const std::size_t context_column_;
  const ContextId context_;
  LineCutter lines_;
};

}  // namespace

Scratch::Scratch(int schema, ContextId context) : context_(context) {
  const int newest = sql::schema_steps().back().number;
  if (schema > newest)
    throw BrokenArchive("the backup has schema " + std::to_string(schema) + ", newer than this program's " +
                        std::to_string(newest) + ": install the version that wrote it, or a newer one");
  settings_.url = "sqlite:" + folder_.path + "/rows.db";
  driver_ = sql::make_driver(settings_);
  connection_ = driver_->connect();
  sql::migrate(*connection_, schema);
  connection_->run_script(kOwnTables);
  layout_ = sql::layout_at(schema);
  connection_->begin(sql::TransactionMode::Write);
}

Scratch::~Scratch() {
  if (connection_->in_transaction()) connection_->rollback();
}

Scratch::Folder::Folder() {
  const char* chosen = std::getenv("TMPDIR");
  const std::filesystem::path parent = chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
  path = (std::filesystem::absolute(parent) / "gw-restore-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), "making a folder for a restore");
}

Scratch::Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::unique_ptr<Scratch::TableText> Scratch::open_table(std::string_view name) {
  const sql::TableLayout* table = sql::find_table(layout_, name);
  if (table == nullptr || table->find("cid") == nullptr)
    throw BrokenArchive("the archive has rows of an unknown table, " + std::string(name.substr(0, 64)));
  return std::make_unique<TableLoader>(*connection_, *table, context_);
}

void Scratch::note_file(std::int64_t owner, std::string_view old_id, std::string_view new_id) {
  connection_->execute(kNoteFile, owner, old_id, new_id);
}

std::optional<std::string> Scratch::find_file(std::int64_t owner, std::string_view old_id) {
  sql::Query row = connection_->query(kFindFile, owner, old_id);
  return row.next() ? std::optional(row.string(0)) : std::nullopt;
}

void Scratch::for_each_file(const std::function<void(std::int64_t owner, const std::string& new_id)>& visit) {
  sql::Query row = connection_->query(kListFiles);
  while (row.next()) visit(row.integer(0), row.string(1));
}

void Scratch::finish() {
  connection_->commit();
  sql::migrate(*connection_);
  layout_ = sql::layout_at(sql::schema_steps().back().number);
}

}  // namespace gw::archive
