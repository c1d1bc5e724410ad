#include "sql/mysql/mysql_statement.hpp"

#include <bit>
#include <cassert>
#include <charconv>
#include <new>
#include <stdexcept>

#include "core/text.hpp"
#include "sql/mysql/mysql_connection.hpp"

namespace gw::sql::mysql {
namespace {

/// Most values are short and wide tables have a hundred columns; a column that needs more gets it once and
/// keeps it.
constexpr std::size_t kFirstBuffer = 64;
/// Longer values are fetched into a buffer that is freed with the row.
constexpr std::size_t kLargestKeptBuffer = 16'384;

bool is_integer_type(enum_field_types type) {
  switch (type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
      return true;
    default:
      return false;
  }
}

void bind_bytes(MYSQL_BIND& bind, enum_field_types type, std::string_view bytes) {
  bind.buffer_type = type;
  // The library only reads it, and takes a null pointer for NULL.
  bind.buffer = const_cast<char*>(bytes.data() == nullptr ? "" : bytes.data());
  bind.buffer_length = bytes.size();
  bind.length = nullptr;  // then buffer_length counts
}

}  // namespace

MysqlStatement::MysqlStatement(MysqlConnection& connection, std::string_view sql)
    : connection_(connection), sql_(sql), timer_(connection.settings().log_slow) {
  prepare();
}

void MysqlStatement::prepare() {
  statement_.reset(mysql_stmt_init(connection_.handle()));
  if (statement_ == nullptr) throw std::bad_alloc();
  is_bound_ = false;
  // The statement stays in its cache when this fails, which Galera lets it do for a conflict.
  is_spoiled_ = true;
  if (mysql_stmt_prepare(statement_.get(), sql_.data(), sql_.size()) != 0) fail("preparing a statement");
  arguments_.resize(mysql_stmt_param_count(statement_.get()));
  describe_columns();
  is_spoiled_ = false;
}

void MysqlStatement::describe_columns() {
  const unsigned count = mysql_stmt_field_count(statement_.get());
  if (count == 0) return;
  const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> metadata(
      mysql_stmt_result_metadata(statement_.get()), mysql_free_result);
  if (metadata == nullptr) fail("reading the columns of a statement");
  columns_.resize(count);
  results_.resize(count);
  for (unsigned i = 0; i < count; ++i) {
    columns_[i].is_integer = is_integer_type(mysql_fetch_field_direct(metadata.get(), i)->type);
    if (!columns_[i].is_integer) columns_[i].bytes.resize(kFirstBuffer);
  }
}

void MysqlStatement::bind_columns() {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    MYSQL_BIND& bind = results_[i];
    bind = {};
    bind.buffer_type = column.is_integer ? MYSQL_TYPE_LONGLONG : MYSQL_TYPE_STRING;
    bind.buffer = column.is_integer ? static_cast<void*>(&column.number) : column.bytes.data();
    bind.buffer_length = column.is_integer ? sizeof column.number : column.bytes.size();
    bind.length = &column.length;
    bind.is_null = &column.is_null;
    bind.error = &column.is_cut;
  }
  if (mysql_stmt_bind_result(statement_.get(), results_.data()) != 0) fail("binding result columns");
  is_bound_ = true;
}

void MysqlStatement::bind_arguments(std::span<const Value> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& value = arguments[i];
    MYSQL_BIND& bind = arguments_[i];
    bind = {};
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      bind.buffer_type = MYSQL_TYPE_LONGLONG;
      bind.buffer = const_cast<std::int64_t*>(number);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      // The server refuses it in some statements only; the same rule as on SQLite, told before anything is
      // sent.
      if (columns_.empty() && !is_valid_utf8(*text)) {
        throw SqlError(ErrorKind::Other, 1366, "a text value is no valid UTF-8");
      }
      bind_bytes(bind, MYSQL_TYPE_STRING, *text);
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      bind_bytes(bind, MYSQL_TYPE_BLOB, blob->bytes);
    } else if (const auto* real = std::get_if<double>(&value)) {
      bind.buffer_type = MYSQL_TYPE_DOUBLE;
      bind.buffer = const_cast<double*>(real);
    } else {
      bind.buffer_type = MYSQL_TYPE_NULL;
    }
  }
  if (!arguments.empty() && mysql_stmt_bind_param(statement_.get(), arguments_.data()) != 0)
    fail("binding values");
}

