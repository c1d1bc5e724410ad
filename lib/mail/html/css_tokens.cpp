// Source: CSS Syntax Module Level 3 section 4, cut down to what a style sheet of a mail may hold.
#include "mail/html/css_tokens.hpp"

#include <cstdint>

#include "core/text.hpp"

namespace gw::mail::html {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) { return is_name_start(c) || is_digit(c) || c == '-'; }

class Lexer {
 public:
  explicit Lexer(std::string_view css) : css_(css) {}
  std::vector<CssToken> run() {
    while (at_ < css_.size()) next();
    return std::move(tokens_);
  }

 private:
  using Kind = CssToken::Kind;
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < css_.size() ? css_[at_ + ahead] : '\0';
  }
  void add(Kind kind, std::string text, std::string unit = {}) {
    tokens_.push_back({kind, std::move(text), std::move(unit)});
  }
  /// A comment is a space too: what it parts would be one word when it is written without it.
  void add_space() {
    if (tokens_.empty() || tokens_.back().kind != Kind::Space) add(Kind::Space, " ");
  }
  [[nodiscard]] bool starts_escape(std::size_t ahead = 0) const {
    return peek(ahead) == '\\' && at_ + ahead + 1 < css_.size() && peek(ahead + 1) != '\n';
  }
  [[nodiscard]] bool starts_name() const {
    if (is_name_start(peek()) || starts_escape()) return true;
    return peek() == '-' && (is_name_start(peek(1)) || peek(1) == '-' || starts_escape(1));
  }
  [[nodiscard]] bool starts_number() const {
    std::size_t ahead = peek() == '+' || peek() == '-' ? 1 : 0;
    return is_digit(peek(ahead)) || (peek(ahead) == '.' && is_digit(peek(ahead + 1)));
  }

  void take_escape(std::string& to) {
    ++at_;
    if (!is_hex(peek())) {
      to += peek();
      ++at_;
      return;
    }
    std::uint32_t code = 0;
    for (int i = 0; i < 6 && is_hex(peek()); ++i, ++at_) {
      const char c = peek();
      code = code * 16 + static_cast<std::uint32_t>(
                             is_digit(c) ? c - '0' : (static_cast<unsigned char>(c) | 0x20) - 'a' + 10);
    }
    if (is_space(peek())) ++at_;
    // Only ASCII matters for judging; anything else is written as a mark that no allowed name has.
    to += code > 0 && code < 0x80 ? static_cast<char>(code) : '\x7F';
  }

  std::string take_name() {
    std::string name;
    while (at_ < css_.size()) {
      if (starts_escape()) {
        take_escape(name);
      } else if (is_name(peek())) {
        name += peek();
        ++at_;
      } else {
        break;
      }
    }
    return name;
  }

  void take_string(char quote) {
    std::string text;
    for (++at_; at_ < css_.size();) {
      const char c = peek();
      if (c == quote) {
        ++at_;
        add(Kind::String, std::move(text));
        return;
      }
      if (c == '\n' || c == '\r' || c == '\f') break;
      if (c == '\\' && peek(1) == '\n') {
        at_ += 2;
      } else if (starts_escape()) {
        take_escape(text);
      } else {
        text += c;
        ++at_;
      }
    }
    add(Kind::Bad, {});
  }

  void take_number() {
    std::string number;
    if (peek() == '+' || peek() == '-') number += css_[at_++];
    while (is_digit(peek())) number += css_[at_++];
    if (peek() == '.' && is_digit(peek(1))) {
      number += css_[at_++];
      while (is_digit(peek())) number += css_[at_++];
    }
    if (peek() == '%') {
      ++at_;
      add(Kind::Percentage, std::move(number));
    } else if (starts_name()) {
      std::string unit = to_lower_ascii(take_name());
      add(Kind::Dimension, std::move(number), std::move(unit));
    } else {
      add(Kind::Number, std::move(number));
    }
  }

  /// Behind `url(`. With a quote inside it is an ordinary function whose argument is a string.
  void take_url() {
    while (is_space(peek())) ++at_;
    if (peek() == '"' || peek() == '\'') {
      const std::size_t before = tokens_.size();
      take_string(peek());
      const bool is_good = tokens_.size() > before && tokens_.back().kind == Kind::String;
      while (is_space(peek())) ++at_;
      if (is_good && peek() == ')') {
        ++at_;
        tokens_.back().kind = Kind::Url;
      } else if (tokens_.size() > before) {
        tokens_.back().kind = Kind::Bad;
      }
      return;
    }
    std::string text;
    while (at_ < css_.size() && peek() != ')') {
      if (starts_escape())
        take_escape(text);
      else
        text += css_[at_++];
    }
    if (at_ < css_.size()) ++at_;
    add(text.find_first_of("\"'(") == std::string::npos ? Kind::Url : Kind::Bad, std::string(trim(text)));
  }

  void next() {
    const char c = peek();
    if (c == '/' && peek(1) == '*') {
      const std::size_t end = css_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? css_.size() : end + 2;
      add_space();
    } else if (is_space(c)) {
      while (is_space(peek())) ++at_;
      add_space();
    } else if (c == '"' || c == '\'') {
      take_string(c);
    } else if (starts_number()) {
      take_number();
    } else if (starts_name()) {
      std::string name = take_name();
      if (peek() != '(') return add(Kind::Ident, std::move(name));
      ++at_;
      if (to_lower_ascii(name) == "url") return take_url();
      add(Kind::Function, to_lower_ascii(name));
    } else if (c == '@' || c == '#') {
      ++at_;
      std::string name = take_name();
      if (name.empty()) return add(Kind::Delim, std::string(1, c));
      add(c == '@' ? Kind::At : Kind::Hash, std::move(name));
    } else {
      ++at_;
      add(Kind::Delim, std::string(1, c));
    }
  }

  std::string_view css_;
  std::size_t at_ = 0;
  std::vector<CssToken> tokens_;
};

}  // namespace

std::vector<CssToken> css_tokens(std::string_view css) { return Lexer(css).run(); }

}  // namespace gw::mail::html
