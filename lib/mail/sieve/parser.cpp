#include "mail/sieve/syntax.hpp"
#include "mail/sieve/tokenizer.hpp"

namespace gw::mail::sieve {
namespace {

/// Recursive descent. `depth_` bounds it, also for commands in blocks.
class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(text) {}

  std::vector<Item> read_all() {
    std::vector<Item> items;
    for (advance(); token_.kind != Token::Kind::End;) {
      Item item;
      item.begin = token_.begin;
      item.line = token_.line;
      if (token_.kind == Token::Kind::Comment) {
        item.is_comment = true;
        item.end = token_.end;
        advance();
      } else {
        item.command = read_command();
        item.end = last_end_;
      }
      items.push_back(std::move(item));
    }
    return items;
  }

 private:
  void advance() {
    last_end_ = token_.end;
    token_ = tokens_.next();
  }
  void skip_comments() {
    while (token_.kind == Token::Kind::Comment) token_ = tokens_.next();
  }
  /// The next token within a command.
  void advance_inside() {
    advance();
    skip_comments();
  }
  [[noreturn]] void fail(const std::string& what) const { throw SyntaxError(token_.line, what); }
  void expect(char mark) {
    if (!token_.is_mark(mark)) fail(std::string("'") + mark + "' is missing");
  }
  void descend() {
    if (++depth_ > kMaxNesting) fail("it is nested too deeply");
  }

  Command read_command() {
    if (token_.kind != Token::Kind::Identifier) fail("a command is missing");
    Command command;
    command.name = token_.text;
    advance_inside();
    read_arguments(command);
    if (token_.is_mark(';')) {
      advance();
      return command;
    }
    expect('{');
    command.has_block = true;
    descend();
    for (advance_inside(); !token_.is_mark('}'); skip_comments()) command.block.push_back(read_command());
    --depth_;
    advance();
    return command;
  }

  template <class Node>
  void read_arguments(Node& node) {
    while (read_argument(node.arguments)) {
    }
    if (token_.kind == Token::Kind::Identifier) {
      node.tests.push_back(read_test());
    } else if (token_.is_mark('(')) {
      node.in_parentheses = true;
      do {
        advance_inside();
        node.tests.push_back(read_test());
      } while (token_.is_mark(','));
      expect(')');
      advance_inside();
    }
  }

  bool read_argument(std::vector<Argument>& to) {
    switch (token_.kind) {
      case Token::Kind::Tag:
        to.push_back(Argument::tag(token_.text));
        break;
      case Token::Kind::Number:
        to.push_back(Argument::integer(token_.number));
        break;
      case Token::Kind::String:
        to.push_back(Argument::string(std::move(token_.text)));
        break;
      default:
        if (!token_.is_mark('[')) return false;
        to.push_back(Argument::strings(read_list()));
    }
    advance_inside();
    return true;
  }

  std::vector<std::string> read_list() {
    std::vector<std::string> list;
    do {
      advance_inside();
      if (list.empty() && token_.is_mark(']')) return list;  // not in the grammar, but servers write it
      if (token_.kind != Token::Kind::String) fail("a text is missing");
      list.push_back(std::move(token_.text));
      advance_inside();
    } while (token_.is_mark(','));
    expect(']');
    return list;
  }

  Test read_test() {
    if (token_.kind != Token::Kind::Identifier) fail("a test is missing");
    descend();
    Test test;
    test.name = token_.text;
    advance_inside();
    read_arguments(test);
    --depth_;
    return test;
  }

  Tokenizer tokens_;
  Token token_;
  std::size_t last_end_ = 0;
  int depth_ = 0;
};

}  // namespace

std::vector<Item> parse(std::string_view text) {
  if (text.size() > kMaxScript) throw SyntaxError(1, "the script is too long");
  return Parser(text).read_all();
}

}  // namespace gw::mail::sieve
