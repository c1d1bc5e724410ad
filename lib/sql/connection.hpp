// One database connection and its prepared statements: the interface that the SQLite, MySQL and fault drivers
// fill. Every store speaks to this file only. Values are always bound; `?` is the placeholder on every
// engine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "sql/error.hpp"

namespace gw::sql {

enum class Engine { Sqlite, Mysql };

/// Bytes that are no text: bound and read without charset conversion.
struct Blob {
  std::string_view bytes;
};

/// One bound argument. Views must live until the statement was executed; rows may be read after they are
/// gone. Text that a change binds must be valid UTF-8, or both engines refuse it with SqlError Other. Other
/// bytes go as Blob.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

inline Value to_value(std::nullptr_t) { return nullptr; }
inline Value to_value(const Value& value) { return value; }
inline Value to_value(std::string_view text) { return text; }
inline Value to_value(const std::string& text) { return std::string_view(text); }
inline Value to_value(const char* text) { return std::string_view(text); }
inline Value to_value(Blob blob) { return blob; }
inline Value to_value(Millis instant) { return instant.value; }
inline Value to_value(Date date) { return date.to_millis(); }
template <class Tag>
Value to_value(Id<Tag> id) {
  return id.value;
}
template <class Number>
requires std::is_integral_v<Number> Value to_value(Number number) {
  return static_cast<std::int64_t>(number);
}
template <class T>
Value to_value(const std::optional<T>& value) {
  return value ? to_value(*value) : Value(nullptr);
}

/// A prepared statement, owned by its connection's cache. Used through Query, never directly.
class Statement {
 public:
  virtual ~Statement() = default;
  /// Binds all arguments and runs. Errors: SqlError.
  virtual void execute(std::span<const Value> arguments) = 0;
  /// Moves to the next row. Errors: SqlError. Returns false after the last row.
  virtual bool next() = 0;
  virtual void reset() noexcept = 0;
  [[nodiscard]] virtual int column_count() const = 0;
  [[nodiscard]] virtual bool is_null(int column) = 0;
  /// 0 for NULL.
  [[nodiscard]] virtual std::int64_t integer(int column) = 0;
  /// Empty for NULL. The view lives until the next call of next, reset or execute.
  [[nodiscard]] virtual std::string_view text(int column) = 0;
  /// Rows changed (MySQL counts matched rows, as SQLite does).
  [[nodiscard]] virtual std::int64_t affected_rows() const = 0;
};

/// The rows of one execution. Gives the statement back when it ends. Not copyable; one per statement at a
/// time (asking for the same SQL text while a Query on it lives is a programming error and asserts).
class Query {
 public:
  explicit Query(Statement& statement) : statement_(&statement) {}
  Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query() {
    if (statement_ != nullptr) statement_->reset();
  }

  bool next() { return statement_->next(); }
  [[nodiscard]] int column_count() const { return statement_->column_count(); }
  [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }
  [[nodiscard]] std::int64_t integer(int column) const { return statement_->integer(column); }
  [[nodiscard]] std::string_view text(int column) const { return statement_->text(column); }
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  template <class IdType>
  [[nodiscard]] IdType id(int column) const {
    return IdType(integer(column));
  }
  [[nodiscard]] Millis millis(int column) const { return {integer(column)}; }
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  [[nodiscard]] std::optional<std::string> optional_string(int column) const {
    return is_null(column) ? std::nullopt : std::optional(string(column));
  }

 private:
  Statement* statement_;
};

/// When a transaction starts: Write takes the write lock at once on SQLite (BEGIN IMMEDIATE);
/// Snapshot gives several statements one consistent view.
enum class TransactionMode { Write, Snapshot };

/// Threads: one at a time. Errors: SqlError from every call. A connection whose `broken` is true is never
/// reused.
class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual Engine engine() const = 0;
  /// The cached statement for this text; prepared at first use.
  virtual Statement& prepare(std::string_view sql) = 0;
  /// Runs statements that take no argument and give no row, several separated by `;` allowed (schema steps).
  virtual void run_script(std::string_view sql) = 0;
  virtual void begin(TransactionMode mode) = 0;
  /// Errors: Conflict (replay), UnknownOutcome.
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  [[nodiscard]] virtual bool in_transaction() const = 0;
  [[nodiscard]] virtual bool broken() const = 0;
  /// True when a later read of this transaction may show an older state than rows that it locks now: MySQL
  /// reads everything as it was at the first read. Never on SQLite.
  [[nodiscard]] virtual bool has_read_in_transaction() const { return false; }
  /// Called when the lease ends. SQLite: the reads of one lease outside a transaction see one state of the
  /// database and pay once for opening it; here that view ends. It also ends before every change.
  virtual void end_view() noexcept {}
  /// Local look whether the server has closed an idle connection. Cost: no round trip.
  [[nodiscard]] virtual bool is_closed_by_peer() const noexcept { return false; }
  /// Cheap liveness test for a connection that was idle. Cost: one round trip on MySQL, none on SQLite.
  virtual bool ping() noexcept = 0;

  /// Rows of a SELECT.
  template <class... Arguments>
  [[nodiscard]] Query query(std::string_view sql, const Arguments&... arguments) {
    const Value values[] = {to_value(arguments)..., nullptr};
    return query_values(sql, std::span(values, sizeof...(Arguments)));
  }
  [[nodiscard]] Query query_values(std::string_view sql, std::span<const Value> values) {
    Statement& statement = prepare(sql);
    statement.execute(values);
    return Query(statement);
  }
  /// Runs a change; gives the number of rows.
  template <class... Arguments>
  std::int64_t execute(std::string_view sql, const Arguments&... arguments) {
    const Value values[] = {to_value(arguments)..., nullptr};
    return execute_values(sql, std::span(values, sizeof...(Arguments)));
  }
  std::int64_t execute_values(std::string_view sql, std::span<const Value> values) {
    Statement& statement = prepare(sql);
    statement.execute(values);
    const std::int64_t rows = statement.affected_rows();
    statement.reset();
    return rows;
  }

  /// A change inside a transaction of which nobody needs the number of rows. Where a statement costs a round
  /// trip (MySQL) it is kept and sent together with whatever the transaction does next, COMMIT included; the
  /// values are copied. So its errors come out of that later call, which then has not run: where an error is
  /// expected and handled (Duplicate), use execute. The text must be plain: marks, no quotes, no `;`.
  /// Cost: none of its own on MySQL.
  template <class... Arguments>
  void enqueue(std::string_view sql, const Arguments&... arguments) {
    const Value values[] = {to_value(arguments)..., nullptr};
    enqueue_values(sql, std::span(values, sizeof...(Arguments)));
  }
  virtual void enqueue_values(std::string_view sql, std::span<const Value> values) {
    execute_values(sql, values);
  }
  /// A SELECT of a few short rows that goes with what was queued, in one round trip. Text as for enqueue; one
  /// such Query at a time.
  template <class... Arguments>
  [[nodiscard]] Query query_with_queue(std::string_view sql, const Arguments&... arguments) {
    const Value values[] = {to_value(arguments)..., nullptr};
    return query_values_with_queue(sql, std::span(values, sizeof...(Arguments)));
  }
  [[nodiscard]] virtual Query query_values_with_queue(std::string_view sql, std::span<const Value> values) {
    return query_values(sql, values);
  }
};

}  // namespace gw::sql
