#include "mail/imap/value.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <type_traits>

#include "core/text.hpp"

namespace gw::mail::imap {
namespace {

const Value& nil() {
  static const auto& value = *new Value;
  return value;
}

/// `BODY[HEADER.FIELDS (DATE)]`: the brackets may hold blanks and lists.
bool opens_section(std::string_view atom) {
  return equal_ignoring_ascii_case(atom, "BODY") || equal_ignoring_ascii_case(atom, "BINARY") ||
         equal_ignoring_ascii_case(atom, "BINARY.SIZE");
}

}  // namespace

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

std::optional<std::uint64_t> parse_number(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || problem != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> literal_at_end(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+') || digits.ends_with('-')) digits.remove_suffix(1);
  return parse_number(digits);
}

const Value& Value::at(std::size_t index) const {
  return kind == Kind::List && index < items.size() ? items[index] : nil();
}

std::optional<std::string_view> Value::string() const {
  if (kind == Kind::Nil || kind == Kind::List) return std::nullopt;
  return text;
}

// Recursion ends at kMaxValueDepth.
bool Value::operator==(const Value& other) const {
  return kind == other.kind && text == other.text && std::ranges::equal(items, other.items);
}

std::uint64_t Value::number() const { return kind == Kind::List ? 0 : parse_number(text).value_or(0); }

void Cursor::skip_blanks() {
  while (!rest_.empty() &&
         (rest_.front() == ' ' || rest_.front() == '\r' || rest_.front() == '\n' || rest_.front() == '\t'))
    rest_.remove_prefix(1);
}

bool Cursor::at_end() {
  skip_blanks();
  return rest_.empty();
}

char Cursor::peek() {
  skip_blanks();
  return rest_.empty() ? '\0' : rest_.front();
}

bool Cursor::take(char c) {
  if (peek() != c || c == '\0') return false;
  rest_.remove_prefix(1);
  return true;
}

std::string_view Cursor::next_word() {
  skip_blanks();
  return read_atom();
}

std::string_view Cursor::read_quoted() {
  rest_.remove_prefix(1);
  // Not find_first_of, which asks memchr for each character.
  std::size_t stop = 0;
  while (stop < rest_.size() && rest_[stop] != '"' && rest_[stop] != '\\') ++stop;
  if (stop == rest_.size()) throw BadResponse("a quoted string has no end");
  if (rest_[stop] == '\\') return read_escaped();
  const std::string_view text = rest_.substr(0, stop);
  rest_.remove_prefix(stop + 1);
  return text;
}

std::string_view Cursor::read_escaped() {
  std::size_t end = 0, escapes = 0;
  for (; end < rest_.size() && rest_[end] != '"'; ++end) {
    if (rest_[end] != '\\') continue;
    ++end;
    ++escapes;
  }
  if (end >= rest_.size()) throw BadResponse("a quoted string has no end");
  const std::size_t size = end - escapes;
  char* const bytes = static_cast<char*>(memory_.allocate(size, 1));
  for (std::size_t from = 0, to = 0; from < end; ++from) {
    if (rest_[from] == '\\') ++from;
    bytes[to++] = rest_[from];
  }
  rest_.remove_prefix(end + 1);
  return {bytes, size};
}

std::string_view Cursor::read_atom() {
  std::size_t end = 0;
  while (end < rest_.size()) {
    const char c = rest_[end];
    if (c == '[' && opens_section(rest_.substr(0, end))) {
      const std::size_t close = rest_.find(']', end);
      if (close == std::string_view::npos) throw BadResponse("a section has no end");
      end = close + 1;
      continue;
    }
    if (c == ' ' || c == '(' || c == ')' || c == '"' || c == '\r' || c == '\n' || c == '\t') break;
    ++end;
  }
  const std::string_view atom = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return atom;
}

std::optional<std::string_view> Cursor::read_literal() {
  std::string_view head = rest_;
  if (head.starts_with('~')) head.remove_prefix(1);
  if (!head.starts_with('{')) return std::nullopt;
  const std::size_t close = head.find('}');
  if (close == std::string_view::npos || close > 24) return std::nullopt;
  const auto size = literal_at_end(head.substr(0, close + 1));
  std::string_view body = head.substr(close + 1);
  const bool is_number =
      close > 1 && head.substr(1, close - 1).find_first_not_of("0123456789") == std::string_view::npos;
  if (!size && is_number) throw BadResponse("a literal has no size");
  if (!size || !body.starts_with("\r\n")) return std::nullopt;
  body.remove_prefix(2);
  if (*size > body.size()) throw BadResponse("a literal is cut");
  rest_ = body.substr(static_cast<std::size_t>(*size));
  return body.substr(0, static_cast<std::size_t>(*size));
}

Value Cursor::read_plain() {
  if (rest_.front() == '"') return {Value::Kind::String, read_quoted(), {}};
  if (const auto literal = read_literal()) return {Value::Kind::String, *literal, {}};
  const std::string_view atom = read_atom();
  if (atom.empty()) throw BadResponse("a value is missing");
  if (equal_ignoring_ascii_case(atom, "NIL")) return {};
  return {Value::Kind::Atom, atom, {}};
}

Value Cursor::close_list(std::size_t begin) {
  const std::span<const Value> items = std::span(waiting_).subspan(begin);
  if (items.empty()) return {Value::Kind::List, {}, {}};
  static_assert(std::is_trivially_copyable_v<Value>, "nobody destroys them");
  auto* const kept = static_cast<Value*>(memory_.allocate(items.size_bytes(), alignof(Value)));
  std::uninitialized_copy(items.begin(), items.end(), kept);
  const std::size_t count = items.size();
  waiting_.resize(begin);
  return {Value::Kind::List, {}, {kept, count}};
}

Value Cursor::next() {
  skip_blanks();
  if (rest_.empty()) throw BadResponse("the response ends early");
  if (rest_.front() != '(') {
    if (++values_ > kMaxValues) throw BadResponse("the response has too many values");
    return read_plain();
  }
  rest_.remove_prefix(1);
  waiting_.clear();
  waiting_.reserve(kUsualItems);
  open_.clear();
  open_.reserve(kUsualDepth);
  open_.push_back(0);
  std::size_t dropped_depth = 0;
  for (;;) {
    skip_blanks();
    if (rest_.empty()) throw BadResponse("a list has no end");
    if (++values_ > kMaxValues) throw BadResponse("the response has too many values");
    if (rest_.front() == '(') {
      rest_.remove_prefix(1);
      if (dropped_depth > 0 || open_.size() >= kMaxValueDepth)
        ++dropped_depth;
      else
        open_.push_back(waiting_.size());
    } else if (rest_.front() == ')') {
      rest_.remove_prefix(1);
      if (dropped_depth > 0) {
        --dropped_depth;
        continue;
      }
      const Value list = close_list(open_.back());
      open_.pop_back();
      if (open_.empty()) return list;
      waiting_.push_back(list);
    } else {
      const Value value = read_plain();
      if (dropped_depth == 0) waiting_.push_back(value);
    }
  }
}

}  // namespace gw::mail::imap
