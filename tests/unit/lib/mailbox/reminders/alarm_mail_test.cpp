#include "mailbox/reminders/alarm_mail.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/calendar/event_time.hpp"

namespace gw::mailbox::reminders {
namespace {

namespace calendar = model::calendar;

class AlarmMails : public ::testing::Test {
 protected:
  AlarmMails() {
    event.summary = "Talk";
    event.start = *calendar::parse_time("20240701T070000Z");
    event.end = *calendar::parse_time("20240701T080000Z");
    event.location = "Hall 1";
    event.description = "Bring\nslides";
  }
  mail::mime::Composition compose(const std::string& locale = "en_US") {
    return compose_alarm_mail({event,
                               {"Groupware", "no-reply@example.test"},
                               {"Anna", "anna@example.test"},
                               locale,
                               *TimeZone::find("Europe/Berlin"),
                               "<1@example.test>"});
  }
  calendar::EventData event;
};

TEST_F(AlarmMails, SayWhatWhenAndWhere) {
  const auto mail = compose();
  EXPECT_EQ(mail.subject, "Reminder: Talk - Monday, 1 July 2024, 09:00 - 10:00 (Europe/Berlin)");
  EXPECT_EQ(
      *mail.text,
      "Talk\n\nWhen: Monday, 1 July 2024, 09:00 - 10:00 (Europe/Berlin)\nWhere: Hall 1\n\nBring\nslides\n");
  EXPECT_EQ(mail.to, mail::AddressList({{"Anna", "anna@example.test"}}));
  EXPECT_EQ(mail.message_id, "<1@example.test>");
  EXPECT_TRUE(mail.is_automatic);
  EXPECT_FALSE(mail::mime::check_composition(mail));
}

TEST_F(AlarmMails, NameWhoInvitedToAMeeting) {
  event.organizer.emplace().cn = "Berta";
  event.attendees.resize(1);
  EXPECT_EQ(compose().text->find("Berta"), std::string::npos);
  event.attendees.resize(2);
  EXPECT_NE(compose("de_DE").text->find("\nOrganisiert von: Berta\n"), std::string::npos);
  event.organizer->cn.clear();
  event.organizer->email = "berta@example.test";
  EXPECT_NE(compose().text->find("\nOrganizer: berta@example.test\n"), std::string::npos);
}

TEST_F(AlarmMails, SpeakTheLanguageOfTheRecipient) {
  event.summary.reset();
  event.location.reset();
  event.description.reset();
  const auto mail = compose("de_CH");
  EXPECT_EQ(mail.subject,
            "Erinnerung: (ohne Titel) - Montag, 1. Juli 2024, 09:00 - 10:00 Uhr (Europe/Berlin)");
  EXPECT_EQ(*mail.text, "(ohne Titel)\n\nWann: Montag, 1. Juli 2024, 09:00 - 10:00 Uhr (Europe/Berlin)\n");
}

TEST_F(AlarmMails, NothingThatPeopleTypeAddsAHeaderOrATag) {
  event.summary = "<b>x</b>\r\nBcc: all@example.test" + std::string(5'000, 'x');
  event.location = "a\nb";
  event.description = std::string("<script>1</script>\x01") + std::string(20'000, 'y');
  const auto mail = compose();
  EXPECT_FALSE(mail::mime::check_composition(mail));
  EXPECT_EQ(std::count(mail.subject.begin(), mail.subject.end(), '\n'), 0);
  EXPECT_LT(mail.text->size(), 6'000U);
  EXPECT_EQ(mail.html->find("<script"), std::string::npos);
  EXPECT_EQ(mail.html->find("<b>"), std::string::npos);
  EXPECT_NE(mail.text->find("Where: a b\n"), std::string::npos);
}

TEST_F(AlarmMails, AreMarkedAsWrittenByAProgram) {
  const auto built = mail::mime::build_message(compose());
  const std::string bytes = built.open()(100'000);
  EXPECT_NE(bytes.find("\r\nAuto-Submitted: auto-generated\r\n"), std::string::npos);
}

}  // namespace
}  // namespace gw::mailbox::reminders
