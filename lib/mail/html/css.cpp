// Declarations, selectors and rules: an allow-list of properties and of the tokens their values may hold.
#include "mail/html/css.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/text.hpp"
#include "mail/html/css_tokens.hpp"

namespace gw::mail::html {
namespace {

using Kind = CssToken::Kind;
using Tokens = std::span<const CssToken>;

/// Sorted. Not here on purpose: behavior, -moz-binding, content, cursor, filter, z-index, opacity tricks,
/// animation and transition, custom properties.
constexpr std::array<std::string_view, 128> kProperties{"background",
                                                        "background-color",
                                                        "background-image",
                                                        "background-position",
                                                        "background-repeat",
                                                        "background-size",
                                                        "border",
                                                        "border-bottom",
                                                        "border-bottom-color",
                                                        "border-bottom-left-radius",
                                                        "border-bottom-right-radius",
                                                        "border-bottom-style",
                                                        "border-bottom-width",
                                                        "border-collapse",
                                                        "border-color",
                                                        "border-left",
                                                        "border-left-color",
                                                        "border-left-style",
                                                        "border-left-width",
                                                        "border-radius",
                                                        "border-right",
                                                        "border-right-color",
                                                        "border-right-style",
                                                        "border-right-width",
                                                        "border-spacing",
                                                        "border-style",
                                                        "border-top",
                                                        "border-top-color",
                                                        "border-top-left-radius",
                                                        "border-top-right-radius",
                                                        "border-top-style",
                                                        "border-top-width",
                                                        "border-width",
                                                        "box-shadow",
                                                        "box-sizing",
                                                        "caption-side",
                                                        "clear",
                                                        "color",
                                                        "column-count",
                                                        "column-gap",
                                                        "column-rule",
                                                        "column-width",
                                                        "direction",
                                                        "display",
                                                        "empty-cells",
                                                        "float",
                                                        "font",
                                                        "font-family",
                                                        "font-size",
                                                        "font-stretch",
                                                        "font-style",
                                                        "font-variant",
                                                        "font-weight",
                                                        "height",
                                                        "hyphens",
                                                        "letter-spacing",
                                                        "line-break",
                                                        "line-height",
                                                        "list-style",
                                                        "list-style-image",
                                                        "list-style-position",
                                                        "list-style-type",
                                                        "margin",
                                                        "margin-bottom",
                                                        "margin-left",
                                                        "margin-right",
                                                        "margin-top",
                                                        "max-height",
                                                        "max-width",
                                                        "min-height",
                                                        "min-width",
                                                        "mso-ansi-language",
                                                        "mso-bidi-font-family",
                                                        "mso-bidi-font-size",
                                                        "mso-fareast-font-family",
                                                        "mso-fareast-language",
                                                        "mso-line-height-rule",
                                                        "mso-list",
                                                        "mso-margin-bottom-alt",
                                                        "mso-margin-top-alt",
                                                        "mso-padding-alt",
                                                        "mso-style-priority",
                                                        "mso-table-lspace",
                                                        "mso-table-rspace",
                                                        "opacity",
                                                        "orphans",
                                                        "outline",
                                                        "outline-color",
                                                        "outline-style",
                                                        "outline-width",
                                                        "overflow",
                                                        "overflow-wrap",
                                                        "overflow-x",
                                                        "overflow-y",
                                                        "padding",
                                                        "padding-bottom",
                                                        "padding-left",
                                                        "padding-right",
                                                        "padding-top",
                                                        "page-break-after",
                                                        "page-break-before",
                                                        "page-break-inside",
                                                        "position",
                                                        "quotes",
                                                        "table-layout",
                                                        "text-align",
                                                        "text-align-last",
                                                        "text-decoration",
                                                        "text-decoration-color",
                                                        "text-decoration-line",
                                                        "text-decoration-style",
                                                        "text-indent",
                                                        "text-justify",
                                                        "text-overflow",
                                                        "text-shadow",
                                                        "text-size-adjust",
                                                        "text-transform",
                                                        "text-underline-position",
                                                        "text-wrap",
                                                        "unicode-bidi",
                                                        "vertical-align",
                                                        "visibility",
                                                        "white-space",
                                                        "widows",
                                                        "width",
                                                        "word-break",
                                                        "word-spacing",
                                                        "word-wrap"};

constexpr std::array<std::string_view, 17> kUnits{"ch", "cm", "deg", "em",  "ex",   "fr", "in", "mm", "pc",
                                                  "pt", "px", "rad", "rem", "turn", "vh", "vw", "q"};
constexpr std::array<std::string_view, 10> kFunctions{"calc",
                                                      "hsl",
                                                      "hsla",
                                                      "linear-gradient",
                                                      "max",
                                                      "min",
                                                      "radial-gradient",
                                                      "rgb",
                                                      "rgba",
                                                      "repeating-linear-gradient"};
constexpr std::array<std::string_view, 5> kImageProperties{"background", "background-image", "list-style",
                                                           "list-style-image", "border-image"};
constexpr std::array<std::string_view, 18> kPseudo{
    "active",       "after",      "before",        "checked",      "empty", "first-child",
    "first-letter", "first-line", "first-of-type", "focus",        "hover", "last-child",
    "last-of-type", "link",       "only-child",    "only-of-type", "root",  "visited"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_plain_word(std::string_view word) {
  constexpr std::size_t kLongest = 60;
  return !word.empty() && word.size() <= kLongest && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// A name that a second reading finds to be one again: an escape may put a digit first.
bool is_plain_name(std::string_view word) {
  const std::size_t first = word.find_first_not_of('-');
  return is_plain_word(word) && first != std::string_view::npos && (word[first] < '0' || word[first] > '9');
}

bool is_hex_color(std::string_view text) {
  return (text.size() == 3 || text.size() == 4 || text.size() == 6 || text.size() == 8) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

bool is_font_name(std::string_view text) {
  return text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
                  c == '-' || c == '_' || c == '.' || c == ',' || static_cast<unsigned char>(c) >= 0x80;
         });
}

/// What may be written between the quotes of url("…").
bool is_safe_in_url(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '\\' || c == '(' ||
           c == ')' || c == '<' || c == '>' || c == 0x7F;
  });
}

Tokens trim_space(Tokens tokens) {
  while (!tokens.empty() && tokens.front().kind == Kind::Space) tokens = tokens.subspan(1);
  while (!tokens.empty() && tokens.back().kind == Kind::Space) tokens = tokens.first(tokens.size() - 1);
  return tokens;
}

/// Writes one value. Errors: empty when a token is not allowed in it.
class ValueWriter {
 public:
  ValueWriter(std::string_view property, const CssPolicy& policy, bool& blocked)
      : property_(property), policy_(policy), blocked_(blocked) {}

