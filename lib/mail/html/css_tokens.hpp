// The tokens of CSS that mails need. Escapes are undone here and nowhere else, so that `\65 xpression` is
// judged by what it means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::html {

struct CssToken {
  enum class Kind {
    Ident,
    Function,  ///< text is the name, the opening bracket is part of it
    At,        ///< @name
    Hash,      ///< #name
    String,
    Url,        ///< url(...) without quotes
    Number,     ///< text is the number as written
    Dimension,  ///< text is the number, unit its unit
    Percentage,
    Space,
    Delim,  ///< one character that is none of the others, brackets and braces, too
    Bad,    ///< a broken string or url
  };
  Kind kind = Kind::Delim;
  std::string text, unit;
  [[nodiscard]] bool is(char c) const { return kind == Kind::Delim && text.size() == 1 && text[0] == c; }
};

/// Comments vanish; `<!--` and `-->` are ordinary characters. Cost: linear.
std::vector<CssToken> css_tokens(std::string_view css);

}  // namespace gw::mail::html
