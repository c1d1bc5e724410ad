#include <fmt/format.h>

#include "mail/sieve/syntax.hpp"

namespace gw::mail::sieve {
namespace {

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// The shortest form that means the same.
std::string print_number(std::int64_t number) {
  if (number == 0) return "0";
  for (const auto& [shift, unit] : {std::pair{30, 'G'}, std::pair{20, 'M'}, std::pair{10, 'K'}})
    if ((number & ((std::int64_t{1} << shift) - 1)) == 0) return fmt::format("{}{}", number >> shift, unit);
  return std::to_string(number);
}

std::string print_argument(const Argument& argument) {
  switch (argument.kind) {
    case Argument::Kind::Tag:
      return ":" + argument.text;
    case Argument::Kind::Number:
      return print_number(argument.number);
    case Argument::Kind::String:
      return quote(argument.text);
    case Argument::Kind::List:
      break;
  }
  std::string out = "[";
  for (const std::string& text : argument.list) out += (out.size() > 1 ? ", " : "") + quote(text);
  return out + "]";
}

template <class Node>
std::string print_head(const Node& node) {
  std::string out = node.name;
  for (const Argument& argument : node.arguments) out += " " + print_argument(argument);
  if (node.tests.empty()) return out;
  out += node.in_parentheses ? " (" : " ";
  for (std::size_t i = 0; i < node.tests.size(); ++i) out += (i > 0 ? ", " : "") + print(node.tests[i]);
  return node.in_parentheses ? out + ")" : out;
}

void append(std::string& out, const Command& command, int level) {
  const std::string indent(static_cast<std::size_t>(level) * 4, ' ');
  out += indent + print_head(command);
  if (!command.has_block) {
    out += ";\n";
    return;
  }
  out += " {\n";
  for (const Command& inner : command.block) append(out, inner, level + 1);
  out += indent + "}\n";
}

}  // namespace

std::string print(const Test& test) { return print_head(test); }

std::string print(const Command& command) {
  std::string out;
  append(out, command, 0);
  return out;
}

}  // namespace gw::mail::sieve
