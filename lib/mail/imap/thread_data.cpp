#include "mail/imap/thread_data.hpp"

#include <algorithm>

#include "mail/imap/number_set.hpp"
#include "mail/imap/value.hpp"

namespace gw::mail::imap {
namespace {
constexpr int kDeepestLevel = 1'000;
}

std::vector<ThreadedUid> parse_threads(std::string_view text) {
  std::vector<ThreadedUid> found;
  std::vector<int> outer;  ///< the level to go back to behind each open bracket
  int level = 0;
  bool is_first = false;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == '(') {
      if (outer.size() >= kMaxNumbers) throw BadResponse("a thread is too deep");
      if (outer.empty()) {
        is_first = true;
        level = 0;
      } else if (is_first && text[i - 1] == '(') {
        ++level;  // a root that does not exist
      }
      outer.push_back(level);
      ++i;
    } else if (c == ')') {
      if (outer.empty()) throw BadResponse("a thread ends twice");
      level = outer.back();
      outer.pop_back();
      ++i;
    } else if (c >= '0' && c <= '9') {
      const std::size_t end = std::min(text.find_first_not_of("0123456789", i), text.size());
      const auto uid = parse_number(text.substr(i, end - i));
      if (!uid || *uid == 0 || *uid > UINT32_MAX || outer.empty() || found.size() >= kMaxNumbers)
        throw BadResponse("a thread cannot be read");
      found.push_back({static_cast<std::uint32_t>(*uid),
                       static_cast<std::uint16_t>(std::min(level, kDeepestLevel)), is_first});
      is_first = false;
      ++level;
      i = end;
    } else if (c == ' ' || c == '\r' || c == '\n') {
      ++i;
    } else {
      throw BadResponse("a thread cannot be read");
    }
  }
  if (!outer.empty()) throw BadResponse("a thread has no end");
  return found;
}

}  // namespace gw::mail::imap
