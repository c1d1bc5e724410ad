// One server-side prepared statement of MySQL or MariaDB.
#pragma once

#include <mysql.h>

#include <memory>
#include <string>
#include <vector>

#include "sql/connection.hpp"
#include "sql/statement_timer.hpp"

namespace gw::sql::mysql {

class MysqlConnection;

class MysqlStatement final : public Statement {
 public:
  /// Errors: SqlError. Cost: one round trip.
  MysqlStatement(MysqlConnection& connection, std::string_view sql);
  MysqlStatement(const MysqlStatement&) = delete;
  MysqlStatement& operator=(const MysqlStatement&) = delete;
  ~MysqlStatement() override = default;

  /// Cost: one round trip; all rows are then in this process, so an abandoned Query leaves nothing on the
  /// wire.
  void execute(std::span<const Value> arguments) override;
  bool next() override;
  void reset() noexcept override;
  [[nodiscard]] int column_count() const override { return static_cast<int>(columns_.size()); }
  [[nodiscard]] bool is_null(int column) override { return at(column).is_null != 0; }
  [[nodiscard]] std::int64_t integer(int column) override;
  [[nodiscard]] std::string_view text(int column) override;
  [[nodiscard]] std::int64_t affected_rows() const override { return affected_rows_; }

  [[nodiscard]] std::string_view sql() const { return sql_; }
  [[nodiscard]] bool is_active() const { return is_active_; }

 private:
  struct Close {
    void operator()(MYSQL_STMT* statement) const noexcept { mysql_stmt_close(statement); }
  };
  /// Where the library puts one column of the current row.
  struct Column {
    bool is_integer = false;
    std::int64_t number = 0;
    std::string bytes;
    std::string long_bytes;
    bool is_long = false;
    unsigned long length = 0;
    my_bool is_null = 0;
    my_bool is_cut = 0;
  };

  void prepare();
  void describe_columns();
  void bind_columns();
  void bind_arguments(std::span<const Value> arguments);
  void fetch_cut_columns();
  void fetch_again(std::size_t index, std::string& into);
  [[nodiscard]] Column& at(int column) { return columns_[static_cast<std::size_t>(column)]; }
  [[noreturn]] void fail(const char* action);

  MysqlConnection& connection_;
  std::string sql_;
  std::unique_ptr<MYSQL_STMT, Close> statement_;
  std::vector<MYSQL_BIND> arguments_;
  std::vector<MYSQL_BIND> results_;
  std::vector<Column> columns_;
  std::int64_t affected_rows_ = 0;
  bool is_active_ = false;
  bool is_bound_ = false;
  /// The library's statement cannot be used again; the next execution prepares a new one.
  bool is_spoiled_ = false;
  StatementTimer timer_;
};

}  // namespace gw::sql::mysql
