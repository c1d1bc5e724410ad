#include "apache/calendar_words.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

using CalendarWordList = std::vector<std::string_view>;

NoReplySettings no_reply(const CalendarWordList& words) {
  NoReplySettings settings;
  set_no_reply(settings, "GroupwareNoReply", words);
  return settings;
}

PublicBusySettings public_busy(const CalendarWordList& words) {
  PublicBusySettings settings;
  set_public_busy(settings, "GroupwarePublicFreeBusy", words);
  return settings;
}

TEST(CalendarWords, AnAddressAloneUsesTheServerOfMails) {
  const NoReplySettings plain = no_reply({"no-reply@example.org"});
  EXPECT_EQ(plain.address, "no-reply@example.org");
  EXPECT_TRUE(plain.transport.host.empty());
  EXPECT_TRUE(plain.login.empty());
  EXPECT_TRUE(plain.is_configured());
}

TEST(CalendarWords, AServerOfItsOwnAndALogin) {
  const NoReplySettings own = no_reply(
      {"no-reply@example.org", "submission://mail.internal", "tls=tls", "login=robot", "secret=abc"});
  EXPECT_EQ(own.transport.host, "mail.internal");
  EXPECT_EQ(own.transport.port, 587);
  EXPECT_EQ(own.transport.encryption, MailEncryption::Tls);
  EXPECT_EQ(own.login, "robot");
  EXPECT_EQ(own.secret, "abc");
}

TEST(CalendarWords, WrongSendersAreRefused) {
  for (const CalendarWordList& wrong :
       {CalendarWordList{}, CalendarWordList{"nobody"}, CalendarWordList{"A <a@example.org>"},
        CalendarWordList{"a@example.org", "imap://mail.internal"},
        CalendarWordList{"a@example.org", "login=x"}, CalendarWordList{"a@example.org", "secret=x"},
        CalendarWordList{"a@example.org", "tls=tls"},
        CalendarWordList{"a@example.org", "smtp://mail.internal", "auth=off"},
        CalendarWordList{"a@example.org", "smtp://mail.internal", "x=1"}})
    EXPECT_THROW(no_reply(wrong), DirectiveError);
}

TEST(CalendarWords, HowOftenJobsAreAskedFor) {
  const auto jobs = [](const CalendarWordList& words) {
    JobSettings settings;
    set_jobs(settings, "GroupwareJobs", words);
    return settings;
  };
  EXPECT_FALSE(jobs({"off"}).enabled);
  EXPECT_EQ(jobs({"on"}).interval, Milliseconds(60'000));
  EXPECT_EQ(jobs({"ON", "interval=5s"}).interval, Milliseconds(5'000));
  EXPECT_EQ(jobs({"on"}).tombstones, std::chrono::hours(24 * 90));
  EXPECT_EQ(jobs({"on", "tombstones=30d"}).tombstones, std::chrono::hours(24 * 30));
  EXPECT_EQ(jobs({"on", "tombstones=0"}).tombstones.count(), 0) << "for ever";
  for (const CalendarWordList& wrong : {CalendarWordList{}, CalendarWordList{"off", "interval=5s"},
                                        CalendarWordList{"on", "tombstones=never"},
                                        CalendarWordList{"on", "interval=0"}, CalendarWordList{"on", "x=1"}})
    EXPECT_THROW(jobs(wrong), DirectiveError);
}

TEST(CalendarWords, WhoseBusyTimesArePublished) {
  EXPECT_FALSE(public_busy({"off"}).enabled);
  const PublicBusySettings usual = public_busy({"On"});
  EXPECT_TRUE(usual.enabled);
  EXPECT_FALSE(usual.is_default);
  EXPECT_TRUE(usual.contexts.empty());
  const PublicBusySettings some = public_busy({"on", "default=ON", "contexts=1,Example"});
  EXPECT_TRUE(some.is_default);
  EXPECT_EQ(some.contexts, (std::vector<std::string>{"1", "example"}));
  for (const CalendarWordList& wrong :
       {CalendarWordList{}, CalendarWordList{"perhaps"}, CalendarWordList{"off", "default=on"},
        CalendarWordList{"on", "default=maybe"}, CalendarWordList{"on", "contexts="},
        CalendarWordList{"on", "x"}})
    EXPECT_THROW(public_busy(wrong), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
