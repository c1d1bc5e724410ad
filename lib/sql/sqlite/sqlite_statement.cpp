#include "sql/sqlite/sqlite_statement.hpp"

#include <cassert>
#include <cstring>
#include <stdexcept>

#include "core/text.hpp"
#include "sql/sqlite/sqlite_connection.hpp"

namespace gw::sql::sqlite {
namespace {

constexpr std::size_t kKeptCapacity = 65'536;

/// SQLite takes a null pointer for NULL, also where the length is 0.
const char* never_null(std::string_view bytes) { return bytes.data() == nullptr ? "" : bytes.data(); }

std::size_t byte_count(const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return text->size();
  if (const auto* blob = std::get_if<Blob>(&value)) return blob->bytes.size();
  return 0;
}

}  // namespace

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string_view sql)
    : connection_(connection), sql_(sql), timer_(connection.settings().log_slow) {
  const int code = sqlite3_prepare_v3(connection.handle(), sql_.data(), static_cast<int>(sql_.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) connection.fail(code, "preparing a statement");
  if (statement_ == nullptr) throw SqlError(ErrorKind::Other, SQLITE_MISUSE, "the statement is empty");
  column_count_ = sqlite3_column_count(statement_);
  is_reading_ = column_count_ > 0 && sqlite3_stmt_readonly(statement_) != 0;
  argument_count_ = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_));
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::execute(std::span<const Value> arguments) {
  assert(state_ == State::Idle && "a Query on the same SQL text is still alive");
  if (state_ != State::Idle) throw std::logic_error("a statement was executed while its rows are being read");
  if (arguments.size() != argument_count_) {
    throw SqlError(ErrorKind::Other, SQLITE_RANGE,
                   "the number of values differs from the number of placeholders");
  }
  if (is_reading_) {
    connection_.open_view();
  } else if (!connection_.in_transaction()) {
    connection_.end_view();  // a change must start from the newest state
  }
  bind(arguments);
  const bool has_row = step();
  state_ = has_row ? State::FirstRow : State::Done;
  affected_rows_ = column_count_ == 0 ? sqlite3_changes64(connection_.handle()) : 0;
  if (!has_row) end_change();
}

void SqliteStatement::end_change() {
  try {
    connection_.make_durable();
  } catch (const SqlError&) {
    reset();
    throw;
  }
}

bool SqliteStatement::next() {
  switch (state_) {
    case State::FirstRow:
      state_ = State::Rows;
      return true;
    case State::Rows:
      if (step()) return true;
      state_ = State::Done;
      return false;
    case State::Idle:
    case State::Done:
      return false;
  }
  return false;
}

bool SqliteStatement::step() {
  connection_.restart_deadline();
  timer_.start();
  const int code = sqlite3_step(statement_);
  timer_.stop();
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const SqlError error = connection_.note_failure(code, "running a statement");
  reset();
  throw error;
}

void SqliteStatement::reset() noexcept {
  sqlite3_reset(statement_);
  state_ = State::Idle;
  timer_.finish(sql_);
}

std::string_view SqliteStatement::text(int column) {
  // The blob call gives the bytes of a text where they lie; the text call would copy them to append a zero.
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

// A change is over when execute returns, so it may read the caller's own bytes. A SELECT reads its arguments
// again at every row, long after the caller's temporaries are gone: those few bytes are kept in a buffer of
// the statement.
void SqliteStatement::bind(std::span<const Value> arguments) {
  if (column_count_ > 0) {
    std::size_t needed = 0;
    for (const Value& value : arguments) needed += byte_count(value);
    if (needed > kept_.size() || kept_.size() > kKeptCapacity) kept_ = std::vector<char>(needed);
    kept_used_ = 0;
  }
  int position = 0;
  for (const Value& value : arguments) bind_one(++position, value);
}

std::string_view SqliteStatement::keep(std::string_view bytes) {
  if (column_count_ == 0 || bytes.empty()) return bytes;
  char* place = kept_.data() + kept_used_;
  std::memcpy(place, bytes.data(), bytes.size());
  kept_used_ += bytes.size();
  return {place, bytes.size()};
}

void SqliteStatement::bind_one(int position, const Value& value) {
  int code = SQLITE_OK;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(statement_, position, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    // MySQL refuses broken UTF-8 in strict mode; the same here, or a fault would show on one engine only.
    if (column_count_ == 0 && !is_valid_utf8(*text)) {
      throw SqlError(ErrorKind::Other, SQLITE_MISMATCH, "a text value is no valid UTF-8");
    }
    const std::string_view kept = keep(*text);
    code =
        sqlite3_bind_text64(statement_, position, never_null(kept), kept.size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    const std::string_view kept = keep(blob->bytes);
    code = sqlite3_bind_blob64(statement_, position, never_null(kept), kept.size(), SQLITE_STATIC);
  } else if (const auto* real = std::get_if<double>(&value)) {
    code = sqlite3_bind_double(statement_, position, *real);
  } else {
    code = sqlite3_bind_null(statement_, position);
  }
  if (code != SQLITE_OK) connection_.fail(code, "binding a value");
}

}  // namespace gw::sql::sqlite
