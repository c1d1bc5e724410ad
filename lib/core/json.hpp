// The one wrapper over Jansson. A Json owns one reference; copies share the value. Not for streaming parse.
// Threads: one value belongs to one thread (Jansson's counters are not atomic across a shared value's
// children).
#pragma once

#include <jansson.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gw {

/// A JSON value, or "missing" (default constructed), which differs from JSON null.
class Json {
 public:
  Json() = default;
  ~Json() { json_decref(value_); }
  Json(const Json& other) : value_(json_incref(other.value_)) {}
  Json(Json&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
  Json& operator=(Json other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }

  /// Takes over a reference the caller owns.
  static Json adopt(json_t* value) {
    Json json;
    json.value_ = value;
    return json;
  }
  /// Adds a reference of its own.
  static Json share(json_t* value) { return adopt(json_incref(value)); }

  static Json object() { return adopt(json_object()); }
  static Json array() { return adopt(json_array()); }
  static Json null() { return adopt(json_null()); }
  static Json boolean(bool value) { return adopt(json_boolean(value)); }
  static Json integer(std::int64_t value) { return adopt(json_integer(value)); }
  static Json real(double value) { return adopt(json_real(value)); }
  /// Invalid UTF-8 is replaced by U+FFFD, so an answer can always be written.
  static Json string(std::string_view value);

  /// Limits: depth 2048 (Jansson). Duplicate members: the last one wins. Any value is accepted, not only
  /// containers. Errors: empty; `why` gets one line with the position when given.
  static std::optional<Json> parse(std::string_view text, std::string* why = nullptr);

  [[nodiscard]] bool is_missing() const { return value_ == nullptr; }
  [[nodiscard]] bool is_null() const { return json_is_null(value_); }
  [[nodiscard]] bool is_object() const { return json_is_object(value_); }
  [[nodiscard]] bool is_array() const { return json_is_array(value_); }
  [[nodiscard]] bool is_string() const { return json_is_string(value_); }
  [[nodiscard]] bool is_integer() const { return json_is_integer(value_); }
  [[nodiscard]] bool is_real() const { return json_is_real(value_); }
  [[nodiscard]] bool is_number() const { return json_is_number(value_); }
  [[nodiscard]] bool is_boolean() const { return json_is_boolean(value_); }
  [[nodiscard]] bool is_true() const { return json_is_true(value_); }

  /// View into the value; empty when it is no string. Valid while the value lives.
  [[nodiscard]] std::string_view as_string() const {
    return is_string() ? std::string_view(json_string_value(value_), json_string_length(value_))
                       : std::string_view();
  }
  [[nodiscard]] std::int64_t as_integer() const { return json_integer_value(value_); }
  [[nodiscard]] double as_real() const { return json_number_value(value_); }

  /// Integer, integral real, or a string that is a whole decimal number: clients send ids in all three forms.
  [[nodiscard]] std::optional<std::int64_t> to_integer() const;
  /// String, or a number as decimal text. Empty for other kinds.
  [[nodiscard]] std::optional<std::string> to_text() const;
  /// Boolean, or the parameter spelling of one in a string, or a number (not 0).
  [[nodiscard]] std::optional<bool> to_boolean() const;

  /// Members of an object. `get` of an absent member is a missing Json.
  [[nodiscard]] Json get(const char* name) const { return share(json_object_get(value_, name)); }
  Json& set(const char* name, Json value) {
    json_object_set_new_nocheck(value_, name, value.release());
    return *this;
  }
  Json& set(const std::string& name, Json value) { return set(name.c_str(), std::move(value)); }
  void remove(const char* name) { json_object_del(value_, name); }
  /// In insertion order.
  void for_each_member(const std::function<void(std::string_view name, const Json& value)>& visit) const;

  /// Elements of an array; `size` works for objects too.
  [[nodiscard]] std::size_t size() const {
    return is_array() ? json_array_size(value_) : json_object_size(value_);
  }
  [[nodiscard]] Json at(std::size_t index) const { return share(json_array_get(value_, index)); }
  Json& append(Json value) {
    json_array_append_new(value_, value.release());
    return *this;
  }

  [[nodiscard]] Json deep_copy() const { return adopt(json_deep_copy(value_)); }
  [[nodiscard]] bool equals(const Json& other) const { return json_equal(value_, other.value_) == 1; }

  /// Compact text, members in insertion order.
  [[nodiscard]] std::string dump() const;
  /// Hands out the text in pieces; `write` returns false to stop.
  bool dump_to(const std::function<bool(std::string_view)>& write) const;

  [[nodiscard]] json_t* raw() const { return value_; }
  /// Gives the reference away.
  json_t* release() { return std::exchange(value_, nullptr); }

 private:
  json_t* value_ = nullptr;
};

}  // namespace gw
