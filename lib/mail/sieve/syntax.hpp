// The parts of a Sieve script. Says nothing about what commands mean. Source: RFC 5228 section 8.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::sieve {

/// Limits of the parser, well above those of servers (Pigeonhole: 1 MiB, 32 levels).
inline constexpr std::size_t kMaxScript = 4U << 20U;
inline constexpr int kMaxNesting = 64;

struct Argument {
  enum class Kind { Tag, Number, String, List };
  Kind kind = Kind::String;
  std::string text;  ///< of a tag: lower case, without colon; of a string: unescaped
  std::int64_t number = 0;
  std::vector<std::string> list;
  bool operator==(const Argument&) const = default;

  static Argument tag(std::string_view name) { return {Kind::Tag, std::string(name), 0, {}}; }
  static Argument integer(std::int64_t number) { return {Kind::Number, {}, number, {}}; }
  static Argument string(std::string text) { return {Kind::String, std::move(text), 0, {}}; }
  static Argument strings(std::vector<std::string> list) { return {Kind::List, {}, 0, std::move(list)}; }
};

struct Test {
  std::string name;  ///< lower case
  std::vector<Argument> arguments;
  std::vector<Test> tests;
  bool in_parentheses = false;  ///< `allof (a)` and `not a` differ
  bool operator==(const Test&) const = default;
};

struct Command {
  std::string name;  ///< lower case
  std::vector<Argument> arguments;
  std::vector<Test> tests;
  bool in_parentheses = false;
  bool has_block = false;
  std::vector<Command> block;
  bool operator==(const Command&) const = default;
};

/// A command or a comment of the top level, and where it stands in the text.
struct Item {
  bool is_comment = false;
  Command command;
  std::size_t begin = 0, end = 0;  ///< bytes
  int line = 1;                    ///< of its first byte
};

class SyntaxError : public std::runtime_error {
 public:
  SyntaxError(int line, const std::string& text) : std::runtime_error(text), line_(line) {}
  [[nodiscard]] int line() const { return line_; }

 private:
  int line_;
};

/// Line ends may be CRLF or LF; strings keep them. Comments within commands are passed over.
/// Errors: SyntaxError. Cost: linear.
std::vector<Item> parse(std::string_view text);

/// Lines end with LF. What was printed is parsed to the same.
std::string print(const Command& command);
std::string print(const Test& test);

}  // namespace gw::mail::sieve
