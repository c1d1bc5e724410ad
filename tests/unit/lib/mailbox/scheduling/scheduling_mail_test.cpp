#include "mailbox/scheduling/scheduling_mail.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/scheduling/itip_message.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/invitation_notes.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::SchedulingMethod;

calendar::EventTime when(std::string_view text) { return *calendar::parse_time(text); }

calendar::Attendee line(std::int64_t entity, const std::string& address) {
  calendar::Attendee attendee;
  attendee.entity = entity;
  attendee.uri = "mailto:" + address;
  attendee.email = address;
  return attendee;
}

model::scheduling::Letter letter() {
  model::scheduling::Letter letter;
  letter.id = 12;
  letter.created = *parse_basic_utc("20240601T120000Z");
  letter.event.context = ContextId(1);
  letter.event.actor = UserId(3);
  letter.event.is_new = true;
  calendar::EventData& event = letter.event.event;
  event.uid = "u-1";
  event.summary = "Review\r\nBcc: x@y";
  event.location = "Room <1>";
  event.start = when("Europe/Berlin:20240701T090000");
  event.end = when("Europe/Berlin:20240701T100000");
  event.sequence = 2;
  event.last_modified = *parse_basic_utc("20240601T115959Z");
  event.attendees = {line(3, "anna@example.test"), line(0, "x@far.test")};
  event.attendees[0].part_stat = calendar::PartStat::Accepted;
  event.attendees[1].parameters = {{calendar::kStampNote, "20240601T000000Z"}};
  event.organizer = event.attendees[0];
  letter.event.originator = *event.organizer;
  letter.recipient = event.attendees[1];
  return letter;
}

Delivery delivery() {
  Delivery delivery;
  delivery.originator = delivery.sender = {"Anna", "anna@example.test"};
  delivery.recipient = {std::nullopt, "x@far.test"};
  delivery.zone = *TimeZone::find("Europe/Berlin");
  return delivery;
}

std::string bytes_of(const mail::mime::Composition& composition) {
  const auto built = mail::mime::build_message(composition);
  const auto source = built.open();
  std::string all;
  for (std::string piece = source(65'536); !piece.empty(); piece = source(65'536)) all += piece;
  return all;
}

TEST(SchedulingMail, InvitesPeopleElsewhere) {
  const auto mail = compose_scheduling_mail(letter(), delivery());
  EXPECT_EQ(mail.subject, "Invitation: Review  Bcc: x@y");
  EXPECT_NE(mail.text->find("When: Monday, 1 July 2024, 09:00 - 10:00 (Europe/Berlin)"), std::string::npos);
  EXPECT_NE(mail.html->find("Room &lt;1&gt;"), std::string::npos);
  EXPECT_EQ(mail.message_id, compose_scheduling_mail(letter(), delivery()).message_id);
  ASSERT_FALSE(mail::mime::check_composition(mail).has_value());
  const std::string bytes = bytes_of(mail);
  EXPECT_NE(bytes.find("Content-Type: text/calendar; charset=UTF-8; method=REQUEST; component=VEVENT"),
            std::string::npos);
  EXPECT_NE(bytes.find("application/ics"), std::string::npos);
  EXPECT_NE(bytes.find("multipart/mixed"), std::string::npos);
  EXPECT_NE(bytes.find("multipart/alternative"), std::string::npos);
  // Nothing of it says what only we know.
  EXPECT_EQ(mail.calendar.find("X-GROUPWARE"), std::string::npos);
  const auto read = read_itip(mail.calendar, "", {TimeZone::utc()});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->method, Method::Request);
  const auto& part = *read->invitations.at(0).main;
  EXPECT_EQ(part.input.event.sequence, 2);
  EXPECT_EQ(part.input.event.organizer->uri, "mailto:anna@example.test");
  EXPECT_EQ(part.input.event.attendees.size(), 2U);
  EXPECT_EQ(part.input.event.attendees[1].rsvp, true);
  EXPECT_EQ(calendar::format_time(part.input.event.start), "Europe/Berlin:20240701T090000");
}

TEST(SchedulingMail, AnswersNameOneAttendee) {
  auto answer = letter();
  answer.event.method = SchedulingMethod::Reply;
  answer.event.comment = "gladly";
  answer.event.event.organizer = line(0, "boss@far.test");
  answer.event.event.rrule = "FREQ=DAILY";
  answer.recipient = line(0, "boss@far.test");
  const auto mail = compose_scheduling_mail(answer, delivery());
  EXPECT_TRUE(mail.subject.starts_with("Accepted: "));
  const auto read = read_itip(mail.calendar, "", {TimeZone::utc()});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->method, Method::Reply);
  const auto& part = *read->invitations.at(0).main;
  ASSERT_EQ(part.input.event.attendees.size(), 1U);
  EXPECT_EQ(part.input.event.attendees[0].uri, "mailto:anna@example.test");
  EXPECT_EQ(part.input.event.attendees[0].part_stat, calendar::PartStat::Accepted);
  EXPECT_EQ(part.comment, "gladly");
  EXPECT_EQ(part.stamp, answer.created);
  EXPECT_FALSE(part.input.event.rrule.has_value());
}

TEST(SchedulingMail, DeputiesWriteForTheOwner) {
  Delivery by_deputy = delivery();
  by_deputy.sender = {"Berta", "berta@example.test"};
  const auto mail = compose_scheduling_mail(letter(), by_deputy);
  EXPECT_EQ(mail.from.front().address, "anna@example.test");
  EXPECT_EQ(mail.sender.front().address, "berta@example.test");
  EXPECT_EQ(mail.reply_to.front().address, "anna@example.test");
  const auto read = read_itip(mail.calendar, "", {TimeZone::utc()});
  EXPECT_EQ(read->invitations.at(0).main->input.event.organizer->sent_by_uri, "mailto:berta@example.test");
}

