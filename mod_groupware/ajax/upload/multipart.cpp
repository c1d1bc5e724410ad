#include "ajax/upload/multipart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxBoundary = 70;
constexpr std::size_t kMaxPreamble = 8'192;
constexpr std::size_t kMaxFileName = 255;
constexpr int kMaxContinuations = 100;

[[noreturn]] void fail(const char* what) {
  throw HttpError(400, fmt::format("The multipart body is broken: {}", what));
}

/// Reads a token or a quoted string at the start of `text` and removes it there.
std::string take_value(std::string_view& text) {
  std::string value;
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find(';'), text.size());
    value = trim(text.substr(0, end));
    text.remove_prefix(end);
    return value;
  }
  std::size_t index = 1;
  for (; index < text.size() && text[index] != '"'; ++index) {
    const bool escapes =
        text[index] == '\\' && index + 1 < text.size() && (text[index + 1] == '"' || text[index + 1] == '\\');
    if (escapes) ++index;
    value += text[index];
  }
  text.remove_prefix(std::min(index + 1, text.size()));
  return value;
}

/// Calls `visit(name, value)` for each `; name=value` behind the first semicolon.
template <class Visit>
void for_each_parameter(std::string_view value, Visit&& visit) {
  std::size_t semicolon = value.find(';');
  while (semicolon != std::string_view::npos) {
    value.remove_prefix(semicolon + 1);
    const std::size_t stop = value.find_first_of("=;");
    if (stop != std::string_view::npos && value[stop] == '=') {
      const std::string_view name = trim(value.substr(0, stop));
      value.remove_prefix(stop + 1);
      value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
      visit(name, take_value(value));
    }
    semicolon = value.find(';');
  }
}

/// `charset'language'percent-encoded`. Browsers send UTF-8; ISO-8859-1 is the only other one RFC 8187 knew.
std::string decode_extended(std::string_view value, bool has_charset) {
  std::string_view charset = "utf-8";
  if (has_charset) {
    const std::size_t first = value.find('\'');
    const std::size_t second = first == value.npos ? value.npos : value.find('\'', first + 1);
    if (second == value.npos) return std::string(value);
    charset = value.substr(0, first);
    value.remove_prefix(second + 1);
  }
  std::string decoded = percent_decode(value, false).value_or(std::string(value));
  if (!equal_ignoring_ascii_case(charset, "iso-8859-1")) return decoded;
  std::string utf8;
  for (const char c : decoded) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xC0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return utf8;
}

/// One header of the block, or empty.
std::string_view find_header(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find('\n'), headers.size());
    const std::string_view line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + 1, headers.size()));
    const std::size_t colon = line.find(':');
    if (colon != line.npos && equal_ignoring_ascii_case(trim(line.substr(0, colon)), name))
      return trim(line.substr(colon + 1));
  }
  return {};
}

/// Folded lines (a CR LF followed by blank) become one line.
std::string unfold(std::string_view headers) {
  std::string text;
  for (std::size_t index = 0; index < headers.size(); ++index) {
    const char c = headers[index];
    if (c == '\r') continue;
    const bool folds =
        c == '\n' && index + 1 < headers.size() && (headers[index + 1] == ' ' || headers[index + 1] == '\t');
    text += folds ? ' ' : c;
  }
  return text;
}

/// Where the delimiter may begin in the last bytes of `text`: what lies before is data for sure.
std::size_t safe_length(std::string_view text, std::string_view delimiter) {
  const std::size_t longest = std::min(text.size(), delimiter.size() - 1);
  for (std::size_t length = longest; length > 0; --length)
    if (delimiter.starts_with(text.substr(text.size() - length))) return text.size() - length;
  return text.size();
}

}  // namespace

std::optional<std::string> find_boundary(std::string_view content_type) {
  auto boundary = find_header_parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary ||
      has_control_characters(*boundary) || boundary->back() == ' ')
    return std::nullopt;
  return boundary;
}

std::optional<std::string> find_header_parameter(std::string_view value, std::string_view name) {
  std::optional<std::string> plain;
  std::optional<std::string> extended;
  std::map<int, std::string> continued;
  for_each_parameter(value, [&](std::string_view found, std::string text) {
    if (equal_ignoring_ascii_case(found, name)) {
      if (!plain) plain = std::move(text);
      return;
    }
    if (found.size() <= name.size() || !equal_ignoring_ascii_case(found.substr(0, name.size()), name) ||
        found[name.size()] != '*')
      return;
    std::string_view index = found.substr(name.size() + 1);
    if (index.empty()) {
      if (!extended) extended = decode_extended(text, true);
      return;
    }
    const bool is_encoded = index.ends_with('*');
    if (is_encoded) index.remove_suffix(1);
    const auto number = parse_integer(index);
    if (!number || *number < 0 || *number >= kMaxContinuations) return;
    continued.emplace(static_cast<int>(*number), is_encoded ? decode_extended(text, *number == 0) : text);
  });
  if (!extended && continued.contains(0)) {
    extended.emplace();
    for (int part = 0; continued.contains(part); ++part) *extended += continued[part];
  }
  const auto& chosen = extended ? extended : plain;
  return chosen ? std::optional(replace_invalid_utf8(*chosen)) : std::nullopt;
}

