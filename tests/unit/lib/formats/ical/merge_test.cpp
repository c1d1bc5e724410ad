#include "formats/ical/merge.hpp"

#include <gtest/gtest.h>

#include <array>

#include "formats/ical/component_reader.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/lines/content_line.hpp"

namespace gw::formats::ical {
namespace {

Property line(std::string_view text) { return lines::parse_content_line(text).value(); }

Component component(std::string_view inner) {
  return read_components("BEGIN:VCALENDAR\n" + std::string(inner) + "END:VCALENDAR\n").calendars.at(0);
}

std::string inner(const Component& changed) {
  const std::string text = format_component(changed);
  std::string out;
  for (const char c : text.substr(17, text.size() - 17 - 15))
    if (c != '\r') out += c;
  return out;
}

TEST(Merge, WhatIsUnknownSurvivesInItsPlace) {
  const Component original = component(
      "X-A:1\nSUMMARY;LANGUAGE=de;X-P=k:old\nX-B:2\nSUMMARY:twice\nDESCRIPTION:gone\nX-C:3\nBEGIN:X-D\nEND:X-"
      "D\n");
  const std::array<PropertyChange, 3> changes{{{"SUMMARY", {line("SUMMARY:new")}, {}},
                                               {"DESCRIPTION", {}, {}},
                                               {"LOCATION", {line("LOCATION:there")}, {}}}};
  EXPECT_EQ(inner(merge_properties(original, changes)),
            "X-A:1\nSUMMARY:new\nX-B:2\nX-C:3\nLOCATION:there\nBEGIN:X-D\nEND:X-D\n");
}

TEST(Merge, ParametersOfTheSameValueAreKept) {
  const Component original = component(
      "ATTENDEE;CN=A;X-P=1;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:a@x\nATTENDEE;X-P=2:mailto:b@x\n");
  const std::array<PropertyChange, 1> changes{
      {{"ATTENDEE",
        {line("ATTENDEE;CN=New;PARTSTAT=ACCEPTED:mailto:A@x"), line("ATTENDEE:mailto:c@x")},
        {"CN", "PARTSTAT", "RSVP"}}}};
  EXPECT_EQ(inner(merge_properties(original, changes)),
            "ATTENDEE;CN=New;X-P=1;PARTSTAT=ACCEPTED:mailto:A@x\nATTENDEE:mailto:c@x\n");
}

TEST(Merge, ParametersOfTheOldValueGoWithIt) {
  const Component original =
      component("SUMMARY;LANGUAGE=de;X-P=1:old\nDTSTART;TZID=Europe/Berlin;X-P=2:20240701T090000\n");
  const std::array<PropertyChange, 2> changes{
      {{"SUMMARY", {line("SUMMARY:new")}, {}}, {"DTSTART", {line("DTSTART;VALUE=DATE:20240701")}, {}}}};
  EXPECT_EQ(inner(merge_properties(original, changes)),
            "SUMMARY;X-P=1:new\nDTSTART;X-P=2;VALUE=DATE:20240701\n");
}

TEST(Merge, WhatDidNotChangeStaysAsItWas) {
  const Component original = component("SUMMARY;LANGUAGE=de:old\n");
  const std::array<PropertyChange, 1> changes{{{"SUMMARY", {line("SUMMARY:old")}, {}}}};
  EXPECT_EQ(merge_properties(original, changes), original);
}

TEST(Merge, ATextThatSaysTheSameStaysAsItWasWritten) {
  const Component original = component("LOCATION;LANGUAGE=de:a, b\nX-A;P=1:$S:1;$L:1\n");
  const std::array<PropertyChange, 2> changes{
      {{"LOCATION", {line("LOCATION:a\\, b")}, {}}, {"X-A", {line("X-A;P=2:$S:1\\;$L:1")}, {}}}};
  EXPECT_EQ(inner(merge_properties(original, changes)), "LOCATION;LANGUAGE=de:a, b\nX-A;P=2:$S:1;$L:1\n");
}

TEST(Merge, ComponentsAreReplacedByName) {
  const Component original =
      component("BEGIN:VALARM\nX:1\nEND:VALARM\nBEGIN:X-D\nEND:X-D\nBEGIN:VALARM\nX:2\nEND:VALARM\n");
  EXPECT_EQ(inner(replace_components(original, "VALARM", {{"VALARM", {line("X:3")}, {}}})),
            "BEGIN:VALARM\nX:3\nEND:VALARM\nBEGIN:X-D\nEND:X-D\n");
  EXPECT_EQ(inner(replace_components(original, "VALARM", {})), "BEGIN:X-D\nEND:X-D\n");
}

}  // namespace
}  // namespace gw::formats::ical
