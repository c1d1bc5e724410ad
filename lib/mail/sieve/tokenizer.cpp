#include "mail/sieve/tokenizer.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail::sieve {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Token Tokenizer::next() {
  skip_blanks();
  Token token;
  token.begin = position_;
  token.line = line_;
  const char c = at(position_);
  if (position_ >= text_.size()) {
    token.kind = Token::Kind::End;
  } else if (c == '#' || (c == '/' && at(position_ + 1) == '*')) {
    token.kind = Token::Kind::Comment;
    skip_comment();
  } else if (is_letter(c)) {
    token.kind = Token::Kind::Identifier;
    token.text = take_word();
    if (token.text == "text" && at(position_) == ':') take_lines(token);
  } else if (c == ':') {
    ++position_;
    if (!is_letter(at(position_))) fail("a name is missing behind the colon");
    token.kind = Token::Kind::Tag;
    token.text = take_word();
  } else if (is_digit(c)) {
    take_number(token);
  } else if (c == '"') {
    take_quoted(token);
  } else if (std::string_view("()[]{},;").find(c) != std::string_view::npos) {
    token.kind = Token::Kind::Mark;
    token.text = c;
    ++position_;
  } else {
    fail("there is a character that does not belong here");
  }
  token.end = position_;
  return token;
}

void Tokenizer::skip_blanks() {
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return;
    if (c == '\n') ++line_;
    ++position_;
  }
}

void Tokenizer::skip_comment() {
  if (text_[position_] == '#') {
    position_ = std::min(text_.find('\n', position_), text_.size());
    if (position_ > 0 && text_[position_ - 1] == '\r') --position_;
    return;
  }
  const std::size_t end = text_.find("*/", position_ + 2);
  if (end == std::string_view::npos) fail("a comment has no end");
  line_ += static_cast<int>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(position_),
                                       text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  position_ = end + 2;
}

std::string Tokenizer::take_word() {
  const std::size_t begin = position_;
  while (is_letter(at(position_)) || is_digit(at(position_))) ++position_;
  return to_lower_ascii(text_.substr(begin, position_ - begin));
}

void Tokenizer::take_number(Token& token) {
  token.kind = Token::Kind::Number;
  constexpr std::int64_t kMost = INT64_MAX / 16;
  while (is_digit(at(position_))) {
    if (token.number > kMost) fail("a number is too large");
    token.number = token.number * 10 + (at(position_++) - '0');
  }
  const std::string unit = to_lower_ascii(std::string(1, at(position_)));
  const int shift = unit == "k" ? 10 : unit == "m" ? 20 : unit == "g" ? 30 : 0;
  if (shift == 0) return;
  if (token.number > (INT64_MAX >> shift)) fail("a number is too large");
  token.number <<= shift;
  ++position_;
}

void Tokenizer::take_quoted(Token& token) {
  token.kind = Token::Kind::String;
  for (++position_; position_ < text_.size(); ++position_) {
    char c = text_[position_];
    if (c == '"') {
      ++position_;
      return;
    }
    if (c == '\\' && position_ + 1 < text_.size()) c = text_[++position_];
    if (c == '\0') fail("a text holds a byte of zero");
    if (c == '\n') ++line_;
    token.text += c;
  }
  fail("a text has no end");
}

void Tokenizer::skip_rest_of_text_line() {
  while (at(position_) == ' ' || at(position_) == '\t') ++position_;
  if (at(position_) == '#') skip_comment();
  if (at(position_) == '\r') ++position_;
  if (at(position_) != '\n') fail("the text must begin on its own line");
  ++position_;
  ++line_;
}

void Tokenizer::take_lines(Token& token) {
  ++position_;
  skip_rest_of_text_line();
  token.kind = Token::Kind::String;
  token.text.clear();
  while (position_ < text_.size()) {
    const std::size_t end = text_.find('\n', position_);
    std::string_view line =
        text_.substr(position_, end == std::string_view::npos ? end : end + 1 - position_);
    position_ += line.size();
    if (end != std::string_view::npos) ++line_;
    if (line == ".\n" || line == ".\r\n" || line == ".") return;
    if (line.starts_with('.')) line.remove_prefix(1);
    if (line.find('\0') != std::string_view::npos) fail("a text holds a byte of zero");
    token.text += line;
  }
  fail("a text has no end");
}

}  // namespace gw::mail::sieve