  std::optional<std::string> write(Tokens tokens) {
    for (const CssToken& token : trim_space(tokens))
      if (!add(token)) return std::nullopt;
    if (brackets_ != 0 || out_.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool add(const CssToken& token) {
    switch (token.kind) {
      case Kind::Space:
        // Two stand side by side where an address was left out.
        return out_.ends_with(' ') || append(" ");
      case Kind::Ident:
        return is_plain_name(token.text) && append(token.text);
      case Kind::Hash:
        return is_hex_color(token.text) && append("#" + token.text);
      case Kind::Number:
        return token.text.size() < 20 && append(token.text);
      case Kind::Percentage:
        return token.text.size() < 20 && append(token.text + "%");
      case Kind::Dimension:
        return token.text.size() < 20 && holds(kUnits, token.unit) && append(token.text + token.unit);
      case Kind::String:
        return add_string(token.text);
      case Kind::Url:
        return add_url(token.text);
      case Kind::Function:
        ++brackets_;
        return brackets_ < 10 && holds(kFunctions, token.text) && append(token.text + "(");
      case Kind::Delim:
        return add_character(token.text);
      default:
        return false;
    }
  }
  bool append(std::string_view text) {
    out_ += text;
    return true;
  }
  bool add_string(const std::string& text) {
    return (property_ == "font-family" || property_ == "font" ||
            property_.find("font-family") != std::string::npos) &&
           is_font_name(text) && append("'" + text + "'");
  }
  bool add_url(const std::string& text) {
    if (!holds(kImageProperties, property_) || brackets_ > 0) return false;
    const auto address = clean_image(text, policy_.images, blocked_);
    return address && is_safe_in_url(*address) && append("url(\"" + *address + "\")");
  }
  bool add_character(const std::string& text) {
    if (text == ")") return --brackets_ >= 0 && append(text);
    if (text == "," || text == "/") return append(text);
    // Arithmetic of calc() only, and the mark of !important.
    if (text == "+" || text == "-" || text == "*") return brackets_ > 0 && append(text);
    return text == "!" && append(text);
  }
  std::string property_;
  const CssPolicy& policy_;
  bool& blocked_;
  std::string out_;
  int brackets_ = 0;
};

/// A value without its image is still worth something: `background: red url(x)` keeps the colour.
std::vector<CssToken> without_urls(Tokens tokens) {
  std::vector<CssToken> out;
  for (const CssToken& token : tokens)
    if (token.kind != Kind::Url) out.push_back(token);
  return out;
}

bool is_allowed_value(std::string_view property, std::string_view value) {
  const std::string lower = to_lower_ascii(value);
  // A mail may not leave its frame or lie over the reader's page.
  if (property == "position") return lower == "static" || lower == "relative";
  if (property.starts_with("margin"))
    return lower.find('-') == std::string::npos || lower.find("calc") != std::string::npos;
  if (property == "text-indent") return lower.find('-') == std::string::npos;
  if (property == "display") return lower.find("contents") == std::string::npos;
  return true;
}

void add_declaration(Tokens tokens, const CssPolicy& policy, bool& blocked, std::string& out) {
  tokens = trim_space(tokens);
  if (tokens.size() < 3 || tokens.front().kind != Kind::Ident) return;
  const std::string property = to_lower_ascii(tokens.front().text);
  if (!std::binary_search(kProperties.begin(), kProperties.end(), property)) return;
  tokens = trim_space(tokens.subspan(1));
  if (tokens.empty() || !tokens.front().is(':')) return;
  tokens = tokens.subspan(1);
  auto value = ValueWriter(property, policy, blocked).write(tokens);
  if (!value) {
    const auto rest = without_urls(tokens);
    if (rest.size() < tokens.size()) value = ValueWriter(property, policy, blocked).write(rest);
  }
  if (!value || !is_allowed_value(property, *value)) return;
  if (!out.empty()) out += "; ";
  out += property + ": " + *value;
}

std::string write_declarations(Tokens tokens, const CssPolicy& policy, bool& blocked) {
  std::string out;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i < tokens.size()) {
      if (tokens[i].kind == Kind::Function || tokens[i].is('(') || tokens[i].is('{') || tokens[i].is('['))
        ++depth;
      if (tokens[i].is(')') || tokens[i].is('}') || tokens[i].is(']')) depth = std::max(0, depth - 1);
      if (!tokens[i].is(';') || depth > 0) continue;
    }
    add_declaration(tokens.subspan(begin, i - begin), policy, blocked, out);
    begin = i + 1;
  }
  return out;
}

/// One selector without commas. Errors: empty when something in it is not understood.
std::optional<std::string> write_selector(Tokens tokens, const CssPolicy& policy) {
  tokens = trim_space(tokens);
  std::string out;
  bool is_first = true, is_scoped = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const CssToken& token = tokens[i];
    if (token.kind == Kind::Ident) {
      const std::string name = to_lower_ascii(token.text);
      if (!is_plain_name(name)) return std::nullopt;
      // The page around is ours: these mean the mail itself.
      if (name == "html" || name == "body") {
        if (policy.scope.empty()) {
          out += name;
        } else if (!is_scoped) {
          out = policy.scope;
          is_scoped = true;
        }
      } else {
        out += name;
      }
    } else if (token.is('.') && i + 1 < tokens.size() && tokens[i + 1].kind == Kind::Ident) {
      const std::string& name = tokens[++i].text;
      if (is_first && "." + name == policy.scope) {
        is_scoped = true;
        out += policy.scope;
      } else {
        const std::string prefixed = prefixed_name(name, policy.prefix);
        if (!is_plain_name(prefixed)) return std::nullopt;
        out += "." + prefixed;
      }
    } else if (token.kind == Kind::Hash) {
      const std::string name = prefixed_name(token.text, policy.prefix);
      if (name.empty()) return std::nullopt;
      out += "#" + name;
    } else if (token.is(':') && i + 1 < tokens.size() && tokens[i + 1].kind == Kind::Ident &&
               holds(kPseudo, to_lower_ascii(tokens[i + 1].text))) {
      out += ":" + to_lower_ascii(tokens[++i].text);
    } else if (token.kind == Kind::Space) {
      if (!out.empty() && !out.ends_with(' ')) out += ' ';
    } else if (token.is('*') || token.is('>') || token.is('+') || token.is('~')) {
      out += token.text;
    } else {
      return std::nullopt;
    }
    if (token.kind != Kind::Space) is_first = false;
  }
  out = std::string(trim(out));
  constexpr std::string_view kCombinators = ">+~";
  if (out.empty() || kCombinators.find(out.front()) != std::string_view::npos ||
      kCombinators.find(out.back()) != std::string_view::npos)
    return std::nullopt;
  if (!policy.scope.empty() && !is_scoped) out = policy.scope + " " + out;
  return out;
}

