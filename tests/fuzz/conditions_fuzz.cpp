// Any bytes as the headers of a conditional request, one each line: If-None-Match, If-Modified-Since,
// If-Range, Range. Dates, lists of entity tags, and ranges of a file of some size.
#include <cstdint>
#include <string>

#include "ajax/delivery/byte_ranges.hpp"
#include "ajax/delivery/preconditions.hpp"
#include "core/http_date.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace gw;
using fuzz::require;

constexpr Millis kNow{1'767'225'600'000};
constexpr std::size_t kMaxRanges = 200, kMaxTags = 100;

std::string take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  std::string line(input.substr(0, end));
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

void check_date(std::string_view text) {
  const auto date = parse_http_date(text, kNow);
  if (!date) return;
  require(date->value % 1'000 == 0);
  // Years beyond four digits cannot come in.
  require(parse_http_date(format_http_date(*date), kNow) == date);
}

void check_tags(std::string_view text) {
  const ajax::EntityTags tags = ajax::parse_entity_tags(text);
  require(tags.tags.size() <= kMaxTags);
  require(!tags.is_any || tags.tags.empty());
  for (const ajax::EntityTag& tag : tags.tags) {
    require(tag.text.size() >= 2 && tag.text.front() == '"' && tag.text.back() == '"');
    require(tag.text.find('"', 1) == tag.text.size() - 1);
    require(ajax::matches_entity_tag(text, tag.text));
  }
}

void check_ranges(std::string_view text, std::int64_t size) {
  const ajax::RangeRequest wanted = ajax::parse_ranges(text, size);
  require(wanted.ranges.size() <= kMaxRanges);
  if (wanted.kind != ajax::RangeRequest::Kind::Ranges) return;
  require(!wanted.ranges.empty());
  std::int64_t total = 0;
  for (const ajax::ByteRange& range : wanted.ranges) {
    require(range.offset >= 0 && range.length > 0 && range.length <= size - range.offset);
    require(range.length <= size - total);
    total += range.length;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  ajax::Request request;
  request.if_none_match = take_line(input);
  request.if_modified_since = take_line(input);
  request.if_range = take_line(input);
  request.range = take_line(input);
  const ajax::Validators file{"\"f/1\"", {784'111'777'000}};
  check_tags(request.if_none_match);
  check_date(request.if_modified_since);
  check_date(request.if_range);
  ajax::is_unchanged(request, file, kNow);
  require(!ajax::is_unchanged(request, {}, kNow));
  if (ajax::ranges_apply(request, file, kNow) && !trim(request.if_range).empty())
    require(trim(request.if_range) == file.entity_tag || parse_http_date(request.if_range, kNow));
  for (const std::int64_t length : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1'000}, INT64_MAX})
    check_ranges(request.range, length);
  return 0;
}
