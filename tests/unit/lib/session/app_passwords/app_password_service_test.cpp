#include "session/app_passwords/app_password_service.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "session/app_passwords/app_password_rows.hpp"
#include "support/database.hpp"

namespace gw::session::app_passwords {
namespace {

std::string refusal_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "none";
}

class AppPasswords : public testing::Test {
 protected:
  AppPasswords() {
    db.settings.file_store = "file:/nowhere";
    db.add_bare_context(ContextId(1));
    work = db.work_for(ContextId(1), UserId(3));
    model::Caller caller = work->caller();
    caller.modules = model::kDefaultModules;
    work->replace_caller(std::move(caller));
  }
  std::vector<std::string> scopes() {
    std::vector<std::string> names;
    for (const AppScopeRow* row : offered_scopes(*work)) names.emplace_back(row->name);
    return names;
  }
  test::TestDatabase db;
  std::unique_ptr<model::UnitOfWork> work;
};

TEST(AppPassword, IsReadableAndHas128Bits) {
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) {
    const std::string text = make_app_password();
    EXPECT_EQ(text.size(), 30U);
    EXPECT_EQ(text[5], '-');
    const auto folded = fold_app_password(text);
    ASSERT_TRUE(folded);
    EXPECT_EQ(folded->size(), 26U);
    EXPECT_EQ(fold_app_password(to_upper_ascii(text)), folded);
    EXPECT_EQ(fold_app_password(*folded), folded);
    EXPECT_TRUE(seen.insert(text).second);
  }
  for (const char* other : {"", "secret", "abcde-fghij-klmno-pqrst-uvwxy0", "correct horse battery staple"})
    EXPECT_FALSE(fold_app_password(other)) << other;
}

TEST(AppPassword, TheDigestBelongsToOneUserOfOneContext) {
  const std::string own = digest_app_password("s", ContextId(1), UserId(23), "x");
  EXPECT_NE(own, digest_app_password("s", ContextId(12), UserId(3), "x"));
  EXPECT_NE(own, digest_app_password("s", ContextId(1), UserId(24), "x"));
  EXPECT_NE(own, digest_app_password("t", ContextId(1), UserId(23), "x"));
  EXPECT_NE(own, digest_app_password("s", ContextId(1), UserId(23), "y"));
}

TEST(AppScopes, TableAndEnumerationAgree) {
  for (const AppScopeRow& row : app_scopes()) {
    EXPECT_EQ(app_scope(row.scope).name, row.name);
    EXPECT_EQ(find_app_scope(row.name), &row);
  }
  EXPECT_EQ(find_app_scope("imap"), nullptr);
}

TEST_F(AppPasswords, OnlyWhatThisServerOffersTheUserCanBeOpened) {
  EXPECT_EQ(scopes(), (std::vector<std::string>{"webdav", "api"}));
  db.settings.file_store.clear();
  EXPECT_EQ(scopes(), (std::vector<std::string>{"api"}));
  EXPECT_EQ(refusal_of([&] { create(*work, "webdav", "Laptop"); }), "APP_PASSWORD-0001");
  EXPECT_EQ(refusal_of([&] { create(*work, "everything", "Laptop"); }), "APP_PASSWORD-0001");
}

TEST_F(AppPasswords, AreListedWithoutTheirSecret) {
  const NewAppPassword made = create(*work, "webdav", " Laptop ");
  const auto all = list(*work, UserId(3));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, made.facts.id);
  EXPECT_EQ(all[0].scope, AppScope::Webdav);
  EXPECT_EQ(all[0].name, "Laptop");
  EXPECT_EQ(all[0].created, db.clock.now());
  EXPECT_EQ(all[0].last_used.value, 0);
  sql::Query row = work->connection().query("SELECT COUNT(*) FROM app_passwords WHERE digest=?",
                                            *fold_app_password(made.text));
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 0);
  EXPECT_TRUE(list(*work, UserId(4)).empty());
}

TEST_F(AppPasswords, NumberAndNamesHaveLimits) {
  for (const std::string& name :
       {std::string(), std::string(" "), std::string(101, 'x'), std::string("a\nb")})
    EXPECT_EQ(refusal_of([&] { create(*work, "api", name); }), "APP_PASSWORD-0002");
  for (std::size_t i = 0; i < kMaxAppPasswords; ++i) create(*work, "api", std::string(100, 'x'));
  EXPECT_EQ(refusal_of([&] { create(*work, "api", "one more"); }), "APP_PASSWORD-0003");
  revoke(*work, UserId(3), list(*work, UserId(3)).front().id);
  EXPECT_EQ(refusal_of([&] { create(*work, "api", "one more"); }), "none");
}

TEST_F(AppPasswords, ARevokedOneIsGoneAndThoseOfOthersAreUnknown) {
  const NewAppPassword made = create(*work, "api", "Script");
  EXPECT_EQ(refusal_of([&] { revoke(*work, UserId(4), made.facts.id); }), "APP_PASSWORD-0004");
  EXPECT_EQ(refusal_of([&] { revoke(*work, UserId(3), made.facts.id); }), "none");
  EXPECT_EQ(refusal_of([&] { revoke(*work, UserId(3), made.facts.id); }), "APP_PASSWORD-0004");
  EXPECT_TRUE(list(*work, UserId(3)).empty());
}

}  // namespace
}  // namespace gw::session::app_passwords
