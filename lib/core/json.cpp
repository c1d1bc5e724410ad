#include "core/json.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/text.hpp"

namespace gw {
Json Json::string(std::string_view value) {
  json_t* text = json_stringn(value.data(), value.size());
  if (text == nullptr) {
    const std::string clean = replace_invalid_utf8(value);
    text = json_stringn(clean.data(), clean.size());
  }
  return adopt(text);
}

std::optional<Json> Json::parse(std::string_view text, std::string* why) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  json_error_t error;
  json_t* value = json_loadb(text.data(), text.size(), JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
  if (value == nullptr) {
    if (why != nullptr) *why = fmt::format("line {} column {}: {}", error.line, error.column, error.text);
    return std::nullopt;
  }
  return adopt(value);
}

std::optional<std::int64_t> Json::to_integer() const {
  if (is_integer()) return as_integer();
  if (is_real()) {
    const double number = as_real();
    if (std::abs(number) < 9.0e15 && number == std::floor(number)) return static_cast<std::int64_t>(number);
    if (number >= 9.0e18)
      return INT64_MAX;  // "switch the check off" arrives as 9223372036854775807 in a double
    return std::nullopt;
  }
  if (is_string()) return parse_integer(as_string());
  return std::nullopt;
}

std::optional<std::string> Json::to_text() const {
  if (is_string()) return std::string(as_string());
  if (is_integer()) return std::to_string(as_integer());
  if (is_real()) return fmt::format("{}", as_real());
  return std::nullopt;
}

std::optional<bool> Json::to_boolean() const {
  if (is_boolean()) return is_true();
  if (is_string()) return parse_boolean(as_string());
  if (is_number()) return as_real() != 0;
  return std::nullopt;
}

void Json::for_each_member(const std::function<void(std::string_view, const Json&)>& visit) const {
  const char* name = nullptr;
  json_t* member = nullptr;
  json_object_foreach(value_, name, member) { visit(name, share(member)); }
}

}  // namespace gw
