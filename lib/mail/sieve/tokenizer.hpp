// Words of a Sieve script. Source: RFC 5228 section 8.1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/sieve/syntax.hpp"

namespace gw::mail::sieve {

struct Token {
  enum class Kind { Identifier, Tag, Number, String, Mark, Comment, End };
  Kind kind = Kind::End;
  std::string
      text;  ///< identifiers and tags lower case, tags without colon; strings unescaped; of a mark: itself
  std::int64_t number = 0;
  std::size_t begin = 0, end = 0;
  int line = 1;
  [[nodiscard]] bool is_mark(char mark) const { return kind == Kind::Mark && text[0] == mark; }
};

/// Views the text, which must outlive it.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}
  /// Errors: SyntaxError.
  Token next();

 private:
  [[nodiscard]] char at(std::size_t place) const { return place < text_.size() ? text_[place] : '\0'; }
  void skip_blanks();
  void skip_comment();
  std::string take_word();
  void take_number(Token& token);
  void take_quoted(Token& token);
  void take_lines(Token& token);
  void skip_rest_of_text_line();
  [[noreturn]] void fail(const std::string& what) const { throw SyntaxError(line_, what); }

  std::string_view text_;
  std::size_t position_ = 0;
  int line_ = 1;
};

}  // namespace gw::mail::sieve
