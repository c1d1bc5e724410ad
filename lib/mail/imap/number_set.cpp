#include "mail/imap/number_set.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/value.hpp"

namespace gw::mail::imap {
namespace {

std::uint32_t parse_one(std::string_view digits) {
  const auto number = parse_number(digits);
  if (!number || *number == 0 || *number > UINT32_MAX) throw BadResponse("a number set is broken");
  return static_cast<std::uint32_t>(*number);
}

}  // namespace

std::vector<std::string> format_sets(std::span<const std::uint32_t> uids, std::size_t octets) {
  std::vector<std::uint32_t> sorted(uids.begin(), uids.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<std::string> sets;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t last = i;
    while (last + 1 < sorted.size() && sorted[last + 1] == sorted[last] + 1) ++last;
    std::string piece = std::to_string(sorted[i]);
    if (last > i) piece += ":" + std::to_string(sorted[last]);
    if (sets.empty() || sets.back().size() + piece.size() + 1 > octets)
      sets.push_back(std::move(piece));
    else
      sets.back() += "," + piece;
    i = last + 1;
  }
  return sets;
}

std::vector<std::uint32_t> parse_set(std::string_view set) {
  std::vector<std::uint32_t> numbers;
  while (!set.empty()) {
    const std::size_t comma = set.find(',');
    const std::string_view piece = set.substr(0, comma);
    set.remove_prefix(comma == std::string_view::npos ? set.size() : comma + 1);
    const std::size_t colon = piece.find(':');
    const std::uint32_t first = parse_one(piece.substr(0, colon));
    const std::uint32_t last = colon == std::string_view::npos ? first : parse_one(piece.substr(colon + 1));
    const std::uint32_t count = (first <= last ? last - first : first - last) + 1;
    if (count == 0 || numbers.size() + count > kMaxNumbers) throw BadResponse("a number set is too large");
    for (std::uint32_t i = 0; i < count; ++i) numbers.push_back(first <= last ? first + i : first - i);
  }
  return numbers;
}

std::vector<std::uint32_t> parse_numbers(std::string_view text) {
  std::vector<std::uint32_t> numbers;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    if (word.empty()) continue;
    const auto number = parse_number(word);
    if (!number) break;
    if (*number == 0 || *number > UINT32_MAX || numbers.size() >= kMaxNumbers)
      throw BadResponse("a number list is broken");
    numbers.push_back(static_cast<std::uint32_t>(*number));
  }
  return numbers;
}

}  // namespace gw::mail::imap