std::string write_selectors(Tokens tokens, const CssPolicy& policy) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i < tokens.size() && !tokens[i].is(',')) continue;
    if (const auto one = write_selector(tokens.subspan(begin, i - begin), policy))
      out += (out.empty() ? "" : ", ") + std::string(trim(*one));
    begin = i + 1;
  }
  return out;
}

/// `screen and (max-width: 600px)`. Errors: empty when something in it is not understood.
std::string write_media(Tokens tokens) {
  std::string out;
  for (const CssToken& token : trim_space(tokens)) {
    if (token.kind == Kind::Ident && is_plain_name(token.text)) {
      out += to_lower_ascii(token.text);
    } else if (token.kind == Kind::Space || token.is('(') || token.is(')') || token.is(':') ||
               token.is(',')) {
      out += token.text;
    } else if (token.kind == Kind::Function && token.text == "and") {
      out += "and (";
    } else if (token.kind == Kind::Dimension && holds(kUnits, token.unit)) {
      out += token.text + token.unit;
    } else if (token.kind == Kind::Number) {
      out += token.text;
    } else {
      return {};
    }
  }
  return std::count(out.begin(), out.end(), '(') == std::count(out.begin(), out.end(), ')') ? out
                                                                                            : std::string();
}

class SheetWriter {
 public:
  SheetWriter(const CssPolicy& policy, bool& blocked) : policy_(policy), blocked_(blocked) {}

