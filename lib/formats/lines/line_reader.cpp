// Physical to logical lines.
#include <algorithm>

#include "core/text.hpp"
#include "formats/lines/content_line.hpp"

namespace gw::formats::lines {
namespace {

/// What stands before the value, or nothing while the line has no colon yet.
std::string_view head_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == std::string_view::npos ? std::string_view() : line.substr(0, colon);
}

/// True for `;ENCODING=BASE64`, or `;BASE64` of vCard 2.1, outside of quotes.
bool names_encoding(std::string_view head, std::string_view upper_case_name) {
  constexpr std::string_view kParameter = ";ENCODING=";
  const std::string upper = to_upper_ascii(head);
  for (std::size_t at = upper.find(upper_case_name); at != std::string::npos;
       at = upper.find(upper_case_name, at + 1)) {
    std::string_view before = trim_right(std::string_view(upper).substr(0, at));
    if (before.ends_with('"')) before.remove_suffix(1);
    const bool is_outside = std::count(before.begin(), before.end(), '"') % 2 == 0;
    const std::string_view behind = trim(std::string_view(upper).substr(at + upper_case_name.size()));
    const bool is_whole = behind.empty() || behind.starts_with(';') || behind.starts_with('"');
    if (is_outside && is_whole && (before.ends_with(';') || before.ends_with(kParameter))) return true;
  }
  return false;
}

bool is_base64_text(std::string_view line) {
  return !line.empty() && std::all_of(line.begin(), line.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
  });
}

}  // namespace

bool is_folded(std::string_view line) {
  return !line.empty() && (line.front() == ' ' || line.front() == '\t');
}

std::string_view LineReader::peek() const {
  LineReader ahead(text_);
  ahead.position_ = position_;
  return ahead.next_physical().value_or(std::string_view());
}

std::optional<std::string_view> LineReader::next_physical() {
  if (position_ >= text_.size()) return std::nullopt;
  const std::size_t end = std::min(text_.find_first_of("\r\n", position_), text_.size());
  const std::string_view line = text_.substr(position_, end - position_);
  position_ = end;
  if (position_ < text_.size()) {
    const bool is_pair =
        text_[position_] == '\r' && position_ + 1 < text_.size() && text_[position_ + 1] == '\n';
    position_ += is_pair ? 2 : 1;
  }
  return line;
}

bool LineReader::skip_to_fold() {
  LineReader ahead(text_);
  ahead.position_ = position_;
  for (;;) {
    const std::size_t start = ahead.position_;
    const auto line = ahead.next_physical();
    if (!line || (!line->empty() && !is_folded(*line))) return false;
    if (line->empty()) continue;
    position_ = start;
    return true;
  }
}

bool LineReader::next_logical(std::string& line) {
  auto physical = next_physical();
  while (physical && trim(*physical).empty()) physical = next_physical();
  if (!physical) return false;
  line = *physical;
  for (;;) {
    if (!line.empty() && line.back() == '=' && names_encoding(head_of(line), "QUOTED-PRINTABLE")) {
      line.pop_back();
      const auto more = next_physical();
      if (!more) return true;
      line += *more;
    } else if (skip_to_fold()) {
      line += next_physical()->substr(1);
    } else {
      break;
    }
  }
  join_base64(line);
  return true;
}

void LineReader::join_base64(std::string& line) {
  const std::string_view head = head_of(line);
  if (head.empty() || !names_encoding(head, "BASE64")) return;
  while (is_base64_text(peek())) {
    const std::size_t start = position_;
    const std::string_view more = *next_physical();
    // The first piece of a property with a very long name looks the same.
    if (is_folded(peek())) {
      position_ = start;
      return;
    }
    line += more;
  }
}

}  // namespace gw::formats::lines
