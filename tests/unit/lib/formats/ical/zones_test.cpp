#include <gtest/gtest.h>

#include "formats/ical/component_reader.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/zone_component.hpp"
#include "formats/ical/zone_resolver.hpp"

namespace gw::formats::ical {
namespace {

Millis instant(std::string_view text) { return parse_basic_utc(text).value(); }
TimeZone zone(std::string_view name) { return TimeZone::find(name).value(); }

const Millis kFrom = *parse_basic_utc("20240101T000000Z");
const Millis kUntil = *parse_basic_utc("20270101T000000Z");

std::vector<Component> zones_of(std::string_view text) {
  return read_components("BEGIN:VCALENDAR\n" + std::string(text) + "END:VCALENDAR\n")
      .calendars.at(0)
      .components;
}

/// What desktop programs of Windows write.
const std::string kOutlook =
    "BEGIN:VTIMEZONE\nTZID:Customized Time "
    "Zone\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:"
    "16010101T020000\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:"
    "DAYLIGHT\nEND:VTIMEZONE\n";

std::string resolved(ZoneResolver resolver, const std::string& tzid, ZoneMatch match) {
  const ResolvedZone& found = resolver.resolve(tzid);
  EXPECT_EQ(found.match, match) << tzid;
  return found.zone.name();
}

TEST(ZoneResolver, TheSystemDecidesWhereTheNameIsKnown) {
  const auto zones = zones_of(
      "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0900\n"
      "TZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n"
      "BEGIN:VTIMEZONE\nTZID:Custom\nX-LIC-LOCATION:Europe/Rome\nEND:VTIMEZONE\n");
  const ZoneResolver resolver(zones, {}, kFrom, kUntil);
  EXPECT_EQ(resolved(resolver, "Europe/Berlin", ZoneMatch::Name), "Europe/Berlin");
  EXPECT_EQ(resolved(resolver, "/freeassociation.sourceforge.net/Europe/Berlin", ZoneMatch::Name),
            "Europe/Berlin");
  EXPECT_EQ(resolved(resolver, "Custom", ZoneMatch::Name), "Europe/Rome");
}

TEST(ZoneResolver, RulesFindThePreferredZone) {
  const ZoneResolver resolver(zones_of(kOutlook), {zone("America/New_York"), zone("Europe/Vienna")}, kFrom,
                              kUntil);
  EXPECT_EQ(resolved(resolver, "Customized Time Zone", ZoneMatch::Preferred), "Europe/Vienna");
  EXPECT_EQ(resolved(resolver, "W. Europe Standard Time", ZoneMatch::Windows), "Europe/Berlin");
  EXPECT_EQ(resolved(resolver, "Nowhere", ZoneMatch::Fallback), "America/New_York");
}

TEST(ZoneResolver, RulesFindSomeZone) {
  ZoneResolver resolver(zones_of(kOutlook), {}, kFrom, kUntil);
  EXPECT_EQ(resolver.resolve("Customized Time Zone").match, ZoneMatch::Rules);
  EXPECT_EQ(
      resolver.instant_of({DateKind::Zoned, *parse_local_time("20240701T090000"), "Customized Time Zone"}),
      instant("20240701T070000Z"));
  EXPECT_EQ(resolver.instant_of({DateKind::Utc, *parse_local_time("20240701T090000"), ""}),
            instant("20240701T090000Z"));
  EXPECT_FALSE(resolver.zone_of({DateKind::Floating, {}, ""}));
}

TEST(ZoneHistory, OfAComponentWithRdatesAndUntil) {
  const auto zones = zones_of(
      "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:20201025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+"
      "0100\n"
      "RDATE:20231029T030000,20241027T030000,20251026T030000\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:"
      "20200329T020000\nTZOFFSETFROM:+0100\n"
      "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20250330T010000Z\nEND:DAYLIGHT\nEND:"
      "VTIMEZONE\n");
  EXPECT_EQ(history_of_component(zones[0], kFrom, instant("20260101T000000Z")),
            offset_history(zone("Europe/Berlin"), kFrom, instant("20260101T000000Z")));
  EXPECT_FALSE(history_of_component(zones_of("BEGIN:VTIMEZONE\nEND:VTIMEZONE\n")[0], kFrom, kUntil));
}

TEST(ZoneComponent, SaysWhatTheSystemDoes) {
  for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
                           "Asia/Gaza", "Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo",
                           "America/Nuuk", "Asia/Tehran", "Europe/Dublin", "UTC"})
    for (const char* from : {"19990101T000000Z", "20120101T000000Z", "20240615T000000Z"}) {
      const Millis begin = instant(from);
      for (const std::int64_t years : {1, 12, 8'000}) {
        const Millis end{begin.value + years * 365 * 86'400'000};
        const Millis seen = std::min(end, Millis{begin.value + std::int64_t{40} * 365 * 86'400'000});
        const Component made = zone_component(zone(name), begin, end);
        EXPECT_EQ(history_of_component(made, begin, seen), offset_history(zone(name), begin, seen))
            << name << ' ' << from << ' ' << years;
      }
    }
}

TEST(ZoneComponent, IsShortWhereTheZoneIsRegular) {
  EXPECT_EQ(format_component(zone_component(zone("Europe/Berlin"), instant("20240601T000000Z"),
                                            instant("20240701T000000Z"))),
            "BEGIN:VTIMEZONE\r\nTZID:Europe/"
            "Berlin\r\nBEGIN:DAYLIGHT\r\nDTSTART:20240331T020000\r\nTZOFFSETFROM:+0100\r\n"
            "TZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:"
            "DAYLIGHT\r\nBEGIN:STANDARD\r\n"
            "DTSTART:20241027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n"
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
  EXPECT_EQ(zone_component(zone("Asia/Kathmandu"), kFrom, kUntil).components.size(), 1U);
}

}  // namespace
}  // namespace gw::formats::ical
