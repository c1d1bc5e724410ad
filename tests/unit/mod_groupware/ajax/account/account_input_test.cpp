// Mail accounts as clients send and get them.
#include "ajax/account/account_input.hpp"

#include <gtest/gtest.h>

#include <set>

namespace gw::ajax {
namespace {

namespace accounts = mailbox::accounts;
using accounts::AccountRecord;

AccountRecord applied(const std::string& text, AccountRecord record = {}) {
  apply_account(record, Json::parse(text).value_or(Json()));
  return record;
}

std::string input_code(const std::string& text) {
  try {
    applied(text);
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(AccountColumns, NumbersRiseAndNamesAreUnique) {
  std::set<std::string> names;
  int last = 0;
  for (const AccountColumn& column : account_columns()) {
    EXPECT_GT(column.number, last);
    last = column.number;
    EXPECT_TRUE(names.insert(column.name).second) << column.name;
    EXPECT_EQ(find_account_column(column.number), &column);
  }
  EXPECT_EQ(find_account_column(1), nullptr);
}

TEST(AccountInput, AUrlWinsOverSingleFields) {
  const AccountRecord record = applied(
      R"({"mail_url":"imaps://one.test:99","mail_server":"two.test","mail_port":1,"mail_secure":false})");
  EXPECT_EQ(record.store.host, "one.test");
  EXPECT_EQ(record.store.port, 99);
  EXPECT_EQ(record.store.tls, accounts::Tls::Always);
}

TEST(AccountInput, FieldsMakeAServer) {
  const AccountRecord record = applied(
      R"({"mail_protocol":"pop3s","mail_server":"pop.test","transport_server":"out.test","transport_starttls":true})");
  EXPECT_EQ(record.store.protocol, "pop3");
  EXPECT_EQ(record.store.port, 995);
  EXPECT_EQ(record.transport.protocol, "smtp");
  EXPECT_EQ(record.transport.port, 587);
  EXPECT_EQ(record.transport.tls, accounts::Tls::StartTls);
  EXPECT_EQ(record.auth, accounts::TransportAuth::AsStore);
  EXPECT_EQ(applied(R"({"transport_login":"x","transport_password":"y"})").auth,
            accounts::TransportAuth::Own);
  EXPECT_EQ(applied(R"({"transport_auth":"none"})").auth, accounts::TransportAuth::None);
}

TEST(AccountInput, WhatIsAbsentOrNullStays) {
  AccountRecord before =
      applied(R"({"name":"a","mail_url":"imap://x.test","mail_starttls":true,"password":"p"})");
  before.store.new_password.reset();
  const AccountRecord after = applied(R"({"name":null,"mail_port":144,"password":""})", before);
  EXPECT_EQ(after.name, "a");
  EXPECT_EQ(after.store.port, 144);
  EXPECT_EQ(after.store.tls, accounts::Tls::StartTls);
  EXPECT_FALSE(after.store.new_password);
}

TEST(AccountInput, FullNamesComeAsPaths) {
  const AccountRecord record =
      applied(R"({"trash_fullname":"default7/INBOX/Müll","sent_fullname":"Sent","trash":"Müll"})");
  EXPECT_EQ(record.fullnames.trash, "INBOX/Müll");
  EXPECT_EQ(record.fullnames.sent, "Sent");
  EXPECT_EQ(record.names.trash, "Müll");
}

TEST(AccountInput, WhatIsOfTheWrongKindIsRefused) {
  for (const char* text : {R"({"name":[]})", R"({"mail_port":70000})", R"({"mail_secure":[]})",
                           R"({"password":5})", R"({"pop3_refresh_rate":-1})", R"({"transport_auth":"x"})"})
    EXPECT_EQ(input_code(text), "SVL-0010") << text;
  EXPECT_EQ(input_code("[]"), "SVL-0028");
  EXPECT_EQ(input_code(R"({"unified_inbox_enabled":[]})"), "SVL-0010");
  EXPECT_TRUE(applied(R"({"unified_inbox_enabled":true})").is_unified);
  EXPECT_EQ(input_code(R"({"transport_oauth":3})"), "MSG-0108");
  EXPECT_EQ(input_code(R"({"mail_oauth":-1})"), "");
}

TEST(AccountInput, AWrittenAccountIsReadAsItWas) {
  AccountView view{
      applied(R"({"name":"n","mail_url":"pop3s://x.test","login":"l","transport_url":"smtp://y.test",
    "transport_starttls":true,"primary_address":"a@x.test","personal":"P","reply_to":"b@x.test","meta":{"a":1},
    "pop3_refresh_rate":7,"pop3_expunge_on_quit":true,"archive":"Old"})"),
      {}};
  view.record.id = 9;
  view.record.fullnames.archive = "Old";
  const Json written = write_account(view);
  EXPECT_EQ(written.get("root_folder").as_string(), "default9");
  EXPECT_EQ(written.get("archive_fullname").as_string(), "default9/Old");
  EXPECT_EQ(write_account({applied(written.dump(), view.record), {}}).dump(), written.dump());
}

}  // namespace
}  // namespace gw::ajax
