// Statements of one connection that wait to travel together: one round trip instead of one each. The server
// runs them in order and stops at the first that fails, so a COMMIT at the end is never reached after an
// error. Rows for the same columns of one table become one INSERT: the server then parses and opens the table
// once. Source: MariaDB Connector/C, CLIENT_MULTI_STATEMENTS and mysql_next_result.
#pragma once

#include <mysql.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/mysql/mysql_text_result.hpp"

namespace gw::sql::mysql {

/// The only place that sends several statements in one text. Threads: as its connection.
class MysqlQueue {
 public:
  [[nodiscard]] bool is_empty() const { return waiting_.empty(); }
  [[nodiscard]] int count() const { return count_; }
  /// Large enough that it should not wait any longer.
  [[nodiscard]] bool is_full() const;
  /// True when values of this size may wait: larger ones would come near max_allowed_packet once quoted.
  [[nodiscard]] static bool takes(std::span<const Value> values);
  /// A plain INSERT of one row joins an earlier one of the same text, if there are only such between them:
  /// those are of other tables, and no table here refers to another. Errors: as append_statement; then
  /// nothing was added.
  void add(MYSQL* handle, std::string_view sql, std::span<const Value> values);
  void clear() noexcept;

  /// Sends everything and empties the queue, whatever happens. `rows`: gets the rows of the last statement.
  /// False: one failed; the library has its error, and those after it were not run.
  [[nodiscard]] bool send(MYSQL* handle, MysqlTextResult* rows);
  /// The statements without their values, for the log; of the last `send`.
  [[nodiscard]] std::string_view sent_statements() const { return sent_statements_; }

 private:
  struct Waiting {
    std::string sql;   ///< with marks
    std::string text;  ///< with values
    bool takes_rows = false;
  };

  Waiting* find_joinable(std::string_view sql);
  /// What goes to the server; the queue is empty then.
  std::string take_text();

  std::vector<Waiting> waiting_;
  std::size_t bytes_ = 0;
  int count_ = 0;
  std::string statements_;
  std::string sent_statements_;
};

}  // namespace gw::sql::mysql