  std::string write(Tokens tokens, bool is_inner) {
    std::string out;
    std::size_t at = 0;
    while (at < tokens.size() && rules_ < kMaxRules) {
      if (tokens[at].kind == Kind::Space || tokens[at].is(';') || tokens[at].is('}')) {
        ++at;
        continue;
      }
      const std::size_t open = find_open(tokens, at);
      if (open == tokens.size() || tokens[open].is(';')) {  // @import and the like, or a rest
        at = open + 1;
        continue;
      }
      const std::size_t close = find_close(tokens, open);
      ++rules_;
      add_rule(tokens.subspan(at, open - at), tokens.subspan(open + 1, close - open - 1), is_inner, out);
      at = close + 1;
    }
    return out;
  }

 private:
  /// The brace that opens the block of the rule at `at`; at-rules may end with a semicolon before.
  static std::size_t find_open(Tokens tokens, std::size_t at) {
    const bool is_at_rule = tokens[at].kind == Kind::At;
    while (at < tokens.size() && !tokens[at].is('{') && !(is_at_rule && tokens[at].is(';'))) ++at;
    return at;
  }
  static std::size_t find_close(Tokens tokens, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < tokens.size(); ++i) {
      if (tokens[i].is('{')) ++depth;
      if (tokens[i].is('}') && --depth == 0) return i;
    }
    return tokens.size();
  }
  void add_rule(Tokens prelude, Tokens block, bool is_inner, std::string& out) {
    if (prelude.front().kind == Kind::At) {
      if (is_inner || to_lower_ascii(prelude.front().text) != "media") return;
      const std::string condition = write_media(prelude.subspan(1));
      const std::string rules = condition.empty() ? std::string() : write(block, true);
      if (!rules.empty()) out += "@media " + condition + " {\n" + rules + "}\n";
      return;
    }
    // The marks that hid sheets from old browsers are no part of a selector.
    while (prelude.size() > 3 && prelude[0].is('<') && prelude[1].is('!')) {
      prelude = prelude.subspan(2);
      while (!prelude.empty() && (prelude.front().is('-') || prelude.front().text == "--"))
        prelude = prelude.subspan(1);
    }
    const std::string selectors = write_selectors(prelude, policy_);
    if (selectors.empty()) return;
    const std::string declarations = write_declarations(block, policy_, blocked_);
    if (!declarations.empty()) out += selectors + " { " + declarations + " }\n";
  }
  const CssPolicy& policy_;
  bool& blocked_;
  std::size_t rules_ = 0;
};

}  // namespace

std::string clean_declarations(std::string_view css, const CssPolicy& policy, bool& blocked) {
  if (css.size() > kMaxStyle) return {};
  const auto tokens = css_tokens(css);
  return write_declarations(tokens, policy, blocked);
}

std::string clean_sheet(std::string_view css, const CssPolicy& policy, bool& blocked) {
  const auto tokens = css_tokens(css.substr(0, kMaxStyle));
  return SheetWriter(policy, blocked).write(tokens, false);
}

std::string prefixed_name(std::string_view name, std::string_view prefix) {
  if (!is_plain_word(name)) return {};
  return name.starts_with(prefix) ? std::string(name) : std::string(prefix) + std::string(name);
}

std::string clean_length(std::string_view text) {
  text = trim(text);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  if (digits == 0 || digits > 8) return {};
  const std::string unit = to_lower_ascii(trim(text.substr(digits)));
  if (!unit.empty() && unit != "%" && unit != "*" && !holds(kUnits, unit)) return {};
  return std::string(text.substr(0, digits)) + unit;
}

std::string clean_color(std::string_view text) {
  text = trim(text);
  if (text.starts_with('#')) return is_hex_color(text.substr(1)) ? std::string(text) : std::string();
  if (text.size() == 6 && is_hex_color(text)) return "#" + std::string(text);
  const bool is_word = !text.empty() && text.size() < 30 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return is_word ? to_lower_ascii(text) : std::string();
}

}  // namespace gw::mail::html