TEST(SchedulingMail, UsersHereAreToldInWordsOfTheirLanguage) {
  Delivery internal = delivery();
  internal.is_internal = true;
  internal.locale = "de_DE";
  auto cancel = letter();
  cancel.event.method = SchedulingMethod::Cancel;
  const auto mail = compose_scheduling_mail(cancel, internal);
  EXPECT_TRUE(mail.subject.starts_with("Abgesagt: "));
  EXPECT_NE(mail.text->find("Wann: Montag, 1. Juli 2024, 09:00 - 10:00"), std::string::npos);
  EXPECT_TRUE(mail.calendar.empty());
  EXPECT_TRUE(mail.attachments.empty());
}

TEST(SchedulingMail, AQuestionTellsNothingOfTheEvent) {
  auto question = letter();
  question.event.method = SchedulingMethod::Refresh;
  question.event.event.organizer = line(0, "boss@far.test");
  question.recipient = line(0, "boss@far.test");
  const auto mail = compose_scheduling_mail(question, delivery());
  EXPECT_NE(mail.calendar.find("METHOD:REFRESH\r\n"), std::string::npos);
  EXPECT_NE(mail.calendar.find("UID:u-1\r\n"), std::string::npos);
  EXPECT_NE(mail.calendar.find("ORGANIZER"), std::string::npos);
  EXPECT_NE(mail.calendar.find("ATTENDEE"), std::string::npos);
  const std::string event = mail.calendar.substr(mail.calendar.find("BEGIN:VEVENT"));
  for (const char* untold : {"DTSTART", "SUMMARY", "SEQUENCE", "LOCATION", "STATUS"})
    EXPECT_EQ(event.find(untold), std::string::npos) << untold;
}

TEST(SchedulingMail, AProposalHasItsTimeAndTheRule) {
  auto proposal = letter();
  proposal.event.method = SchedulingMethod::Counter;
  proposal.event.event.organizer = line(0, "boss@far.test");
  proposal.event.event.rrule = "FREQ=WEEKLY";
  proposal.event.comment = "later";
  proposal.recipient = line(0, "boss@far.test");
  const auto mail = compose_scheduling_mail(proposal, delivery());
  EXPECT_TRUE(mail.subject.starts_with("New time proposed: "));
  const auto read = read_itip(mail.calendar, "", {TimeZone::utc()});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->method, Method::Counter);
  const auto& part = *read->invitations.at(0).main;
  EXPECT_EQ(part.input.event.attendees.size(), 1U);
  EXPECT_EQ(part.input.event.rrule, "FREQ=WEEKLY");
  EXPECT_EQ(part.comment, "later");
}

TEST(SchedulingMail, WhoSendsSomebodyInHisPlaceInvitesHim) {
  auto sent = letter();
  sent.event.originator = line(3, "anna@example.test");
  sent.event.event.organizer = line(0, "boss@far.test");
  sent.event.event.attendees[1].parameters = {{"DELEGATED-FROM", "mailto:anna@example.test"}};
  const auto mail = compose_scheduling_mail(sent, delivery());
  EXPECT_NE(mail.text->find("Anna asks you to stand in at"), std::string::npos);
  const auto read = read_itip(mail.calendar, "", {TimeZone::utc()});
  ASSERT_TRUE(read.has_value());
  const auto& event = read->invitations.at(0).main->input.event;
  EXPECT_EQ(event.organizer->uri, "mailto:boss@far.test");
  EXPECT_TRUE(event.organizer->sent_by_uri.empty());
  ASSERT_EQ(event.attendees.size(), 2U);
  EXPECT_EQ(
      event.attendees[1].parameters,
      (std::vector<std::pair<std::string, std::string>>{{"DELEGATED-FROM", "mailto:anna@example.test"}}));
}

TEST(SchedulingMail, FilesTravelAsPartsThatTheEventNames) {
  Delivery with_files = delivery();
  EventFile file{letter().event.event.id, 5, {}};
  file.part.name = "a,b.txt";
  file.part.type = "text/plain";
  file.part.content_id = "7.abc@groupware";
  file.part.open = [] {
    return [text = std::string("hello")](std::size_t) mutable { return std::exchange(text, ""); };
  };
  with_files.files.enclosed.push_back(file);
  with_files.files.left_out = {"big.bin"};
  const auto mail = compose_scheduling_mail(letter(), with_files);
  EXPECT_NE(mail.text->find("Too large for this mail: big.bin"), std::string::npos);
  const std::string bytes = bytes_of(mail);
  EXPECT_NE(bytes.find("Content-ID: <7.abc@groupware>"), std::string::npos);
  EXPECT_NE(bytes.find("aGVsbG8="), std::string::npos);
  const auto read = read_itip(mail.calendar, "", {TimeZone::utc()});
  ASSERT_TRUE(read.has_value());
  const auto& files = read->invitations.at(0).main->files;
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].content_id, "7.abc@groupware");
  EXPECT_EQ(files[0].name, "a,b.txt");
}

TEST(EventWords, SayWhatDiffers) {
  const Words& words = words_of("en_GB");
  const TimeZone utc = TimeZone::utc();
  calendar::EventData event;
  event.start = when("20240701");
  event.end = when("20240702");
  calendar::EventData after = event;
  after.summary = "New";
  after.rrule = "FREQ=WEEKLY";
  EXPECT_EQ(differences(event, after, words, utc),
            (std::vector<std::string>{"Title: (no title) -> New", "Repeats: - -> weekly"}));
}

}  // namespace
}  // namespace gw::mailbox::scheduling
