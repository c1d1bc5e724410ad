#include "ajax/push/mail_news.hpp"

#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

using ajax::read_mail_news;
using ajax::tell_mail_news;

constexpr const char* kNews =
    R"({"user":"3@1","event":"messageNew","folder":"INBOX","imap-uidvalidity":1700000000,"imap-uid":5,)"
    R"("from":"=?utf-8?q?J=C3=B6?= <jo@example.org>","subject":"=?utf-8?b?R3LDvMOfZQ==?=","snippet":"Hello",)"
    R"("unseen":2})";

int status_of(const std::string& body) {
  try {
    read_mail_news(body);
    return 200;
  } catch (const HttpError& error) {
    return error.status();
  }
}

TEST(MailNews, ADeliveryIsAnEventForTheOwnerOfTheInbox) {
  const auto event = read_mail_news(kNews);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->context, ContextId(1));
  EXPECT_EQ(event->module, model::ObjectModule::Mail);
  EXPECT_EQ(event->kind, model::ChangeKind::Created);
  EXPECT_EQ(event->object.value, 1'700'000'000LL * (1LL << 32) + 5);
  EXPECT_EQ(told(*event, FolderId(1)), std::vector{UserId(3)});
  EXPECT_EQ(told(*event), std::vector{UserId(3)});
  EXPECT_EQ(event->data,
            R"({"folder":"default0/INBOX","id":"5","cid":"default0/INBOX/5","email":"jo@example.org",)"
            R"("displayname":"Jö","subject":"Grüße","teaser":"Hello","unread":2})");
}

TEST(MailNews, WhatIsNotToldIsLeftOut) {
  const auto event =
      read_mail_news(R"({"user":"3@1","event":"MessageNew","folder":"inbox","from":"","subject":7})");
  ASSERT_TRUE(event);
  EXPECT_EQ(event->object, ObjectId());
  EXPECT_EQ(event->data, R"({"folder":"default0/INBOX"})");
}

TEST(MailNews, TextsAreCutBeforeAnEventGrowsTooLarge) {
  const std::string longest(20'000, 'x');
  const auto event = read_mail_news(R"({"user":"3@1","event":"messageNew","folder":"INBOX","subject":")" +
                                    longest + R"(","snippet":")" + longest + R"("})");
  ASSERT_TRUE(event);
  EXPECT_LT(event->data.size(), 1'000u);
}

TEST(MailNews, NobodyHearsOfTheRest) {
  for (const char* body :
       {R"({"user":"3@1","event":"flagsSet","folder":"INBOX"})",
        R"({"user":"3@1","event":"messageNew","folder":"Spam"})", R"({"user":"3@1","event":"messageNew"})",
        R"({"user":"3","event":"messageNew","folder":"INBOX"})",
        R"({"user":"anna@1","event":"messageNew","folder":"INBOX"})",
        R"({"user":"3@","event":"messageNew","folder":"INBOX"})",
        R"({"user":"+3@1","event":"messageNew","folder":"INBOX"})",
        R"({"user":"3@4294967297","event":"messageNew","folder":"INBOX"})"}) {
    EXPECT_EQ(status_of(body), 200) << body;
    EXPECT_FALSE(read_mail_news(body)) << body;
  }
}

TEST(MailNews, WhatIsNoNewsIsRefused) {
  for (const char* body : {"", "{", "[]", "7", R"({"event":"messageNew"})", R"({"user":"3@1"})",
                           R"({"user":3,"event":"messageNew"})", R"({"user":"3@1","event":null})"})
    EXPECT_EQ(status_of(body), 400) << body;
}

TEST(MailNews, OnlyUsersThatExistAreTold) {
  TestApi api;
  api.database.events.events.clear();
  tell_mail_news(*api.runtime, R"({"user":"99@1","event":"messageNew","folder":"INBOX"})");
  tell_mail_news(*api.runtime, R"({"user":"3@2","event":"messageNew","folder":"INBOX"})");
  EXPECT_TRUE(api.database.events.events.empty());
  tell_mail_news(*api.runtime, kNews);
  ASSERT_EQ(api.database.events.events.size(), 1u);
  EXPECT_EQ(api.database.events.events.front().stamp, api.database.clock.now());
  EXPECT_EQ(told(api.database.events.events.front()), std::vector{UserId(3)});
}

}  // namespace
}  // namespace gw::test
