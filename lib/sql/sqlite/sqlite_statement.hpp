// One prepared statement of SQLite.
#pragma once

#include <sqlite3.h>

#include <string>
#include <vector>

#include "sql/connection.hpp"
#include "sql/statement_timer.hpp"

namespace gw::sql::sqlite {

class SqliteConnection;

class SqliteStatement final : public Statement {
 public:
  /// Errors: SqlError when the text does not parse.
  SqliteStatement(SqliteConnection& connection, std::string_view sql);
  ~SqliteStatement() override;
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  void execute(std::span<const Value> arguments) override;
  bool next() override;
  void reset() noexcept override;
  [[nodiscard]] int column_count() const override { return column_count_; }
  [[nodiscard]] bool is_null(int column) override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t integer(int column) override { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] std::string_view text(int column) override;
  [[nodiscard]] std::int64_t affected_rows() const override { return affected_rows_; }

  [[nodiscard]] std::string_view sql() const { return sql_; }
  [[nodiscard]] bool is_active() const { return state_ != State::Idle; }

 private:
  enum class State { Idle, FirstRow, Rows, Done };

  void bind(std::span<const Value> arguments);
  void bind_one(int position, const Value& value);
  std::string_view keep(std::string_view bytes);
  /// True when there is a row.
  bool step();
  void end_change();

  SqliteConnection& connection_;
  sqlite3_stmt* statement_ = nullptr;
  std::string sql_;
  int column_count_ = 0;
  std::size_t argument_count_ = 0;
  bool is_reading_ = false;
  State state_ = State::Idle;
  std::int64_t affected_rows_ = 0;
  std::vector<char> kept_;
  std::size_t kept_used_ = 0;
  StatementTimer timer_;
};

}  // namespace gw::sql::sqlite
