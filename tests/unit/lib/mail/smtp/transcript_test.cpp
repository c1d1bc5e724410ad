#include "mail/smtp/transcript.hpp"

#include <gtest/gtest.h>

using namespace gw::mail::smtp;

TEST(SmtpTranscript, FollowsCommandsAndAnswers) {
  Transcript said;
  said.note_answer("220 hello\r\n");
  EXPECT_EQ(said.step(), Step::Greeting);
  EXPECT_EQ(said.answer().code, 220);
  said.note_command("EHLO me\r\n");
  said.note_answer("250-there\r\n");
  EXPECT_EQ(said.answer().code, 0);
  said.note_answer("250-Size 35\r\n");
  said.note_answer("250 SMTPUTF8\r\n");
  EXPECT_TRUE(said.offers("smtputf8"));
  EXPECT_FALSE(said.offers("smtp"));
  EXPECT_EQ(said.size_limit(), 35);
  said.note_command("AUTH PLAIN\r\n");
  said.note_answer("334\r\n");
  said.note_command("QUJD\r\n");
  EXPECT_EQ(said.step(), Step::SignIn);
  said.note_answer("235 ok\r\n");
  EXPECT_TRUE(said.has_signed_in());
  said.note_command("MAIL FROM:<a>\r\n");
  said.note_answer("250 ok\r\n");
  for (const char* answer : {"250 ok\r\n", "550-no\r\n550 never\r\n", "451 \xff\r\n"}) {
    said.note_command("RCPT TO:<b>\r\n");
    said.note_answer(std::string_view(answer).substr(0, 8));
    if (std::string_view(answer).size() > 8 && answer[3] == '-')
      said.note_answer(std::string_view(answer).substr(8));
  }
  ASSERT_EQ(said.recipients().size(), 3U);
  EXPECT_EQ(said.recipients()[1].text, "no never");
  EXPECT_EQ(said.recipients()[2].text, "\xEF\xBF\xBD");
  said.note_command("DATA\r\n");
  said.note_answer("354 go\r\n");
  EXPECT_EQ(said.step(), Step::Content);
  EXPECT_FALSE(said.is_content_over());
  said.note_end_of_content(10);
  said.note_content(9);
  EXPECT_FALSE(said.is_content_over());
  said.note_content(1);
  EXPECT_TRUE(said.is_content_over());
  said.note_answer("250 taken\r\n");
  said.note_command("QUIT\r\n");
  EXPECT_EQ(said.answer().text, "taken");
}

TEST(SmtpTranscript, TheGoodbyeChangesNothing) {
  Transcript said;
  said.note_command("RCPT TO:<a@x.test>\r\n");
  said.note_answer("550 no\r\n");
  said.note_command("QUIT\r\n");
  said.note_answer("221 bye\r\n");
  EXPECT_EQ(said.step(), Step::Recipient);
  EXPECT_EQ(said.answer().code, 550);
  EXPECT_EQ(said.recipients().size(), 1U);
}
