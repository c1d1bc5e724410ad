#include "recurrence/recurrence_id.hpp"

#include <gtest/gtest.h>

namespace gw::recurrence {
namespace {

std::string again(std::string_view text) {
  const auto id = parse_recurrence_id(text);
  return id ? format_recurrence_id(*id) : "refused";
}

TEST(RecurrenceId, EachKindHasOneText) {
  for (const char* text : {"20240701T070000Z", "20240701T070000", "20240701"}) EXPECT_EQ(again(text), text);
}

TEST(RecurrenceId, AZoneBeforeTheTimeMakesUtc) {
  EXPECT_EQ(again("Europe/Berlin:20240701T090000"), "20240701T070000Z");
  EXPECT_EQ(again("W. Europe Standard Time:20240701T090000"), "20240701T070000Z");
  EXPECT_EQ(again("Europe/Berlin:20240701"), "20240701");
  EXPECT_EQ(again("Europe/Berlin:20240701T070000Z"), "20240701T070000Z");
}

TEST(RecurrenceId, AnythingElseIsRefused) {
  for (const char* text :
       {"", "2024-07-01", "20240732", "Europe/Atlantis:20240701T090000", ":20240701T090000", "1719817200000"})
    EXPECT_EQ(again(text), "refused") << text;
}

}  // namespace
}  // namespace gw::recurrence
