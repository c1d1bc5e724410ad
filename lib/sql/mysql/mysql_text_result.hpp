// The rows of a SELECT that was sent as text. All of them are in this process.
#pragma once

#include <mysql.h>

#include <memory>
#include <stdexcept>

#include "core/text.hpp"
#include "sql/connection.hpp"

namespace gw::sql::mysql {

class MysqlTextResult final : public Statement {
 public:
  /// Takes the rows over; `rows` may be null for a statement that gave none.
  void take(MYSQL_RES* rows) { rows_.reset(rows); }
  [[nodiscard]] bool is_active() const { return rows_ != nullptr; }

  void execute(std::span<const Value>) override { throw std::logic_error("a text result is not executed"); }
  bool next() override {
    row_ = rows_ == nullptr ? nullptr : mysql_fetch_row(rows_.get());
    lengths_ = row_ == nullptr ? nullptr : mysql_fetch_lengths(rows_.get());
    return row_ != nullptr;
  }
  void reset() noexcept override {
    rows_.reset();
    row_ = nullptr;
    lengths_ = nullptr;
  }
  [[nodiscard]] int column_count() const override {
    return rows_ == nullptr ? 0 : static_cast<int>(mysql_num_fields(rows_.get()));
  }
  [[nodiscard]] bool is_null(int column) override { return row_[column] == nullptr; }
  [[nodiscard]] std::int64_t integer(int column) override { return parse_integer(text(column)).value_or(0); }
  [[nodiscard]] std::string_view text(int column) override {
    return is_null(column) ? std::string_view() : std::string_view(row_[column], lengths_[column]);
  }
  [[nodiscard]] std::int64_t affected_rows() const override { return 0; }

 private:
  struct Free {
    void operator()(MYSQL_RES* rows) const noexcept { mysql_free_result(rows); }
  };
  std::unique_ptr<MYSQL_RES, Free> rows_;
  MYSQL_ROW row_ = nullptr;
  unsigned long* lengths_ = nullptr;
};

}  // namespace gw::sql::mysql
