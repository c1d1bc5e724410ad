// Values of directives: sizes, durations, numbers and `key=value` words. Free of httpd, so it is tested
// without it. Every problem is a DirectiveError whose text says how to write it right.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::apache {

/// The text that `httpd -t` shows behind the file name and line.
class DirectiveError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Whole decimal number within [minimum, maximum]. `directive` names the culprit in the text.
/// Errors: DirectiveError.
std::int64_t parse_number(std::string_view directive, std::string_view text, std::int64_t minimum,
                          std::int64_t maximum);
/// Bytes; K, M and G mean powers of 1024. Errors: DirectiveError.
std::int64_t parse_size(std::string_view directive, std::string_view text, std::int64_t minimum,
                        std::int64_t maximum);
/// A number with the unit ms, s, m, h or d; the unit is a must, but for 0. Errors: DirectiveError.
std::chrono::milliseconds parse_duration(std::string_view directive, std::string_view text,
                                         std::chrono::milliseconds minimum,
                                         std::chrono::milliseconds maximum);
/// "5s", "90m", "250ms": the largest unit that divides the value.
std::string format_duration(std::chrono::milliseconds duration);
/// core/value_or_file.hpp for a directive: names it in front of what is wrong. Errors: DirectiveError.
std::string read_value_or_file(std::string_view directive, std::string_view text);

/// What stands before and behind the first `=`; the value is empty without one.
std::pair<std::string_view, std::string_view> split_word(std::string_view word);

/// The `key=value` arguments of one directive. Keys that nobody asked for are an error, so is a key that
/// comes twice, and a directive without any.
class Words {
 public:
  Words(std::string_view directive, std::span<const std::string_view> arguments);

  /// Each one assigns only when the key is present.
  void number(std::string_view key, int& target, std::int64_t minimum, std::int64_t maximum);
  template <class Duration>
  void duration(std::string_view key, Duration& target, std::chrono::milliseconds minimum,
                std::chrono::milliseconds maximum) {
    if (const std::string_view* value = take(key))
      target = std::chrono::duration_cast<Duration>(parse_duration(label(key), *value, minimum, maximum));
  }
  /// Call it last. Errors: DirectiveError when a key is left that no call asked for, or when there is none.
  void finish() const;

 private:
  struct Word {
    std::string_view key;
    std::string_view value;
    bool taken = false;
  };
  const std::string_view* take(std::string_view key);
  [[nodiscard]] std::string label(std::string_view key) const;

  std::string directive_;
  std::vector<Word> words_;
  std::string known_;
};

}  // namespace gw::apache
