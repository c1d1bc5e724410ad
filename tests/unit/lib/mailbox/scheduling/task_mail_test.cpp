#include "mailbox/scheduling/task_mail.hpp"

#include <gtest/gtest.h>

namespace gw::mailbox::scheduling {
namespace {

using model::scheduling::TaskChange;

model::scheduling::Letter task_letter(TaskChange change) {
  model::scheduling::Letter letter;
  letter.id = 9;
  letter.created = *parse_basic_utc("20240601T120000Z");
  letter.event.context = ContextId(1);
  letter.event.actor = UserId(3);
  auto& task = letter.task.emplace();
  task.change = change;
  task.title = "Move\r\nBcc: x@y";
  task.note = "All of it";
  task.start = 1'719'792'000'000;
  task.due = 1'719'878'400'000;
  task.full_time = true;
  task.status = 2;
  task.percent_completed = 40;
  task.priority = 3;
  return letter;
}

Delivery task_delivery(const char* locale) {
  Delivery delivery;
  delivery.originator = delivery.sender = {"Anna", "anna@example.test"};
  delivery.recipient = {"Berta", "berta@example.test"};
  delivery.is_internal = true;
  delivery.locale = locale;
  delivery.zone = *TimeZone::find("Europe/Berlin");
  return delivery;
}

TEST(TaskMail, SaysWhatTheTaskIs) {
  const auto letter = task_letter(TaskChange::New);
  const auto mail = compose_task_mail(letter, task_delivery("en_GB"), "Berta <berta@example.test>");
  EXPECT_EQ(mail.subject, "New task: Move  Bcc: x@y");
  EXPECT_EQ(
      *mail.text,
      "Anna has given you the task \"Move  Bcc: x@y\".\n\nStart: Monday, 1 July 2024\nDue: Tuesday, 2 July "
      "2024\nStatus: in progress\nProgress: 40 %\nPriority: high\nParticipants: Berta "
      "<berta@example.test>\n\nAll of it\n");
  EXPECT_TRUE(mail.calendar.empty());
  EXPECT_TRUE(mail.attachments.empty());
  EXPECT_FALSE(mail::mime::check_composition(mail).has_value());
  EXPECT_EQ(mail.message_id, compose_task_mail(letter, task_delivery("de_DE"), "").message_id);
}

TEST(TaskMail, MomentsAreOnTheClocksOfTheReader) {
  auto letter = task_letter(TaskChange::Changed);
  letter.task->full_time = false;
  const auto mail = compose_task_mail(letter, task_delivery("de_DE"), "");
  EXPECT_EQ(mail.subject, "Aufgabe geändert: Move  Bcc: x@y");
  EXPECT_NE(mail.text->find("Beginn: Montag, 1. Juli 2024, 02:00 Uhr (Europe/Berlin)\n"), std::string::npos);
}

TEST(TaskMail, AnswersHaveTheirWords) {
  auto letter = task_letter(TaskChange::Confirmed);
  letter.task->message = "gladly";
  const char* subjects[] = {
      "Task undecided: ", "Task accepted: ", "Task declined: ", "Task tentatively accepted: "};
  for (std::int64_t status = 0; status < 4; ++status) {
    letter.task->confirmation = status;
    const auto mail = compose_task_mail(letter, task_delivery("en_US"), "");
    EXPECT_TRUE(mail.subject.starts_with(subjects[status])) << mail.subject;
    EXPECT_NE(mail.text->find("Comment: gladly\n"), std::string::npos);
  }
}

}  // namespace
}  // namespace gw::mailbox::scheduling
