#include "formats/ical/free_busy.hpp"

#include <gtest/gtest.h>

namespace gw::formats::ical {
namespace {

using model::calendar::BusySlot;
using model::calendar::BusyType;

Millis hour(std::int64_t number) { return {1'719'792'000'000 + number * 3'600'000}; }

std::string sheet(const std::vector<BusySlot>& slots, bool is_simple = false) {
  std::string text =
      format_free_busy({"anna@example.test", "Anna", hour(0), {hour(0), hour(24)}, slots, is_simple});
  std::string lines;
  for (std::size_t at = text.find("FREEBUSY", text.find("DTEND")); at != text.npos;
       at = text.find("FREEBUSY", at + 1))
    if (text[at - 1] == '\n') lines += text.substr(at, text.find("\r\n", at) - at) + "\n";
  return lines;
}

const std::vector<BusySlot> kSlots{{hour(9), hour(10), BusyType::Busy, {}},
                                   {hour(10), hour(11), BusyType::Tentative, {}},
                                   {hour(12), hour(13), BusyType::Free, {}},
                                   {hour(13), hour(14), BusyType::Unavailable, {}}};

TEST(FreeBusyText, HasALineForEachTime) {
  EXPECT_EQ(sheet(kSlots),
            "FREEBUSY;FBTYPE=BUSY:20240701T090000Z/20240701T100000Z\n"
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20240701T100000Z/20240701T110000Z\n"
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20240701T130000Z/20240701T140000Z\n");
  EXPECT_EQ(sheet(kSlots, true),
            "FREEBUSY:20240701T090000Z/20240701T110000Z\nFREEBUSY:20240701T130000Z/20240701T140000Z\n");
  EXPECT_EQ(sheet({}), "");
}

TEST(FreeBusyText, IsPublishedByItsOwner) {
  const std::string text =
      format_free_busy({"anna@example.test", "Anna", hour(1), {hour(0), hour(24)}, kSlots});
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(text.ends_with("END:VFREEBUSY\r\nEND:VCALENDAR\r\n"));
  for (const char* line :
       {"METHOD:PUBLISH", "DTSTAMP:20240701T010000Z", "ORGANIZER;CN=Anna:mailto:anna@example.test",
        "DTSTART:20240701T000000Z", "DTEND:20240702T000000Z"})
    EXPECT_NE(text.find("\r\n" + std::string(line) + "\r\n"), std::string::npos) << line;
}

}  // namespace
}  // namespace gw::formats::ical
