// One connection to a MySQL or MariaDB server, also to a Galera node.
#pragma once

#include <mysql.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/settings.hpp"
#include "sql/connection.hpp"
#include "sql/mysql/mysql_queue.hpp"
#include "sql/mysql/mysql_statement.hpp"
#include "sql/statement_cache.hpp"
#include "sql/url.hpp"

namespace gw::sql::mysql {

class MysqlConnection final : public Connection {
 public:
  /// Errors: SqlError Unavailable, whatever the reason.
  /// Cost: connect and login within connect_timeout, then two round trips.
  MysqlConnection(const MysqlUrl& url, const DatabaseSettings& settings);
  MysqlConnection(const MysqlConnection&) = delete;
  MysqlConnection& operator=(const MysqlConnection&) = delete;
  ~MysqlConnection() override = default;

  [[nodiscard]] Engine engine() const override { return Engine::Mysql; }
  Statement& prepare(std::string_view sql) override;
  void run_script(std::string_view sql) override;
  /// A write transaction begins together with its first statement.
  void begin(TransactionMode mode) override;
  void commit() override;
  void rollback() noexcept override;
  [[nodiscard]] bool in_transaction() const override { return in_transaction_; }
  [[nodiscard]] bool broken() const override { return is_broken_; }
  [[nodiscard]] bool has_read_in_transaction() const override { return has_read_; }
  [[nodiscard]] bool is_closed_by_peer() const noexcept override;
  bool ping() noexcept override;
  void enqueue_values(std::string_view sql, std::span<const Value> values) override;
  [[nodiscard]] Query query_values_with_queue(std::string_view sql, std::span<const Value> values) override;

  // For the statements of this connection.
  [[nodiscard]] MYSQL* handle() const { return handle_.get(); }
  [[nodiscard]] const DatabaseSettings& settings() const { return settings_; }
  /// Makes the error and notes whether the connection can be used on.
  SqlError note_failure(unsigned number, std::string_view sql_state, std::string_view text,
                        const char* action);
  /// Errors: SqlError Unavailable on a connection that broke before.
  void refuse_when_broken() const;
  /// Before a statement of its own: what was queued comes first. Errors: SqlError of what was queued.
  void run_queue();
  /// A SELECT ran.
  void note_read() { has_read_ = true; }

 private:
  struct Close {
    void operator()(MYSQL* handle) const noexcept { mysql_close(handle); }
  };
  void set_options(const MysqlUrl& url);
  void configure_session();
  void run(std::string_view text, const char* action);
  void send_queue(MysqlTextResult* rows, const char* action);

  const DatabaseSettings settings_;
  std::unique_ptr<MYSQL, Close> handle_;
  StatementCache<MysqlStatement> statements_;
  MysqlQueue queue_;
  StatementTimer queue_timer_;
  MysqlTextResult text_rows_;
  bool in_transaction_ = false;
  /// The server knows of the transaction.
  bool is_begun_ = false;
  bool has_read_ = false;
  bool is_broken_ = false;
};

}  // namespace gw::sql::mysql
