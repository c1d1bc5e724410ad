#include "mailbox/primary_account.hpp"

#include <gtest/gtest.h>

#include "session/mail_password.hpp"

namespace gw::mailbox {
namespace {

model::users::User anna() {
  model::users::User user;
  user.login = "anna";
  user.mail = "anna.a@example.org";
  user.display_name = "Anna A";
  return user;
}

TEST(PrimaryAccount, TheLoginIsMadeFromThePattern) {
  const ContextId context(7);
  EXPECT_EQ(fill_login("%u", anna(), context), "anna");
  EXPECT_EQ(fill_login("%u.%c@%d", anna(), context), "anna.7@example.org");
  EXPECT_EQ(fill_login("%m", anna(), context), "anna.a@example.org");
  EXPECT_EQ(fill_login("100%%", anna(), context), "100%");
  model::users::User other = anna();
  other.imap_login = "a.a";
  other.mail = "";
  EXPECT_EQ(fill_login("%u@%d", other, context), "a.a@");
}

TEST(PrimaryAccount, AUserSignsInWithTheSessionsPassword) {
  MailSettings settings;
  settings.store = {"imap", "mail.test", 993, MailEncryption::Tls};
  settings.transport = {"smtp", "mail.test", 25, MailEncryption::StartTls};
  settings.transport.signs_in = false;
  settings.sent = "Gesendet";
  const mail::Account account = make_primary_account(settings, anna(), ContextId(1), "pass");
  EXPECT_EQ(account.id, 0);
  EXPECT_EQ(account.primary_address, "anna.a@example.org");
  EXPECT_EQ(account.store.host, "mail.test");
  EXPECT_EQ(account.store.encryption, mail::Encryption::Tls);
  EXPECT_EQ(account.store.login, "anna");
  EXPECT_EQ(account.store.secret, "pass");
  EXPECT_EQ(account.transport.mechanism, mail::Mechanism::None);
  EXPECT_EQ(account.transport.secret, "");
  EXPECT_EQ(account.fallback_names.sent, "Gesendet");
}

TEST(PrimaryAccount, AMasterSignsInForTheUserAndNeverLearnsHisPassword) {
  MailSettings settings;
  settings.store = {"imap", "mail.test", 143, MailEncryption::None};
  settings.master = "master";
  settings.master_secret = "msecret";
  const mail::Account account = make_primary_account(settings, anna(), ContextId(1), "pass");
  EXPECT_EQ(account.store.login, "master");
  EXPECT_EQ(account.store.secret, "msecret");
  EXPECT_EQ(account.store.authorize_as, "anna");
}

TEST(PrimaryAccount, TheServerIsAskedToTellOfNewMailWhereSomebodyListens) {
  MailSettings settings;
  model::users::User user = anna();
  user.id = UserId(3);
  EXPECT_EQ(make_primary_account(settings, user, ContextId(7), "pass").notified_as, "");
  settings.notify_login = "dovecot";
  EXPECT_EQ(make_primary_account(settings, user, ContextId(7), "pass").notified_as, "3@7");
}

TEST(PrimaryAccount, ATokenOfTheRequestCountsBeforeThatOfTheSession) {
  MailSettings settings;
  session::Session session;
  session.id = "s";
  session.sealed_password = session::seal_mail_password(session, "cookie", "sealed");
  EXPECT_EQ(find_mail_secret(settings, session, {"cookie", "token"}), "sealed");
  settings.sign_in = MailSignIn::XOAuth2;
  EXPECT_EQ(find_mail_secret(settings, session, {"cookie", "token"}), "token");
  EXPECT_EQ(find_mail_secret(settings, session, {"cookie"}), "sealed");
  EXPECT_EQ(find_mail_secret(settings, session, {"other"}), "");
  settings.store = {"imap", "mail.test", 143, MailEncryption::None};
  settings.transport = {"smtp", "mail.test", 25, MailEncryption::None};
  const mail::Account account = make_primary_account(settings, anna(), ContextId(1), "token");
  EXPECT_EQ(account.store.mechanism, mail::Mechanism::XOAuth2);
  EXPECT_EQ(account.transport.mechanism, mail::Mechanism::XOAuth2);
  EXPECT_EQ(account.store.secret, "token");
}

}  // namespace
}  // namespace gw::mailbox
