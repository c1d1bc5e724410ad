#include "mailbox/scheduling/itip_message.hpp"

#include "messages.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::mailbox::scheduling {
namespace {

using model::calendar::EventField;

struct Foreign {
  std::string name;
  Method method;
};

TEST(ItipMessage, ReadsWhatOtherProgramsWrite) {
  const Foreign messages[] = {
      {"google-request", Method::Request},      {"google-reply", Method::Reply},
      {"google-cancel", Method::Cancel},        {"google-counter", Method::Counter},
      {"outlook-request", Method::Request},     {"outlook-reply", Method::Reply},
      {"outlook-cancel", Method::Cancel},       {"outlook-counter", Method::Counter},
      {"apple-request", Method::Request},       {"apple-reply", Method::Reply},
      {"apple-cancel", Method::Cancel},         {"thunderbird-request", Method::Request},
      {"thunderbird-reply", Method::Reply},     {"thunderbird-cancel", Method::Cancel},
      {"thunderbird-counter", Method::Counter},
  };
  for (const Foreign& foreign : messages) {
    SCOPED_TRACE(foreign.name);
    const auto read = read_itip(test::foreign_message(foreign.name), "", {TimeZone::utc()});
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->method, foreign.method);
    ASSERT_EQ(read->invitations.size(), 1U);
    EXPECT_EQ(read->invitations[0].uid, "foreign-1");
    ASSERT_TRUE(read->invitations[0].main.has_value());
    const auto& part = *read->invitations[0].main;
    // Also in the zones of Windows.
    EXPECT_EQ(model::calendar::format_time(part.input.event.start), "Europe/Berlin:20240701T090000");
    EXPECT_EQ(part.stamp, *parse_basic_utc("20240601T100000Z"));
    EXPECT_TRUE(part.input.event.alarms.empty());
    bool names_attendee = false;
    for (const auto& attendee : part.input.event.attendees)
      names_attendee = names_attendee || attendee.uri == "mailto:anna@example.test";
    EXPECT_TRUE(names_attendee);
    if (foreign.method == Method::Reply) {
      EXPECT_EQ(part.input.event.attendees.front().part_stat, model::calendar::PartStat::Accepted);
    } else {
      EXPECT_EQ(part.input.event.organizer->uri, "mailto:boss@far.test");
    }
    if (foreign.method == Method::Counter) {
      EXPECT_EQ(part.comment, "Could we meet later?");
    }
  }
  const auto google = read_itip(test::foreign_message("google-request"), "", {TimeZone::utc()});
  EXPECT_EQ(google->invitations[0].main->input.event.location, "Meeting room \"Zürich\"");
}

TEST(ItipMessage, FilesAreTakenOutOfTheEvent) {
  std::string files =
      "ATTACH;FMTTYPE=text/plain;FILENAME=../a.txt;ENCODING=BASE64;VALUE=BINARY:aGVsbG8=\r\n"
      "ATTACH;FMTTYPE=application/pdf;X-FILENAME=b.pdf:cid:part1@far.test\r\n"
      "ATTACH:https://far.test/c.pdf\r\n"
      "ATTACH;ENCODING=BASE64;VALUE=BINARY:!!!\r\n";
  for (int i = 0; i < 30; ++i) files += "ATTACH:CID:more" + std::to_string(i) + "\r\n";
  const auto read = read_itip(
      "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20240601T100000Z\r\n"
      "DTSTART:20240701T090000Z\r\n" +
          files + "END:VEVENT\r\nEND:VCALENDAR\r\n",
      "", {TimeZone::utc()});
  ASSERT_TRUE(read && read->invitations.size() == 1);
  const auto& part = *read->invitations[0].main;
  ASSERT_EQ(part.files.size(), 20U);
  EXPECT_EQ(part.files[0].name, ".._a.txt");
  EXPECT_EQ(part.files[0].media_type, "text/plain");
  EXPECT_EQ(part.files[0].bytes, "hello");
  EXPECT_EQ(part.files[1].name, "b.pdf");
  EXPECT_EQ(part.files[1].content_id, "part1@far.test");
  EXPECT_EQ(part.files[2].name, "file");
  // Links are the event's own; bytes are kept once.
  EXPECT_NE(part.input.original.find("https://far.test/c.pdf"), std::string::npos);
  EXPECT_EQ(part.input.original.find("aGVsbG8="), std::string::npos);
  EXPECT_EQ(part.input.original.find("cid:"), std::string::npos);
}

TEST(ItipMessage, AnswersNeedNoStart) {
  const auto read = read_itip(
      "BEGIN:VCALENDAR\nMETHOD:reply\nBEGIN:VEVENT\nUID:u\nDTSTAMP:20240601T100000Z\nRECURRENCE-ID:"
      "20240702T090000Z\n"
      "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Anna@example.test\nEND:VEVENT\nEND:VCALENDAR\n",
      "", {TimeZone::utc()});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->method, Method::Reply);
  ASSERT_EQ(read->invitations.size(), 1U);
  EXPECT_FALSE(read->invitations[0].main.has_value());
  const auto& part = read->invitations[0].occurrences.at(0);
  EXPECT_FALSE(part.input.sent.has(EventField::StartDate));
  EXPECT_EQ(part.input.event.attendees.front().uri, "mailto:Anna@example.test");
}

TEST(ItipMessage, WhatIsNoMessageIsTold) {
  EXPECT_FALSE(read_itip("hello", "REQUEST", {}).has_value());
  EXPECT_FALSE(read_itip(std::string(kLargestMessage + 1, 'x'), "", {}).has_value());
  const auto tasks = read_itip(
      "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nEND:VTODO\nBEGIN:VEVENT\nDTSTART:20240701T090000Z\n"
      "END:VEVENT\nEND:VCALENDAR\n",
      "Request", {TimeZone::utc()});
  ASSERT_TRUE(tasks.has_value());
  EXPECT_EQ(tasks->method, Method::Request);  // of the MIME part
  EXPECT_TRUE(tasks->invitations.empty());
  EXPECT_EQ(find_method("FORWARD"), Method::None);
  EXPECT_EQ(word_of(Method::DeclineCounter), "DECLINECOUNTER");
}

}  // namespace
}  // namespace gw::mailbox::scheduling
