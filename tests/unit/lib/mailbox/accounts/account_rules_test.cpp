#include "mailbox/accounts/account_rules.hpp"

#include <gtest/gtest.h>

#include "unit/lib/mailbox/accounts/sample_account.hpp"

namespace gw::mailbox::accounts {
namespace {

using gw::test::code_of;
using gw::test::sample_account;

ServerRecord from_url(std::string_view url, ServerKind kind = ServerKind::Store, Tls tls = Tls::Offered) {
  ServerRecord server;
  server.protocol = kind == ServerKind::Store ? "imap" : "smtp";
  server.tls = tls;
  set_url(server, kind, url);
  return server;
}

TEST(AccountRules, AUrlNamesProtocolHostAndPort) {
  const ServerRecord secure = from_url("IMAPS://mail.test");
  EXPECT_EQ(secure.protocol, "imap");
  EXPECT_EQ(secure.port, 993);
  EXPECT_EQ(secure.tls, Tls::Always);
  EXPECT_EQ(format_url(secure), "imaps://mail.test:993");
  EXPECT_EQ(format_url(from_url("pop3://mail.test:1110/")), "pop3://mail.test:1110");
  EXPECT_EQ(format_url(from_url("imap://[2001:db8::1]:99")), "imap://[2001:db8::1]:99");
  EXPECT_EQ(from_url("mail.test").port, 143);
  EXPECT_EQ(from_url("smtp://mail.test", ServerKind::Transport).port, 587);
  // The URL wins over a flag of its own, not over STARTTLS.
  EXPECT_EQ(from_url("imap://mail.test", ServerKind::Store, Tls::Always).tls, Tls::Offered);
  EXPECT_EQ(from_url("imap://mail.test", ServerKind::Store, Tls::StartTls).tls, Tls::StartTls);
  EXPECT_EQ(format_url({}), "");
}

TEST(AccountRules, WhatIsNoUrlIsRefused) {
  for (const char* url : {"imap://", "imap://a b", "imap://a:0", "imap://a:x", "imap://[::1", "imap://a/b",
                          "imap://a@b", "imap://a\r\nb"})
    EXPECT_EQ(code_of([&] { from_url(url); }), "ACC-0018") << url;
  EXPECT_EQ(code_of([] { from_url("smtp://a"); }), "MSG-0044");
  EXPECT_EQ(code_of([] { from_url("imap://a", ServerKind::Transport); }), "MSG-0053");
}

TEST(AccountRules, ARecordMustBeWhole) {
  EXPECT_EQ(code_of([] { check_record(sample_account()); }), "");
  const auto broken = [](auto&& change) {
    AccountRecord record = sample_account();
    change(record);
    return code_of([&] { check_record(record); });
  };
  EXPECT_EQ(broken([](AccountRecord& r) { r.name = "  "; }), "ACC-0016");
  EXPECT_EQ(broken([](AccountRecord& r) { r.name = std::string(256, 'x'); }), "ACC-0016");
  EXPECT_EQ(broken([](AccountRecord& r) { r.address.clear(); }), "SVL-0002");
  EXPECT_EQ(broken([](AccountRecord& r) { r.address = "x"; }), "MSG-1008");
  EXPECT_EQ(broken([](AccountRecord& r) { r.store.login.clear(); }), "SVL-0002");
  EXPECT_EQ(broken([](AccountRecord& r) { r.store.new_password.reset(); }), "SVL-0002");
  EXPECT_EQ(broken([](AccountRecord& r) { r.store.host = "a b"; }), "ACC-0019");
  EXPECT_EQ(broken([](AccountRecord& r) { r.store.port = 0; }), "ACC-0018");
  EXPECT_EQ(broken([](AccountRecord& r) { r.names.sent = "a\nb"; }), "SVL-0010");
  EXPECT_EQ(broken([](AccountRecord& r) { r.meta = std::string(65'537, 'x'); }), "SVL-0031");
  EXPECT_EQ(broken([](AccountRecord& r) { r.transport = {}; }), "");
  // Of the primary account a row holds nothing but what was changed.
  AccountRecord primary;
  primary.name = "Work";
  EXPECT_EQ(code_of([&] { check_names(primary); }), "");
  EXPECT_EQ(code_of([&] { check_record(primary); }), "SVL-0002");
}

TEST(AccountRules, NothingIsThereTwice) {
  const std::vector<std::string> own{"anna@example.test"};
  std::vector<AccountRecord> others{sample_account()};
  others[0].id = 30;
  const auto verdict = [&](auto&& change) {
    AccountRecord record = sample_account();
    record.id = 31;
    record.address = "second@provider.test";
    record.store.login = "second";
    change(record);
    return code_of([&] { check_unique(record, others, own); });
  };
  EXPECT_EQ(verdict([](AccountRecord&) {}), "");
  EXPECT_EQ(verdict([&](AccountRecord& r) { r.address = "ANNA@example.test"; }), "ACC-0015");
  EXPECT_EQ(verdict([&](AccountRecord& r) { r.address = others[0].address; }), "ACC-0015");
  EXPECT_EQ(verdict([&](AccountRecord& r) { r.store.login = others[0].store.login; }), "ACC-0017");
  EXPECT_EQ(verdict([&](AccountRecord& r) {
              r.id = 30;
              r.address = others[0].address;
              r.store.login = others[0].store.login;
            }),
            "");
}

TEST(AccountRules, DoubtfulSettingsAreWarnedOf) {
  const auto codes = [](const AccountRecord& record) {
    std::vector<std::string> found;
    for (const auto& [code, arguments] : find_warnings(record)) found.push_back(format_code(*code));
    return found;
  };
  EXPECT_TRUE(codes(sample_account()).empty());
  AccountRecord record = sample_account();
  record.store.tls = Tls::Offered;
  EXPECT_EQ(codes(record), (std::vector<std::string>{"MSG-0081", "ACC-0022"}));
  EXPECT_EQ(find_warnings(record, true).front().second, std::vector<std::string>{record.store.host});
  EXPECT_EQ(format_code(*find_warnings(record, true).front().first), "MSG-0079");
  record.transport.tls = Tls::Always;
  record.store.tls = Tls::Always;
  EXPECT_EQ(codes(record), (std::vector<std::string>{"ACC-0023"}));
}

}  // namespace
}  // namespace gw::mailbox::accounts
