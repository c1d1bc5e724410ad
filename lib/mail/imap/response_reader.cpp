#include "mail/imap/response_reader.hpp"

#include <algorithm>

#include "mail/imap/response.hpp"
#include "mail/imap/value.hpp"

namespace gw::mail::imap {

void ResponseReader::feed(std::string_view bytes) {
  if (begin_ > 0) {
    bytes_.erase(0, begin_);
    line_ -= begin_;
    looked_ -= begin_;
    begin_ = 0;
  }
  bytes_.append(bytes);
}

void ResponseReader::clear() {
  bytes_.clear();
  begin_ = line_ = looked_ = literal_ = 0;
}

bool ResponseReader::skip_literal() {
  const std::size_t count = std::min(literal_, bytes_.size() - looked_);
  literal_ -= count;
  looked_ += count;
  if (count > 0) line_ = looked_;
  return literal_ == 0;
}

std::optional<std::string> ResponseReader::next() {
  for (;;) {
    if (looked_ - begin_ + literal_ > longest_) throw BadResponse("a response is too long");
    if (!skip_literal()) return std::nullopt;
    const std::size_t end = bytes_.find('\n', looked_);
    looked_ = end == std::string::npos ? bytes_.size() : end + 1;
    if (looked_ - begin_ > longest_) throw BadResponse("a response is too long");
    if (end == std::string::npos) return std::nullopt;
    std::string_view line = std::string_view(bytes_).substr(line_, end - line_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool is_whole = line_ == begin_ && has_free_text(line);
    const auto size = is_whole ? std::nullopt : literal_at_end(line);
    if (!size) {
      const std::size_t text_end = line_ + line.size();
      std::string text = bytes_.substr(begin_, text_end - begin_);
      begin_ = line_ = looked_;
      return text;
    }
    literal_ = static_cast<std::size_t>(std::min<std::uint64_t>(*size, longest_ + 1));
    line_ = looked_;
  }
}

}  // namespace gw::mail::imap
