#include "directory/filter.hpp"

#include <cctype>
#include <functional>

namespace gw::directory {
namespace {

constexpr std::size_t kMaxFilter = 4'096;
constexpr int kMaxDepth = 20;
constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '\\';
  out += kHexDigits[byte >> 4U];
  out += kHexDigits[byte & 0x0FU];
}

std::string fill_pattern(std::string_view pattern, const LoginName& name,
                         std::string (*escape)(std::string_view)) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      out += pattern[i];
      continue;
    }
    const char what = pattern[++i];
    if (what == 'u')
      out += escape(name.user);
    else if (what == 'd')
      out += escape(name.domain);
    else if (what == 'l')
      out += escape(name.whole);
    else
      out += what;
  }
  return out;
}

/// Recursive descent over RFC 4515 section 3, without blanks around parts.
class FilterCheck {
 public:
  explicit FilterCheck(std::string_view text) : text_(text) {}

  bool whole() { return filter(0) && position_ == text_.size(); }

 private:
  [[nodiscard]] bool is_at(char c) const { return position_ < text_.size() && text_[position_] == c; }
  bool take(char c) {
    if (!is_at(c)) return false;
    ++position_;
    return true;
  }

  bool filter(int depth) {
    if (depth >= kMaxDepth || !take('(')) return false;
    if (take('&') || take('|')) {
      while (is_at('('))
        if (!filter(depth + 1)) return false;
    } else if (take('!')) {
      if (!filter(depth + 1)) return false;
    } else if (!item()) {
      return false;
    }
    return take(')');
  }

  bool item() {
    const std::size_t begin = position_;
    while (position_ < text_.size() && is_attribute_character(text_[position_])) ++position_;
    if (position_ == begin) return false;
    if (is_at('~') || is_at('>') || is_at('<')) ++position_;
    return take('=') && value();
  }

  static bool is_attribute_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == ';' || c == ':';
  }

  bool value() {
    for (; position_ < text_.size() && text_[position_] != ')'; ++position_) {
      const char c = text_[position_];
      if (c == '(' || c == '\0') return false;
      if (c != '\\') continue;
      for (int digit = 0; digit < 2; ++digit)
        if (++position_ >= text_.size() || std::isxdigit(static_cast<unsigned char>(text_[position_])) == 0)
          return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

std::string escape_filter_value(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '*' || c == '(' || c == ')' || c == '\\')
      append_escaped(out, c);
    else
      out += c;
  }
  return out;
}

std::string escape_dn_value(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain =
        std::isalnum(byte) != 0 || byte >= 0x80 || c == '.' || c == '-' || c == '_' || c == '@';
    if (is_plain)
      out += c;
    else
      append_escaped(out, c);
  }
  return out;
}

std::string fill_filter(std::string_view pattern, const LoginName& name) {
  return fill_pattern(pattern, name, escape_filter_value);
}

std::string fill_dn(std::string_view pattern, const LoginName& name) {
  return fill_pattern(pattern, name, escape_dn_value);
}

bool is_pattern(std::string_view pattern) {
  for (std::size_t at = pattern.find('%'); at != pattern.npos; at = pattern.find('%', at + 2))
    if (at + 1 >= pattern.size() || std::string_view("udl%").find(pattern[at + 1]) == std::string_view::npos)
      return false;
  return true;
}

bool is_filter(std::string_view text) { return text.size() <= kMaxFilter && FilterCheck(text).whole(); }

std::string both(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::string(a.empty() ? b : a);
  return "(&" + std::string(a) + std::string(b) + ")";
}

std::string equals(std::string_view attribute, std::string_view value) {
  return "(" + std::string(attribute) + "=" + escape_filter_value(value) + ")";
}

}  // namespace gw::directory