void MysqlStatement::execute(std::span<const Value> arguments) {
  assert(!is_active_ && "a Query on the same SQL text is still alive");
  if (is_active_) throw std::logic_error("a statement was executed while its rows are being read");
  if (arguments.size() != arguments_.size()) {
    throw SqlError(ErrorKind::Other, 2031, "the number of values differs from the number of placeholders");
  }
  connection_.refuse_when_broken();
  if (is_spoiled_) prepare();
  bind_arguments(arguments);
  connection_.run_queue();
  timer_.start();
  if (mysql_stmt_execute(statement_.get()) != 0) fail("running a statement");
  if (!columns_.empty()) {
    connection_.note_read();
    if (!is_bound_) bind_columns();
    if (mysql_stmt_store_result(statement_.get()) != 0) {
      // A deadlock or time limit met while the rows were made. The library believes that they still come and
      // would wait for them at the next execution, until the read time-out breaks the connection.
      is_spoiled_ = true;
      fail("reading rows");
    }
  }
  timer_.stop();
  affected_rows_ = static_cast<std::int64_t>(mysql_stmt_affected_rows(statement_.get()));
  is_active_ = true;
}

bool MysqlStatement::next() {
  if (!is_active_ || columns_.empty()) return false;
  switch (mysql_stmt_fetch(statement_.get())) {
    case 0:
      break;
    case MYSQL_DATA_TRUNCATED:
      break;
    case MYSQL_NO_DATA:
      return false;
    default:
      fail("reading a row");
  }
  fetch_cut_columns();
  return true;
}

void MysqlStatement::fetch_cut_columns() {
  bool is_grown = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    if (column.is_integer) continue;
    column.is_long = false;
    if (column.is_null != 0 || column.length <= column.bytes.size()) continue;
    if (column.length > kLargestKeptBuffer) {
      column.is_long = true;
      column.long_bytes.resize(column.length);
      fetch_again(i, column.long_bytes);
    } else {
      column.bytes.resize(std::bit_ceil(column.length));
      fetch_again(i, column.bytes);
      is_grown = true;
    }
  }
  if (is_grown) bind_columns();
}

void MysqlStatement::fetch_again(std::size_t index, std::string& into) {
  unsigned long length = 0;
  my_bool is_null = 0;
  my_bool is_cut = 0;
  MYSQL_BIND bind{};
  bind.buffer_type = MYSQL_TYPE_STRING;
  bind.buffer = into.data();
  bind.buffer_length = into.size();
  bind.length = &length;
  bind.is_null = &is_null;
  bind.error = &is_cut;
  if (mysql_stmt_fetch_column(statement_.get(), &bind, static_cast<unsigned>(index), 0) != 0)
    fail("reading a long value");
}

void MysqlStatement::reset() noexcept {
  if (!columns_.empty()) mysql_stmt_free_result(statement_.get());
  for (Column& column : columns_) {
    if (column.long_bytes.capacity() > kLargestKeptBuffer) std::string().swap(column.long_bytes);
    column.is_long = false;
  }
  is_active_ = false;
  timer_.finish(sql_);
}

std::int64_t MysqlStatement::integer(int index) {
  const Column& column = at(index);
  if (column.is_null != 0) return 0;
  if (column.is_integer) return column.number;
  // SUM and the like are decimals, which come as text; what follows the digits is cut off as SQLite does it.
  const std::string_view digits = text(index);
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string_view MysqlStatement::text(int index) {
  Column& column = at(index);
  if (column.is_null != 0) return {};
  if (!column.is_integer)
    return std::string_view(column.is_long ? column.long_bytes : column.bytes).substr(0, column.length);
  if (column.bytes.empty()) column.bytes.resize(kFirstBuffer);
  char* begin = column.bytes.data();
  const auto end = std::to_chars(begin, begin + column.bytes.size(), column.number).ptr;
  return {begin, static_cast<std::size_t>(end - begin)};
}

void MysqlStatement::fail(const char* action) {
  const SqlError error =
      connection_.note_failure(mysql_stmt_errno(statement_.get()), mysql_stmt_sqlstate(statement_.get()),
                               mysql_stmt_error(statement_.get()), action);
  if (!columns_.empty()) mysql_stmt_free_result(statement_.get());
  is_active_ = false;
  throw error;
}

}  // namespace gw::sql::mysql
