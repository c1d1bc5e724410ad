#include "mailbox/accounts/account_service.hpp"

#include <gtest/gtest.h>

#include "mailbox/accounts/account_store.hpp"
#include "unit/lib/mailbox/accounts/sample_account.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::mailbox::accounts {
namespace {

using gw::test::code_of;
using gw::test::kAdmin;
using gw::test::kAnna;
using gw::test::kBerta;
using gw::test::sample_account;

class AccountServiceTest : public gw::test::SampleContext {
 protected:
  AccountServiceTest() : SampleContext({}) { database.settings.mail_accounts.per_user = 2; }

  [[nodiscard]] Reach reach() const { return Reach(database.settings.mail_accounts); }
  AccountRecord create(const std::string& name, UserId user = kAnna) {
    AccountRecord record = sample_account();
    record.name = name;
    record.address = name + "@provider.test";
    record.store.login = name;
    return create_account(as(user), reach(), record, {});
  }
  std::vector<std::string> names(UserId user = kAnna) {
    std::vector<std::string> names;
    for (const AccountRecord& each : load_records(as(user))) names.push_back(each.name);
    return names;
  }
};

TEST_F(AccountServiceTest, AnAccountIsKeptWithItsPasswordSealed) {
  AccountRecord wanted = sample_account();
  wanted.fullnames.sent = "Gesendet";
  wanted.names.trash = "Müll";
  wanted.meta = "\"mine\"";
  const AccountRecord made = create_account(as(kAnna), reach(), wanted, {});
  const AccountRecord kept = load_records(as(kAnna)).at(0);
  EXPECT_EQ(kept.id, made.id);
  EXPECT_EQ(kept.name, wanted.name);
  EXPECT_EQ(kept.fullnames.sent, "Gesendet");
  EXPECT_EQ(kept.names.trash, "Müll");
  EXPECT_EQ(kept.meta, wanted.meta);
  EXPECT_EQ(kept.transport.tls, Tls::StartTls);
  EXPECT_FALSE(kept.store.new_password);
  EXPECT_EQ(kept.store.sealed_password.find("secret"), std::string::npos);
  const mail::Account account = make_account(as(kAnna), reach(), kept);
  EXPECT_EQ(account.store.secret, "secret");
  EXPECT_EQ(account.transport.secret, "secret");
  EXPECT_EQ(account.transport.login, account.store.login);
  EXPECT_NE(account.store.denied, nullptr);
  EXPECT_EQ(account.fallback_names.trash, "Müll");
  EXPECT_EQ(account.fallback_names.sent, "Sent");
}

TEST_F(AccountServiceTest, ASealedPasswordOpensInItsPlaceOnly) {
  AccountRecord moved = create("one");
  moved.id += 1;
  EXPECT_EQ(code_of([&] { make_account(as(kAnna), reach(), moved); }), "ACC-0010");
  moved.id -= 1;
  EXPECT_EQ(code_of([&] { make_account(as(kBerta), reach(), moved); }), "ACC-0010");
}

TEST_F(AccountServiceTest, TheNumberOfAccountsIsLimited) {
  create("one");
  create("two");
  EXPECT_EQ(code_of([&] { create("three"); }), "ACC-0014");
  create("three", kBerta);
  EXPECT_EQ(names(), (std::vector<std::string>{"one", "two"}));
  database.settings.mail_accounts.per_user = 0;
  EXPECT_TRUE(names().empty());
  EXPECT_EQ(code_of([&] { create("four", kBerta); }), "ACC-0014");
}

TEST_F(AccountServiceTest, AChangeKeepsThePasswordUnlessThereIsANewOne) {
  const std::int64_t id = create("one").id;
  const auto change = [&](auto&& act) { return change_account(as(kAnna), reach(), id, {}, act); };
  change([](AccountRecord& record) { record.name = "other"; });
  EXPECT_EQ(make_account(as(kAnna), reach(), load_records(as(kAnna)).at(0)).store.secret, "secret");
  change([](AccountRecord& record) { record.store.new_password = "newer"; });
  EXPECT_EQ(make_account(as(kAnna), reach(), load_records(as(kAnna)).at(0)).store.secret, "newer");
  EXPECT_EQ(names(), std::vector<std::string>{"other"});
  EXPECT_EQ(code_of([&] { change([](AccountRecord& record) { record.store.protocol = "pop3"; }); }),
            "ACC-0026");
  EXPECT_EQ(code_of([&] { change([](AccountRecord& record) { record.store.host = "10.0.0.1"; }); }),
            "ACC-0025");
  EXPECT_EQ(code_of([&] { change_account(as(kBerta), reach(), id, {}, [](AccountRecord&) {}); }), "ACC-0002");
}

TEST_F(AccountServiceTest, OfThePrimaryAccountOnlyChangesAreKept) {
  change_account(as(kAnna), reach(), 0, {}, [](AccountRecord& record) { record.name = "Work"; });
  change_account(as(kAnna), reach(), 0, {}, [](AccountRecord& record) { record.personal = "Boss"; });
  database.settings.mail_accounts.per_user = 0;
  const AccountRecord kept = load_records(as(kAnna)).at(0);
  EXPECT_EQ(kept.id, 0);
  EXPECT_EQ(kept.name, "Work");
  EXPECT_EQ(kept.personal, "Boss");
  EXPECT_TRUE(kept.store.host.empty());
}

TEST_F(AccountServiceTest, WhoHasReadThemSeesEachChange) {
  EXPECT_TRUE(names().empty());
  const std::int64_t id = create("one").id;
  EXPECT_EQ(names(), std::vector<std::string>{"one"});
  // Within one request, too: nobody has asked for the caller again.
  model::UnitOfWork& work = as(kAnna);
  ASSERT_EQ(load_records(work).size(), 1U);
  change_account(work, reach(), id, {}, [](AccountRecord& record) { record.name = "other"; });
  EXPECT_EQ(load_records(work).at(0).name, "other");
  EXPECT_EQ(code_of([&] {
              change_account(work, reach(), id, {}, [](AccountRecord& record) { record.store.port = 0; });
            }),
            "ACC-0018");
  EXPECT_EQ(load_records(work).at(0).name, "other");
  const std::vector<std::int64_t> ids{id};
  remove_accounts(work, ids);
  EXPECT_TRUE(load_records(work).empty());
  EXPECT_TRUE(names().empty());
}

TEST_F(AccountServiceTest, AccountsGoWithTheirUser) {
  create("one");
  create("two", kBerta);
  model::users::delete_user(as(kAdmin), kAnna);
  EXPECT_TRUE(list_records(as(kAdmin).connection(), gw::test::kContext, kAnna).empty());
  EXPECT_EQ(list_records(as(kAdmin).connection(), gw::test::kContext, kBerta).size(), 1U);
}

TEST_F(AccountServiceTest, DeletingGivesWhatWasThere) {
  const std::int64_t one = create("one").id, two = create("two").id, foreign = create("x", kBerta).id;
  const std::vector<std::int64_t> with_primary{one, 0};
  EXPECT_EQ(code_of([&] { remove_accounts(as(kAnna), with_primary); }), "ACC-0006");
  const std::vector<std::int64_t> ids{one, foreign, 4'711};
  EXPECT_EQ(remove_accounts(as(kAnna), ids), std::vector<std::int64_t>{one});
  EXPECT_EQ(load_records(as(kAnna)).at(0).id, two);
  EXPECT_EQ(names(kBerta).size(), 1U);
}

}  // namespace
}  // namespace gw::mailbox::accounts
