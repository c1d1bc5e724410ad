#include "mail/news.hpp"

#include <gtest/gtest.h>

#include "core/json.hpp"

namespace gw::mail {
namespace {

TEST(MailNews, HeadersAreReadableAndWhatIsUnknownIsLeftOut) {
  News news{.uid_validity = 7,
            .uid = 9,
            .from = "=?utf-8?q?J=C3=B6?= <jo@example.org>",
            .subject = "=?utf-8?q?=C3=84?="};
  news.teaser = "Hello";
  news.unread = 2;
  EXPECT_EQ(
      describe(news),
      R"({"folder":"default0/INBOX","id":"9","cid":"default0/INBOX/9","email":"jo@example.org","displayname":"Jö","subject":"Ä","teaser":"Hello","unread":2})");
  EXPECT_EQ(describe({}), R"({"folder":"default0/INBOX"})");
}

TEST(MailNews, LongTextsAreCut) {
  const auto data = Json::parse(describe({.subject = std::string(1'000, 'x')}));
  ASSERT_TRUE(data);
  EXPECT_EQ(data->get("subject").as_string().size(), 250U);
}

TEST(MailNews, OneMailHasOneNumber) {
  EXPECT_EQ(number_of({.uid_validity = 5, .uid = 7}), (std::int64_t{5} << 32) + 7);
  EXPECT_EQ(number_of({.uid_validity = 0, .uid = 7}), 0);
  EXPECT_EQ(number_of({.uid_validity = 5, .uid = 0}), 0);
  EXPECT_NE(number_of({.uid_validity = 4'294'967'295, .uid = 4'294'967'295}), 0);
}

}  // namespace
}  // namespace gw::mail
