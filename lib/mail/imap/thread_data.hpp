// THREAD responses. Source: RFC 5256 section 4.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace gw::mail::imap {

/// One message of a thread in the order a reader sees it: parents before their answers.
struct ThreadedUid {
  std::uint32_t uid = 0;
  std::uint16_t level = 0;  ///< 0 = root
  bool is_first = false;    ///< of its thread
};

/// The messages of all threads, one thread behind the other: a large mailbox has as many threads as mails.
/// Parents that do not exist take a level and no entry. Limit: levels beyond 1,000 count as 1,000. Errors:
/// BadResponse. Cost: linear, no recursion.
std::vector<ThreadedUid> parse_threads(std::string_view text);

}  // namespace gw::mail::imap
