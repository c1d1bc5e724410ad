#include "sql/mysql/mysql_literal.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <stdexcept>

#include "core/text.hpp"

namespace gw::sql::mysql {
namespace {

/// What a statement's own text may not hold.
bool is_plain(std::string_view sql) {
  return sql.find_first_of(R"('"`\;#)") == std::string_view::npos &&
         sql.find("--") == std::string_view::npos && sql.find("/*") == std::string_view::npos;
}

[[noreturn]] void refuse(int number, const char* text) { throw SqlError(ErrorKind::Other, number, text); }

void append_text(std::string& out, MYSQL* handle, std::string_view text) {
  if (!is_valid_utf8(text)) refuse(1366, "a text value is no valid UTF-8");
  const std::size_t start = out.size();
  // The library's rule: twice the length and one for the zero that it appends.
  out.resize(start + 1 + text.size() * 2 + 1);
  out[start] = '\'';
  const unsigned long written =
      mysql_real_escape_string(handle, out.data() + start + 1, text.data(), text.size());
  if (written == static_cast<unsigned long>(-1)) refuse(1366, "a text value cannot be escaped");
  out.resize(start + 1 + written);
  out += '\'';
}

void append_bytes(std::string& out, std::string_view bytes) {
  const std::size_t start = out.size() + 2;
  out += "X'";
  out.resize(start + bytes.size() * 2 + 1);  // the library appends a zero
  mysql_hex_string(out.data() + start, bytes.data(), bytes.size());
  out.back() = '\'';
}

void append_literal(std::string& out, MYSQL* handle, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    fmt::format_to(std::back_inserter(out), FMT_STRING("{}"), *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    append_text(out, handle, *text);
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    append_bytes(out, blob->bytes);
  } else if (const auto* real = std::get_if<double>(&value)) {
    if (!std::isfinite(*real)) refuse(1367, "a value is no number");
    // With its exponent it is a DOUBLE for the server, as a bound one is; without it a DECIMAL.
    fmt::format_to(std::back_inserter(out), FMT_STRING("{:.16e}"), *real);
  } else {
    out += "NULL";
  }
}

void append_with_values(std::string& out, MYSQL* handle, std::string_view sql,
                        std::span<const Value> values) {
  std::size_t used = 0;
  for (std::size_t mark = sql.find('?'); mark != std::string_view::npos; mark = sql.find('?')) {
    if (used == values.size()) refuse(2031, "the number of values differs from the number of placeholders");
    out += sql.substr(0, mark);
    append_literal(out, handle, values[used++]);
    sql.remove_prefix(mark + 1);
  }
  if (used != values.size()) refuse(2031, "the number of values differs from the number of placeholders");
  out += sql;
}

}  // namespace

void append_statement(std::string& out, MYSQL* handle, std::string_view sql, std::span<const Value> values) {
  if (!is_plain(sql)) throw std::logic_error("a queued statement may hold marks, but no quotes or comments");
  const std::size_t before = out.size();
  try {
    append_with_values(out, handle, sql, values);
  } catch (const SqlError&) {
    out.resize(before);
    throw;
  }
}

}  // namespace gw::sql::mysql
