#include "sql/mysql/mysql_connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <stdexcept>

#include "sql/mysql/mysql_error.hpp"
#include "sql/script.hpp"

namespace gw::sql::mysql {
namespace {

// `||` joins texts as everywhere else; a value that does not fit is an error, never cut.
constexpr std::string_view kSession =
    "SET SESSION time_zone='+00:00',"
    "sql_mode='STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT',"
    "innodb_lock_wait_timeout={}";
constexpr std::string_view kIsolation = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
constexpr std::string_view kBeginWrite = "START TRANSACTION";
constexpr std::string_view kBeginSnapshot = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
constexpr std::string_view kCommit = "COMMIT";
constexpr std::string_view kRollback = "ROLLBACK";
/// The server's own number for it.
constexpr int kSyntaxError = 1064;

/// The library counts whole seconds.
unsigned whole_seconds(Milliseconds time) {
  return static_cast<unsigned>(std::max<std::int64_t>((time.count() + 999) / 1000, 1));
}

bool is_mariadb(MYSQL* handle) {
  return std::string_view(mysql_get_server_info(handle)).find("MariaDB") != std::string_view::npos;
}

}  // namespace

MysqlConnection::MysqlConnection(const MysqlUrl& url, const DatabaseSettings& settings)
    : settings_(settings),
      handle_(mysql_init(nullptr)),
      statements_(settings.statement_cache),
      queue_timer_(settings.log_slow) {
  if (handle_ == nullptr) throw std::bad_alloc();
  set_options(url);
  // FOUND_ROWS: an UPDATE counts the rows it matched, as SQLite does. MULTI_STATEMENTS is for the queue,
  // whose texts hold a `;` only where it put one. Prepared statements stay single: the server refuses others.
  const MYSQL* connected = mysql_real_connect(handle_.get(), url.socket.empty() ? url.host.c_str() : nullptr,
                                              url.user.c_str(), url.password.c_str(), url.database.c_str(),
                                              url.port, url.socket.empty() ? nullptr : url.socket.c_str(),
                                              CLIENT_FOUND_ROWS | CLIENT_MULTI_STATEMENTS);
  try {
    if (connected == nullptr) {
      throw note_failure(mysql_errno(handle()), mysql_sqlstate(handle()), mysql_error(handle()),
                         "connecting");
    }
    configure_session();
  } catch (const SqlError& error) {
    throw SqlError(ErrorKind::Unavailable, error.native(), error.what());
  }
}

void MysqlConnection::set_options(const MysqlUrl& url) {
  MYSQL* handle = handle_.get();
  const unsigned connect = whole_seconds(settings_.connect_timeout);
  // A little more than the server's own limit, so that the server gets the chance to end the statement alone.
  const unsigned transfer = whole_seconds(settings_.statement_timeout) + 2;
  mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
  mysql_options(handle, MYSQL_OPT_READ_TIMEOUT, &transfer);
  mysql_options(handle, MYSQL_OPT_WRITE_TIMEOUT, &transfer);
  mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const my_bool off = 0;
  const my_bool on = 1;
  mysql_options(handle, MYSQL_OPT_RECONNECT, &off);
  mysql_options(handle, MYSQL_REPORT_DATA_TRUNCATION, &on);
  const unsigned no_local_files = 0;
  mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &no_local_files);
  // Without this the library takes "localhost" for its default Unix socket and ignores the port.
  const unsigned protocol = url.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
  mysql_options(handle, MYSQL_OPT_PROTOCOL, &protocol);
  if (url.encryption != Encryption::Off) {
    mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &on);
    mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT,
                  url.encryption == Encryption::Verified ? &on : &off);
    if (!url.ca_file.empty()) mysql_options(handle, MYSQL_OPT_SSL_CA, url.ca_file.c_str());
  }
}

void MysqlConnection::configure_session() {
  const double limit = std::chrono::duration<double>(settings_.statement_timeout).count();
  // Shorter than the statement's limit, so that a lock that does not come free is a conflict and not a
  // time-out.
  std::string session = fmt::format(fmt::runtime(kSession), std::max(static_cast<int>(limit / 2), 1));
  session += is_mariadb(handle())
                 ? fmt::format(",max_statement_time={:.3f}", limit)
                 : fmt::format(",max_execution_time={}", settings_.statement_timeout.count());
  run(session, "configuring the session");
  run(kIsolation, "configuring the session");
}

void MysqlConnection::run(std::string_view text, const char* action) {
  refuse_when_broken();
  if (mysql_real_query(handle(), text.data(), text.size()) == 0) return;
  throw note_failure(mysql_errno(handle()), mysql_sqlstate(handle()), mysql_error(handle()), action);
}

