// The header Range: which bytes of a file are wanted. Source: RFC 9110 section 14, spec infostore 5.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace gw::ajax {

struct ByteRange {
  std::int64_t offset = 0;
  std::int64_t length = 0;
  bool operator==(const ByteRange&) const = default;
};

struct RangeRequest {
  enum class Kind {
    Whole,          ///< no range, another unit, or so many that the whole file is less work
    Ranges,         ///< one or more, in the order asked for
    Unsatisfiable,  ///< broken syntax, a begin behind its end, or nothing inside the file: 416
  };
  Kind kind = Kind::Whole;
  std::vector<ByteRange> ranges;
};

/// Limits: 200 ranges, and together no more bytes than the file has; beyond that the whole file is sent.
RangeRequest parse_ranges(std::string_view header, std::int64_t size);

}  // namespace gw::ajax
