#include <gtest/gtest.h>

#include "formats/ical/component_reader.hpp"
#include "formats/ical/component_writer.hpp"

namespace gw::formats::ical {
namespace {

const std::string kEvent =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-UNKNOWN;X-P=1:kept\r\nBEGIN:VEVENT\r\nUID:1\r\nBEGIN:"
    "VALARM\r\nACTION:DISPLAY\r\n"
    "END:VALARM\r\nBEGIN:X-THING\r\nX-A:b\r\nEND:X-THING\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

std::string written(const ReadText& text) {
  std::string out;
  for (const Component& calendar : text.calendars) out += format_component(calendar);
  return out;
}

std::vector<WarningKind> kinds(const ReadText& text) {
  std::vector<WarningKind> out;
  for (const Warning& warning : text.warnings) out.push_back(warning.kind);
  return out;
}

TEST(Components, AreReadAndWrittenTheSame) {
  const ReadText text = read_components(kEvent);
  EXPECT_EQ(written(text), kEvent);
  EXPECT_TRUE(text.warnings.empty());
  ASSERT_EQ(text.calendars.size(), 1U);
  EXPECT_EQ(text.calendars[0].components[0].text("UID"), "1");
}

TEST(Components, LineEndsAndMarksOfEveryKind) {
  for (const char* end : {"\n", "\r", "\n\n", "\r\n\r\n"}) {
    std::string other = "\xEF\xBB\xBF";
    for (const char c : kEvent)
      if (c == '\n')
        other += end;
      else if (c != '\r')
        other += c;
    EXPECT_EQ(written(read_components(other)), kEvent);
  }
  std::string wide = "\xFF\xFE";
  for (const char c : kEvent) wide += {c, '\0'};
  EXPECT_EQ(written(read_components(wide)), kEvent);
}

TEST(Components, SeveralCalendarsAndLooseEvents) {
  const ReadText text = read_components("BEGIN:VEVENT\nUID:0\nEND:VEVENT\n" + kEvent + kEvent);
  ASSERT_EQ(text.calendars.size(), 3U);
  EXPECT_EQ(text.calendars[2].components[0].text("UID"), "0");
}

TEST(Components, MissingEndsAreAdded) {
  const ReadText text = read_components(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\n");
  ASSERT_EQ(text.calendars.size(), 1U);
  ASSERT_EQ(text.calendars[0].components.size(), 2U);
  EXPECT_EQ(text.calendars[0].components[0].components.size(), 1U);
  EXPECT_EQ(kinds(text),
            (std::vector{WarningKind::MissingEnd, WarningKind::MissingEnd, WarningKind::MissingEnd}));
}

TEST(Components, WhatIsNoLineIsLeftOut) {
  const ReadText text = read_components(
      "junk\nBEGIN:VCALENDAR\nEND:VEVENT\nno line\nX-LIC-ERROR;X-LIC-ERRORTYPE=V:bad\nBEGIN:A "
      "B\nX:1\nEND:VCALENDAR\n");
  EXPECT_EQ(written(text), "BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n");
  EXPECT_EQ(kinds(text), (std::vector{WarningKind::BrokenLine, WarningKind::UnexpectedEnd,
                                      WarningKind::BrokenLine, WarningKind::BrokenLine}));
}

TEST(Components, OtherCharsetsBecomeUtf8) {
  const ReadText text =
      read_components("BEGIN:VCALENDAR\nX-A:M\xFCller\nX-B;CHARSET=ISO-8859-2:\xB3\nEND:VCALENDAR\n");
  EXPECT_EQ(text.calendars[0].text("X-A"), "M\xC3\xBCller");
  EXPECT_EQ(text.calendars[0].text("X-B"), "\xC5\x82");
}

TEST(Components, ControlCharactersAreDropped) {
  const ReadText text = read_components(
      "BEGIN:VCALENDAR\nX-A;X-P=a\x01\x62:c\x02\x64\te\nX-B;ENCODING=QUOTED-PRINTABLE:=01=0D=0Af\nEND:"
      "VCALENDAR\n");
  EXPECT_EQ(written(text), "BEGIN:VCALENDAR\r\nX-A;X-P=ab:cd\te\r\nX-B:\\nf\r\nEND:VCALENDAR\r\n");
}

TEST(Components, LimitsHold) {
  EXPECT_EQ(read_components("").error, ReadError::Empty);
  EXPECT_EQ(read_components("SUMMARY:x").error, ReadError::Empty);
  EXPECT_EQ(read_components(kEvent, {.text = 10}).error, ReadError::TooLarge);
  EXPECT_EQ(read_components(kEvent + kEvent, {.components = 5}).error, ReadError::TooLarge);
  EXPECT_EQ(read_components(kEvent + kEvent, {.all_properties = 9}).error, ReadError::TooLarge);
  EXPECT_EQ(read_components(kEvent + kEvent, {.all_properties = 10}).error, ReadError::None);
  const ReadText lines = read_components(kEvent, {.line = 15});
  EXPECT_EQ(lines.calendars[0].properties.size(), 1U);
  EXPECT_EQ(kinds(lines), std::vector{WarningKind::LineTooLong});
  EXPECT_EQ(read_components(kEvent, {.properties = 1}).calendars[0].properties.size(), 1U);
  const ReadText shallow = read_components(kEvent, {.depth = 2});
  EXPECT_TRUE(shallow.calendars[0].components[0].components.empty());
  EXPECT_EQ(shallow.calendars[0].components[0].name, "VEVENT");
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += "BEGIN:X\n";
  EXPECT_EQ(kinds(read_components(deep)).front(), WarningKind::TooDeep);
}

TEST(Components, PropertiesAreSetAndRemoved) {
  Component component{
      "VEVENT", {text_property("A", "1"), text_property("B", "2"), text_property("A", "3")}, {}};
  component.set(text_property("A", "4"));
  component.set(text_property("C", "x,y"));
  component.remove("B");
  EXPECT_EQ(format_component(component), "BEGIN:VEVENT\r\nA:4\r\nC:x\\,y\r\nEND:VEVENT\r\n");
  EXPECT_EQ(component.text("C"), "x,y");
  EXPECT_EQ(component.find("B"), nullptr);
}

}  // namespace
}  // namespace gw::formats::ical