Statement& MysqlConnection::prepare(std::string_view sql) {
  return statements_.get(sql, [&] {
    refuse_when_broken();
    return std::make_unique<MysqlStatement>(*this, sql);
  });
}

void MysqlConnection::run_script(std::string_view sql) {
  run_queue();
  for (const std::string_view statement : split_script(sql)) {
    if (statement.find(';') != std::string_view::npos)
      throw SqlError(ErrorKind::Other, kSyntaxError, "a statement of a script holds a `;`");
    run(statement, "running a script");
  }
}

void MysqlConnection::begin(TransactionMode mode) {
  refuse_when_broken();
  const bool is_write = mode == TransactionMode::Write;
  if (is_write) {
    queue_.add(handle(), kBeginWrite, {});
  } else {
    run(kBeginSnapshot, "beginning a transaction");
  }
  in_transaction_ = true;
  is_begun_ = has_read_ = !is_write;
}

void MysqlConnection::enqueue_values(std::string_view sql, std::span<const Value> values) {
  if (!in_transaction_ || !MysqlQueue::takes(values)) {
    execute_values(sql, values);
    return;
  }
  refuse_when_broken();
  queue_.add(handle(), sql, values);
  if (queue_.is_full()) run_queue();
}

Query MysqlConnection::query_values_with_queue(std::string_view sql, std::span<const Value> values) {
  if (queue_.is_empty() || !MysqlQueue::takes(values)) return query_values(sql, values);
  assert(!text_rows_.is_active() && "one Query of this kind at a time");
  if (text_rows_.is_active()) throw std::logic_error("rows of another queued query are being read");
  queue_.add(handle(), sql, values);
  note_read();
  send_queue(&text_rows_, "running statements");
  return Query(text_rows_);
}

void MysqlConnection::run_queue() {
  if (!queue_.is_empty()) send_queue(nullptr, "running statements");
}

void MysqlConnection::send_queue(MysqlTextResult* rows, const char* action) {
  refuse_when_broken();
  is_begun_ = true;
  queue_timer_.start();
  const bool is_done = queue_.send(handle(), rows);
  queue_timer_.stop();
  if (!is_done && rows != nullptr) rows->reset();
  if (!is_done)
    throw note_failure(mysql_errno(handle()), mysql_sqlstate(handle()), mysql_error(handle()), action);
  queue_timer_.finish(queue_.sent_statements());
}

void MysqlConnection::commit() {
  refuse_when_broken();                     // then COMMIT is not sent, and nothing was written
  if (!is_begun_ && queue_.count() == 1) {  // the server has not heard of this transaction
    rollback();
    return;
  }
  // COMMIT travels with what is queued, but not with the very first statements: a connection that died while
  // it was idle is then noticed before COMMIT, and the transaction can be replayed.
  if (!is_begun_) run_queue();
  queue_.add(handle(), kCommit, {});
  try {
    send_queue(nullptr, "committing");
  } catch (const SqlError& error) {
    // COMMIT was on its way when the connection went: the server may have carried it out.
    if (!is_broken_) throw;
    throw SqlError(ErrorKind::UnknownOutcome, error.native(), error.what());
  }
  in_transaction_ = false;
}

void MysqlConnection::rollback() noexcept {
  queue_.clear();
  if (in_transaction_ && is_begun_ && !is_broken_ &&
      mysql_real_query(handle(), kRollback.data(), kRollback.size()) != 0) {
    is_broken_ = true;  // the server rolls back when the connection closes
  }
  in_transaction_ = false;
}

bool MysqlConnection::is_closed_by_peer() const noexcept {
  // Nothing was asked, so anything to read is a farewell: end of file or the server's last error.
  pollfd socket{mysql_get_socket(handle()), POLLIN, 0};
  return is_broken_ || (::poll(&socket, 1, 0) > 0 && socket.revents != 0);
}

bool MysqlConnection::ping() noexcept {
  if (!is_broken_ && mysql_ping(handle()) != 0) is_broken_ = true;
  return !is_broken_;
}

void MysqlConnection::refuse_when_broken() const {
  if (is_broken_) throw SqlError(ErrorKind::Unavailable, 2006, "MySQL: the connection is broken");
}

SqlError MysqlConnection::note_failure(unsigned number, std::string_view sql_state, std::string_view text,
                                       const char* action) {
  if (breaks_connection(number)) is_broken_ = true;
  return make_error(number, sql_state, text, action);
}

}  // namespace gw::sql::mysql
