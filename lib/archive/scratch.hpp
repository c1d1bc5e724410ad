// The rows of a backup in a database of their own, on their way back: a SQLite file that is brought from the
// schema of the backup to that of this program by the ordinary steps, so that old backups fit into new
// servers. Gone when the object is.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/row_text.hpp"
#include "core/ids.hpp"
#include "core/settings.hpp"
#include "sql/driver.hpp"
#include "sql/schema/layout.hpp"

namespace gw::archive {

/// Threads: one.
class Scratch {
 public:
  /// In $TMPDIR, else in /tmp. Errors: BrokenArchive for a schema newer than this program's;
  /// std::system_error, SqlError.
  Scratch(int schema, ContextId context);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// Takes the text of one table, in pieces. Rows that came before are passed over. Errors: BrokenArchive.
  class TableText;
  std::unique_ptr<TableText> open_table(std::string_view name);
  /// Where the bytes of a file lie now.
  void note_file(std::int64_t owner, std::string_view old_id, std::string_view new_id);
  [[nodiscard]] std::optional<std::string> find_file(std::int64_t owner, std::string_view old_id);
  void for_each_file(const std::function<void(std::int64_t owner, const std::string& new_id)>& visit);

  /// Everything is there: brings it to the schema of this program. Rows may be read then.
  void finish();
  [[nodiscard]] sql::Connection& connection() const { return *connection_; }
  /// Of this program's schema, after finish.
  [[nodiscard]] const std::vector<sql::TableLayout>& layout() const { return layout_; }
  [[nodiscard]] ContextId context() const { return context_; }

 private:
  /// Removed with everything in it.
  struct Folder {
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path;
  };
  Folder folder_;
  DatabaseSettings settings_;
  std::unique_ptr<sql::Driver> driver_;
  std::unique_ptr<sql::Connection> connection_;
  std::vector<sql::TableLayout> layout_;
  ContextId context_;
};

class Scratch::TableText {
 public:
  virtual ~TableText() = default;
  virtual void add(std::string_view piece) = 0;
  virtual void finish() = 0;
};

}  // namespace gw::archive
