// Sets of message numbers and uids as IMAP writes them: `1:4,7`. Source: RFC 9051, sequence-set.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::imap {

/// Limit of a set that is written out: more would be a bomb (`1:4294967295`) or a mailbox nobody has.
inline constexpr std::size_t kMaxNumbers = 2'000'000;

/// Bytes of the sets in one command: servers must take lines of 8,000 (RFC 7162 section 4).
inline constexpr std::size_t kSetOctets = 7'500;

/// Sorted and without doubles, as sets of at most `octets` bytes each. Empty for no uid.
std::vector<std::string> format_sets(std::span<const std::uint32_t> uids, std::size_t octets);

/// Every number in the order written; a range that runs down gives its numbers downwards.
/// Errors: BadResponse for other text, zero, `*`, and beyond kMaxNumbers.
std::vector<std::uint32_t> parse_set(std::string_view set);

/// `1 5 3` of SEARCH and SORT. Stops at the first thing that is no number (`(MODSEQ 9)`).
std::vector<std::uint32_t> parse_numbers(std::string_view text);

}  // namespace gw::mail::imap
