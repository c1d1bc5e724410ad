#include "model/calendar/busy_time.hpp"

#include <gtest/gtest.h>

namespace gw::test {
namespace {

using model::calendar::BusySlot;
using model::calendar::BusyType;

BusySlot slot(std::int64_t from, std::int64_t until, BusyType type = BusyType::Busy) {
  return {Millis{from}, Millis{until}, type, {}};
}

std::string merged(const std::vector<BusySlot>& slots) {
  std::string text;
  for (const BusySlot& part : merge_slots(slots))
    text += std::to_string(part.from.value) + "-" + std::to_string(part.until.value) + ":" +
            std::to_string(static_cast<int>(part.type)) + " ";
  return text;
}

TEST(BusyTime, NeighboursOfOneTypeBecomeOne) {
  EXPECT_EQ(merged({slot(10, 20), slot(20, 30), slot(40, 50)}), "10-30:2 40-50:2 ");
  EXPECT_EQ(merged({slot(10, 40), slot(20, 30), slot(35, 50)}), "10-50:2 ");
  EXPECT_EQ(merged({}), "");
  EXPECT_EQ(merged({slot(10, 10)}), "");
}

TEST(BusyTime, TheStrongestCounts) {
  EXPECT_EQ(merged({slot(10, 50, BusyType::Tentative), slot(20, 30)}), "10-20:1 20-30:2 30-50:1 ");
  EXPECT_EQ(merged({slot(10, 50, BusyType::Free), slot(20, 30, BusyType::Unavailable), slot(25, 40)}),
            "10-20:0 20-30:3 30-40:2 40-50:0 ");
  EXPECT_EQ(merged({slot(10, 20, BusyType::Tentative), slot(20, 30)}), "10-20:1 20-30:2 ");
}

}  // namespace
}  // namespace gw::test
