#include "ajax/delivery/byte_ranges.hpp"

#include <algorithm>
#include <optional>

#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxRanges = 200;

/// Digits only: no sign, no blank inside.
std::optional<std::int64_t> parse_position(std::string_view text) {
  constexpr std::size_t kMaxDigits = 18;
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  // No file is that long, so a position with more digits is simply behind every end.
  return text.size() > kMaxDigits ? INT64_MAX : parse_integer(text);
}

/// What one of them says of a file of `size` bytes. A length of 0: nothing of it is inside the file.
/// Errors: empty for broken syntax.
std::optional<ByteRange> parse_range(std::string_view text, std::int64_t size) {
  const std::size_t dash = text.find('-');
  if (dash == text.npos) return std::nullopt;
  const std::string_view begin_text = trim(text.substr(0, dash));
  const std::string_view end_text = trim(text.substr(dash + 1));
  const auto end = parse_position(end_text);
  if (begin_text.empty()) {
    if (!end) return std::nullopt;
    const std::int64_t length = std::min(*end, size);
    return ByteRange{size - length, length};
  }
  const auto begin = parse_position(begin_text);
  if (!begin || (!end && !end_text.empty()) || (end && *end < *begin)) return std::nullopt;
  if (*begin >= size) return ByteRange{};
  const std::int64_t last = end ? std::min(*end, size - 1) : size - 1;
  return ByteRange{*begin, last - *begin + 1};
}

}  // namespace

RangeRequest parse_ranges(std::string_view header, std::int64_t size) {
  const std::size_t equals = header.find('=');
  if (trim(header).empty()) return {};
  if (equals == header.npos) return {RangeRequest::Kind::Unsatisfiable, {}};
  if (!equal_ignoring_ascii_case(trim(header.substr(0, equals)), "bytes")) return {};
  RangeRequest request{RangeRequest::Kind::Unsatisfiable, {}};
  std::int64_t left = size;
  bool is_too_much = false;
  std::size_t count = 0;
  for (const std::string_view part : split(header.substr(equals + 1), ',')) {
    if (part.empty()) continue;
    const auto range = parse_range(part, size);
    if (!range) return {RangeRequest::Kind::Unsatisfiable, {}};
    if (++count > kMaxRanges) return {};
    if (range->length == 0) continue;
    is_too_much = is_too_much || range->length > left;
    if (!is_too_much) left -= range->length;
    request.ranges.push_back(*range);
  }
  if (request.ranges.empty()) return request;
  if (is_too_much) return {};
  request.kind = RangeRequest::Kind::Ranges;
  return request;
}

}  // namespace gw::ajax