std::string clean_file_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != name.npos) name.remove_prefix(slash + 1);
  std::string clean;
  std::copy_if(name.begin(), name.end(), std::back_inserter(clean),
               [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
  if (clean.size() <= kMaxFileName) return clean;
  std::size_t cut = kMaxFileName;
  while (cut > 0 && (static_cast<unsigned char>(clean[cut]) & 0xC0) == 0x80) --cut;
  clean.resize(cut);
  return clean;
}

MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink, MultipartLimits limits)
    : sink_(sink), limits_(limits), delimiter_(fmt::format("\r\n--{}", boundary)) {
  // As if the body began behind a line: then its first boundary looks like all others.
  buffer_ = "\r\n";
}

void MultipartParser::feed(std::string_view chunk) {
  if (state_ == State::Epilogue) return;
  buffer_.erase(0, position_);
  position_ = 0;
  buffer_ += chunk;
  while (step()) {
  }
}

void MultipartParser::finish() const {
  if (state_ != State::Epilogue) fail("it ends before its closing boundary");
}

bool MultipartParser::step() {
  switch (state_) {
    case State::Preamble:
      return skip_preamble();
    case State::AfterBoundary:
      return read_boundary_tail();
    case State::Headers:
      return read_headers();
    case State::Data:
      return read_data();
    case State::Epilogue:
      position_ = buffer_.size();
      return false;
  }
  return false;
}

bool MultipartParser::skip_preamble() {
  const std::size_t found = rest().find(delimiter_, searched_);
  const bool is_found = found != std::string_view::npos;
  searched_ = is_found ? found : rest().size() - std::min(rest().size(), delimiter_.size() - 1);
  // Where it is, or where it can be at the earliest: the limit must not depend on the cut of the chunks.
  if (searched_ > kMaxPreamble) fail("it does not begin with its boundary");
  if (!is_found) return false;
  searched_ = 0;
  consume(found + delimiter_.size());
  state_ = State::AfterBoundary;
  return true;
}

/// Behind a boundary: `--` ends the body, else blanks and a line end begin a part.
bool MultipartParser::read_boundary_tail() {
  const std::string_view tail = rest();
  if (tail.starts_with("--")) {
    state_ = State::Epilogue;
    return true;
  }
  const std::size_t end = tail.find('\n');
  if (std::min(end, tail.size()) > kMaxBoundary) fail("a boundary line is too long");
  if (end == tail.npos) return false;
  if (!trim(tail.substr(0, end)).empty()) fail("a boundary is followed by other text");
  consume(end + 1);
  state_ = State::Headers;
  searched_ = 0;
  return true;
}

/// Up to the empty line; some clients end lines with LF alone.
bool MultipartParser::read_headers() {
  const std::string_view text = rest();
  if (text.starts_with("\r\n") || text.starts_with("\n")) {
    open_part({});
    consume(text.front() == '\r' ? 2 : 1);
    return true;
  }
  std::size_t at = text.find('\n', searched_);
  while (at != text.npos) {
    const std::string_view after = text.substr(at + 1);
    const std::size_t blank = after.starts_with("\n") ? 1 : after.starts_with("\r\n") ? 2 : 0;
    if (at > limits_.header_bytes) break;
    if (blank != 0) {
      open_part(text.substr(0, at + 1));
      consume(at + 1 + blank);
      return true;
    }
    if (after.empty() || after == "\r") break;  // the next chunk tells
    at = text.find('\n', at + 1);
  }
  // Where the last line may end at the earliest.
  searched_ = std::min(at, text.size());
  if (searched_ > limits_.header_bytes) throw HttpError(413, "The headers of a part are too large.");
  return false;
}

void MultipartParser::open_part(std::string_view headers) {
  if (++parts_ > limits_.parts)
    throw HttpError(413, fmt::format("More than {} parts in one request.", limits_.parts));
  const std::string unfolded = unfold(headers);
  const std::string_view disposition = find_header(unfolded, "Content-Disposition");
  PartHead head;
  head.name = find_header_parameter(disposition, "name").value_or("");
  head.file_name = find_header_parameter(disposition, "filename");
  if (head.file_name) head.file_name = clean_file_name(*head.file_name);
  head.content_type = replace_invalid_utf8(find_header(unfolded, "Content-Type"));
  state_ = State::Data;
  searched_ = 0;
  sink_.begin_part(head);
}

bool MultipartParser::read_data() {
  const std::string_view text = rest();
  const std::size_t found = text.find(delimiter_);
  if (found == std::string_view::npos) {
    const std::size_t length = safe_length(text, delimiter_);
    if (length > 0) sink_.part_data(text.substr(0, length));
    consume(length);
    return false;
  }
  if (found > 0) sink_.part_data(text.substr(0, found));
  sink_.end_part();
  consume(found + delimiter_.size());
  state_ = State::AfterBoundary;
  return true;
}

}  // namespace gw::ajax
