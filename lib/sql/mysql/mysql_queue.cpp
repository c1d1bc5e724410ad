#include "sql/mysql/mysql_queue.hpp"

#include <utility>

#include "sql/mysql/mysql_literal.hpp"

namespace gw::sql::mysql {
namespace {

/// Far below the smallest max_allowed_packet in use (1 MiB), with room for quoting and for one more
/// statement.
constexpr std::size_t kFull = 131'072;
constexpr std::size_t kLargestValues = 65'536;
/// Room that is kept between transactions.
constexpr std::size_t kKeptCapacity = 16'384;
/// The log cuts at 2,000 anyway.
constexpr std::size_t kLongestLogged = 4'000;

void empty(std::string& text) noexcept {
  if (text.capacity() > kKeptCapacity)
    text = std::string();
  else
    text.clear();
}

}  // namespace

bool MysqlQueue::is_full() const { return text_.size() >= kFull; }

bool MysqlQueue::takes(std::span<const Value> values) {
  std::size_t bytes = 0;
  for (const Value& value : values) {
    if (const auto* text = std::get_if<std::string_view>(&value)) bytes += text->size();
    if (const auto* blob = std::get_if<Blob>(&value)) bytes += blob->bytes.size();
  }
  return bytes <= kLargestValues;
}

void MysqlQueue::add(MYSQL* handle, std::string_view sql, std::span<const Value> values) {
  const std::size_t before = text_.size();
  if (before != 0) text_ += ';';
  try {
    append_statement(text_, handle, sql, values);
  } catch (const std::exception&) {
    text_.resize(before);
    throw;
  }
  ++count_;
  if (statements_.size() + sql.size() > kLongestLogged) return;
  if (!statements_.empty()) statements_ += "; ";
  statements_ += sql;
}

void MysqlQueue::clear() noexcept {
  empty(text_);
  count_ = 0;
  statements_.clear();
}

bool MysqlQueue::send(MYSQL* handle, MysqlTextResult* rows) noexcept {
  std::swap(sent_statements_, statements_);
  const bool is_sent = mysql_real_query(handle, text_.data(), text_.size()) == 0;
  clear();
  if (!is_sent) return false;
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
