#include "sql/mysql/mysql_queue.hpp"

#include <utility>

#include "sql/mysql/mysql_literal.hpp"

namespace gw::sql::mysql {
namespace {

/// Far below the smallest max_allowed_packet in use (1 MiB), with room for quoting and for one more
/// statement.
constexpr std::size_t kFull = 131'072;
constexpr std::size_t kLargestValues = 65'536;
/// The log cuts at 2,000 anyway.
constexpr std::size_t kLongestLogged = 4'000;

/// How far back an INSERT looks for one that it can join: writers use a few tables in turn.
constexpr std::size_t kLookBack = 8;

/// `(?,?)` of an INSERT of one row whose values are marks and numbers; empty: it is another statement.
std::string_view row_of(std::string_view sql) {
  constexpr std::string_view kInsert = "INSERT INTO ", kValues = ") VALUES (";
  const std::size_t values = sql.starts_with(kInsert) ? sql.find(kValues) : sql.npos;
  if (values == sql.npos) return {};
  const std::string_view row = sql.substr(values + kValues.size() - 1);
  const bool is_plain = row.find_first_not_of("?,0123456789 ", 1) == row.size() - 1 && row.back() == ')' &&
                        sql.substr(0, values).find('?') == sql.npos;
  return is_plain ? row : std::string_view();
}

}  // namespace

bool MysqlQueue::is_full() const { return bytes_ >= kFull; }

bool MysqlQueue::takes(std::span<const Value> values) {
  std::size_t bytes = 0;
  for (const Value& value : values) {
    if (const auto* text = std::get_if<std::string_view>(&value)) bytes += text->size();
    if (const auto* blob = std::get_if<Blob>(&value)) bytes += blob->bytes.size();
  }
  return bytes <= kLargestValues;
}

MysqlQueue::Waiting* MysqlQueue::find_joinable(std::string_view sql) {
  std::size_t looked = 0;
  for (auto each = waiting_.rbegin(); each != waiting_.rend() && each->takes_rows && looked < kLookBack;
       ++each, ++looked)
    if (each->sql == sql) return &*each;
  return nullptr;
}

void MysqlQueue::add(MYSQL* handle, std::string_view sql, std::span<const Value> values) {
  const std::string_view row = row_of(sql);
  if (Waiting* const earlier = row.empty() ? nullptr : find_joinable(sql)) {
    const std::size_t before = earlier->text.size();
    earlier->text += ',';
    try {
      append_statement(earlier->text, handle, row, values);
    } catch (const std::exception&) {
      earlier->text.resize(before);
      throw;
    }
    bytes_ += earlier->text.size() - before;
    ++count_;
    return;
  }
  Waiting waiting{std::string(sql), {}, !row.empty()};
  append_statement(waiting.text, handle, sql, values);
  const std::size_t bytes = waiting.text.size();
  waiting_.push_back(std::move(waiting));
  bytes_ += bytes;
  ++count_;
  if (statements_.size() + sql.size() > kLongestLogged) return;
  if (!statements_.empty()) statements_ += "; ";
  statements_ += sql;
}

void MysqlQueue::clear() noexcept {
  waiting_.clear();
  bytes_ = 0;
  count_ = 0;
  statements_.clear();
}

std::string MysqlQueue::take_text() {
  std::string text;
  try {
    text.reserve(bytes_ + waiting_.size());
  } catch (const std::exception&) {
    clear();
    throw;
  }
  for (const Waiting& each : waiting_) {
    if (!text.empty()) text += ';';
    text += each.text;
  }
  clear();
  return text;
}

bool MysqlQueue::send(MYSQL* handle, MysqlTextResult* rows) {
  std::swap(sent_statements_, statements_);
  const std::string text = take_text();
  if (mysql_real_query(handle, text.data(), text.size()) != 0) return false;
  for (;;) {
    MYSQL_RES* const result = mysql_store_result(handle);
    if (result == nullptr && mysql_errno(handle) != 0) return false;
    if (rows != nullptr) {
      rows->take(result);
    } else if (result != nullptr) {
      mysql_free_result(result);
    }
    const int more = mysql_next_result(handle);
    if (more < 0) return true;
    if (more > 0) return false;
  }
}

}  // namespace gw::sql::mysql
