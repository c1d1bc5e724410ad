#include "mailbox/header_rewriting.hpp"

#include <algorithm>
#include <string>

#include "core/text.hpp"

namespace gw::mailbox {
namespace {

/// A line is judged by what it begins with; of longer ones the rest follows what was decided.
constexpr std::size_t kLongestHeld = 65'536;
constexpr std::size_t kPiece = 65'536;

class HeaderFilter {
 public:
  HeaderFilter(Spool& to, std::span<const std::string_view> dropped) : to_(to), dropped_(dropped) {}

  void feed(std::string_view piece) {
    while (is_header_ && !piece.empty()) {
      const std::size_t feed = piece.find('\n');
      const bool is_end = feed != piece.npos;
      const std::string_view part = piece.substr(0, is_end ? feed + 1 : piece.size());
      piece.remove_prefix(part.size());
      if (is_judged_) {
        if (!is_dropped_) to_.append(part);
      } else {
        line_ += part;
        if (is_end || line_.size() > kLongestHeld) judge();
      }
      if (is_end) is_judged_ = false;
    }
    if (!is_header_) to_.append(piece);
  }

  void finish() {
    if (!line_.empty()) judge();
  }

 private:
  void judge() {
    if (line_ == "\r\n" || line_ == "\n") {
      is_header_ = is_dropped_ = false;
    } else if (line_.front() != ' ' && line_.front() != '\t') {
      const std::string_view name = trim(std::string_view(line_).substr(0, line_.find(':')));
      is_dropped_ = std::any_of(dropped_.begin(), dropped_.end(),
                                [&](std::string_view each) { return equal_ignoring_ascii_case(each, name); });
    }
    if (!is_dropped_) to_.append(line_);
    line_.clear();
    is_judged_ = true;
  }

  Spool& to_;
  std::span<const std::string_view> dropped_;
  std::string line_;
  bool is_header_ = true, is_judged_ = false, is_dropped_ = false;
};

}  // namespace

Spool rewrite_headers(const Spool& mail, std::string_view before, std::span<const std::string_view> dropped) {
  Spool rewritten;
  rewritten.append(before);
  HeaderFilter filter(rewritten, dropped);
  const mail::ByteSource source = mail.open();
  for (std::string piece = source(kPiece); !piece.empty(); piece = source(kPiece)) filter.feed(piece);
  filter.finish();
  return rewritten;
}

}  // namespace gw::mailbox
