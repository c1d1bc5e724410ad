#include "mail/mime/authentication_results.hpp"

#include "core/text.hpp"

namespace gw::mail::mime {
namespace {

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Goes through the value once, over blanks and comments.
class ResultReader {
 public:
  explicit ResultReader(std::string_view text) : rest_(text) {}

  /// Gives the text of the first comment on the way.
  std::string skip() {
    std::string first;
    bool has_comment = false;
    while (!rest_.empty()) {
      if (is_white(rest_.front())) {
        rest_.remove_prefix(1);
      } else if (rest_.front() == '(') {
        std::string comment = take_comment();
        if (!has_comment) first = std::move(comment);
        has_comment = true;
      } else {
        break;
      }
    }
    return first;
  }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// A quoted string, or what stands before a blank, a comment or one of `ends`.
  std::string word(std::string_view ends) {
    if (take('"')) return take_quoted();
    std::size_t end = 0;
    while (end < rest_.size() && !is_white(rest_[end]) && rest_[end] != '(' &&
           ends.find(rest_[end]) == std::string_view::npos)
      ++end;
    std::string found(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return found;
  }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

 private:
  char take_character() {
    if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  std::string take_quoted() {
    std::string text;
    while (!rest_.empty() && rest_.front() != '"') text += take_character();
    take('"');
    return text;
  }
  /// Comments nest.
  std::string take_comment() {
    std::string text;
    int depth = 0;
    while (!rest_.empty()) {
      const bool is_escaped = rest_.front() == '\\';
      const char c = take_character();
      if (!is_escaped && c == '(' && ++depth == 1) continue;
      if (!is_escaped && c == ')' && --depth == 0) break;
      text += c;
    }
    return text;
  }

  std::string_view rest_;
};

/// `name = value` pairs behind a result. False: something else stands there.
bool read_members(ResultReader& reader, MethodResult& method) {
  for (;;) {
    const std::string comment = reader.skip();
    if (method.reason.empty() && method.properties.empty()) method.reason = comment;
    if (reader.is_at_end() || reader.take(';')) return true;
    std::string name = reader.word("=;.");
    reader.skip();
    while (reader.take('.')) {
      reader.skip();
      name += '.' + reader.word("=;.");
      reader.skip();
    }
    if (name.empty() || !reader.take('=')) return false;
    reader.skip();
    std::string value = reader.word(";");
    name = to_lower_ascii(name);
    if (name == "reason")
      method.reason = std::move(value);
    else if (method.properties.size() < kMaxProperties)
      method.properties.emplace_back(std::move(name), std::move(value));
  }
}

/// `method[/version] = result`. False: there is none.
bool read_result(ResultReader& reader, MethodResult& method) {
  reader.skip();
  method.method = to_lower_ascii(reader.word("=;/"));
  reader.skip();
  if (reader.take('/')) {
    reader.skip();
    reader.word("=;");
    reader.skip();
  }
  if (method.method.empty() || !reader.take('=')) return false;
  reader.skip();
  method.result = to_lower_ascii(reader.word(";"));
  return !method.result.empty();
}

}  // namespace

std::string_view MethodResult::property(std::string_view name) const {
  for (const auto& [each, value] : properties)
    if (each == name) return value;
  return {};
}

std::optional<AuthenticationResults> parse_authentication_results(std::string_view value) {
  if (value.size() > kMaxResultBytes) return std::nullopt;
  ResultReader reader(value);
  reader.skip();
  AuthenticationResults results{to_lower_ascii(reader.word(";")), {}};
  reader.skip();
  if (results.server.empty()) return std::nullopt;
  // A version may follow; RFC 8601 knows 1 only.
  if (!reader.is_at_end() && !reader.take(';')) {
    reader.word(";");
    reader.skip();
    if (!reader.is_at_end() && !reader.take(';')) return std::nullopt;
  }
  while (!reader.is_at_end() && results.methods.size() < kMaxMethods) {
    MethodResult method;
    // "none" says that nothing was checked.
    if (!read_result(reader, method)) break;
    const bool is_whole = read_members(reader, method);
    results.methods.push_back(std::move(method));
    if (!is_whole) break;
  }
  return results;
}

}  // namespace gw::mail::mime
