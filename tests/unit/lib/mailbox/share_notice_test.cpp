#include "mailbox/share_notice.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::mailbox {
namespace {

ShareNotice notice() {
  ShareNotice notice;
  notice.from = {"Anna A", "anna@example.org"};
  notice.to = {"Bert", "bert@example.org"};
  notice.title = "Plans";
  notice.url = "https://example.org/appsuite/#!!&app=io.ox/files&folder=7";
  notice.locale = "fr_FR";
  return notice;
}

TEST(ShareNotice, SaysWhoSharesWhatAndWhere) {
  const auto mail = compose_share_notice(notice());
  EXPECT_EQ(mail.subject, "Anna A has shared the folder \"Plans\" with you");
  EXPECT_NE(mail.text->find("\nhttps://example.org/appsuite/#!!&app=io.ox/files&folder=7\n"),
            std::string::npos);
  EXPECT_NE(mail.html->find("href=\"https://example.org/appsuite/#!!&amp;app=io.ox/files&amp;folder=7\""),
            std::string::npos);
  EXPECT_EQ(mail.text->find("password"), std::string::npos);
  EXPECT_EQ(mail.to, mail::AddressList({{"Bert", "bert@example.org"}}));
}

TEST(ShareNotice, SpeaksTheLanguageOfTheRecipient) {
  ShareNotice german = notice();
  german.locale = "de_AT";
  german.is_file = german.has_password = true;
  const auto mail = compose_share_notice(german);
  EXPECT_EQ(mail.subject, "Anna A hat die Datei \"Plans\" für Sie freigegeben");
  EXPECT_NE(mail.text->find("Passwort"), std::string::npos);
}

TEST(ShareNotice, NothingThatPeopleTypeAddsAHeaderOrATag) {
  ShareNotice bad = notice();
  bad.from.personal = "Anna\r\nBcc: all@example.org";
  bad.to.personal = std::string("B\0ert", 5);
  bad.title = "<b>$1</b>\r\nX-Evil: 1" + std::string(1'000, 'x');
  bad.message = "Look <script>here</script>\r\n\x01Now";
  const auto mail = compose_share_notice(bad);
  EXPECT_FALSE(mail::mime::check_composition(mail));
  EXPECT_EQ(std::count(mail.subject.begin(), mail.subject.end(), '\n'), 0);
  EXPECT_LT(mail.subject.size(), 600U);
  EXPECT_EQ(mail.html->find("<script"), std::string::npos);
  EXPECT_EQ(mail.html->find("<b>"), std::string::npos);
  EXPECT_NE(mail.text->find("here</script>\nNow"), std::string::npos);
}

TEST(ShareNotice, WhoHasNoNameIsNamedByHisAddress) {
  ShareNotice nameless = notice();
  nameless.from.personal.reset();
  EXPECT_EQ(compose_share_notice(nameless).subject,
            "anna@example.org has shared the folder \"Plans\" with you");
}

}  // namespace
}  // namespace gw::mailbox
