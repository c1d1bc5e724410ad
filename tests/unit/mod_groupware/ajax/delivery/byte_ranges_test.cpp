#include <gtest/gtest.h>

#include "ajax/delivery/byte_ranges.hpp"

namespace gw::ajax {
namespace {

using Kind = RangeRequest::Kind;

struct Case {
  const char* header;
  Kind kind;
  std::vector<ByteRange> ranges;
};

TEST(ByteRanges, AreReadAsTheRfcSays) {
  const Case cases[] = {
      {"", Kind::Whole, {}},
      {"items=0-1", Kind::Whole, {}},
      {"bytes=0-0", Kind::Ranges, {{0, 1}}},
      {"bytes=0-9", Kind::Ranges, {{0, 10}}},
      {"bytes=0-99", Kind::Ranges, {{0, 10}}},
      {"BYTES = 2 - 3 ", Kind::Ranges, {{2, 2}}},
      {"bytes=7-", Kind::Ranges, {{7, 3}}},
      {"bytes=-3", Kind::Ranges, {{7, 3}}},
      {"bytes=-99", Kind::Ranges, {{0, 10}}},
      {"bytes=0-0,-1", Kind::Ranges, {{0, 1}, {9, 1}}},
      {"bytes=5-6, ,0-1", Kind::Ranges, {{5, 2}, {0, 2}}},
      {"bytes=0-0,100-200", Kind::Ranges, {{0, 1}}},
      {"bytes=10-", Kind::Unsatisfiable, {}},
      {"bytes=10-20", Kind::Unsatisfiable, {}},
      {"bytes=-0", Kind::Unsatisfiable, {}},
      {"bytes=3-2", Kind::Unsatisfiable, {}},
      {"bytes=-", Kind::Unsatisfiable, {}},
      {"bytes=", Kind::Unsatisfiable, {}},
      {"bytes", Kind::Unsatisfiable, {}},
      {"bytes=a-b", Kind::Unsatisfiable, {}},
      {"bytes=+1-2", Kind::Unsatisfiable, {}},
      {"bytes=0-1-2", Kind::Unsatisfiable, {}},
      {"bytes=0-1,x", Kind::Unsatisfiable, {}},
      {"bytes=0-99999999999999999999999999", Kind::Ranges, {{0, 10}}},
      {"bytes=99999999999999999999999999-", Kind::Unsatisfiable, {}},
      {"bytes=-99999999999999999999999999", Kind::Ranges, {{0, 10}}},
  };
  for (const Case& expected : cases) {
    const RangeRequest request = parse_ranges(expected.header, 10);
    EXPECT_EQ(request.kind, expected.kind) << expected.header;
    EXPECT_EQ(request.ranges, expected.ranges) << expected.header;
  }
}

TEST(ByteRanges, OfAnEmptyFileThereAreNone) {
  EXPECT_EQ(parse_ranges("bytes=0-", 0).kind, Kind::Unsatisfiable);
  EXPECT_EQ(parse_ranges("bytes=-1", 0).kind, Kind::Unsatisfiable);
}

TEST(ByteRanges, WhoAsksForMoreThanTheFileGetsTheFile) {
  EXPECT_EQ(parse_ranges("bytes=0-,0-", 10).kind, Kind::Whole);
  std::string many = "bytes=0-0";
  for (int i = 0; i < 200; ++i) many += ",0-0";
  EXPECT_EQ(parse_ranges(many, 1'000'000).kind, Kind::Whole);
}

}  // namespace
}  // namespace gw::ajax
