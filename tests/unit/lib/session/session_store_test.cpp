#include "session/session_store.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/crypto.hpp"
#include "core/errors/session.hpp"
#include "session/mail_password.hpp"
#include "session/memory_cache.hpp"
#include "support/database.hpp"
#include "unit/lib/session/quick_password.hpp"

namespace gw::session {
namespace {

std::string code_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "none";
}

class SessionStoreTest : public testing::Test {
 protected:
  SessionStoreTest() : cache(db.clock), store(db.settings, cache, db.clock), scope(*db.pool) {}

  static Session draft(std::int64_t user = 3, const std::string& client = "web",
                       const std::string& auth_id = {}) {
    Session session;
    session.context = ContextId(1);
    session.user = UserId(user);
    session.login_name = "user1";
    session.client = client;
    session.auth_id = auth_id;
    session.cookie_hash = "H";
    session.address = "192.0.2.1";
    return session;
  }
  NewSession create(Session session = draft()) {
    return store.create(scope, std::move(session), "mail secret");
  }
  std::int64_t rows(const std::string& table) {
    sql::Query row = scope.connection().query("SELECT COUNT(*) FROM " + table);
    return row.next() ? row.integer(0) : -1;
  }
  std::int64_t stored_last_active(const std::string& id) {
    sql::Query row = scope.connection().query("SELECT last_active FROM sessions WHERE id=?", id);
    return row.next() ? row.integer(0) : -1;
  }

  test::TestDatabase db;
  MemoryCache cache;
  SessionStore store;
  sql::Scope scope;
};

TEST_F(SessionStoreTest, CreatedSessionIsFoundByBothIdsAndTheSecretIsNotStored) {
  const NewSession made = create();
  EXPECT_EQ(made.session.id.size(), 32U);
  EXPECT_EQ(made.secret.size(), 32U);
  EXPECT_EQ(made.session.secret_hash, to_hex(sha256(made.secret)));
  const auto found = store.find(scope, made.session.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, UserId(3));
  EXPECT_EQ(found->client, "web");
  ASSERT_TRUE(store.find_public(scope, made.session.public_id));
  EXPECT_EQ(store.find_public(scope, made.session.public_id)->id, made.session.id);
}

TEST_F(SessionStoreTest, TextThatIsNoIdIsUnknown) {
  for (const std::string& id : {std::string(), std::string("unset"), std::string(32, 'A'),
                                std::string(32, 'f'), std::string(33, 'a'), std::string(32, '\'')}) {
    EXPECT_FALSE(store.find(scope, id)) << id;
    EXPECT_FALSE(store.find_public(scope, id)) << id;
  }
}

TEST_F(SessionStoreTest, AnEndBehindTheCacheIsNoticedOnceTheAccountsAreTouched) {
  const NewSession made = create();
  auto cached = store.find(scope, made.session.id);
  ASSERT_TRUE(cached);
  EXPECT_TRUE(store.confirm(scope, *cached, 7));
  scope.write([&](sql::Connection& connection) {
    connection.execute("DELETE FROM sessions WHERE cid=1 AND id=?", made.session.id);
  });
  cached = store.find(scope, made.session.id);
  ASSERT_TRUE(cached);
  EXPECT_TRUE(store.confirm(scope, *cached, 7)) << "no query while the stamp is the same";
  EXPECT_FALSE(store.confirm(scope, *cached, 8));
  EXPECT_FALSE(store.find(scope, made.session.id));
}

TEST_F(SessionStoreTest, ASessionJustReadNeedsNoSecondLook) {
  const NewSession made = create();
  cache.remove("s" + made.session.id);
  auto read = store.find(scope, made.session.id);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->is_fresh);
  read = store.find(scope, made.session.id);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->is_fresh);
}

TEST_F(SessionStoreTest, EndingAllSessionsOfAUserEndsThoseThatWaitForTheirTokens) {
  const NewSession waiting = create();
  const std::string token = store.store_tokens(scope, waiting, "ours");
  const NewSession other = create(draft(4));
  const std::string others_token = store.store_tokens(scope, other, "ours");
  store.remove_all_of_user(scope, ContextId(1), UserId(3), {});
  EXPECT_EQ(code_of([&] { store.redeem_tokens(scope, token, "ours"); }), "SES-0210");
  EXPECT_EQ(store.redeem_tokens(scope, others_token, "ours").session.id, other.session.id);
  EXPECT_EQ(rows("session_tokens"), 0);
}

TEST_F(SessionStoreTest, MailPasswordOpensOnlyWithTheSecretOfItsOwnSession) {
  const NewSession made = create();
  const NewSession other = create();
  const auto found = store.find(scope, made.session.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(open_mail_password(*found, made.secret), "mail secret");
  EXPECT_FALSE(open_mail_password(*found, other.secret));
  Session moved = other.session;
  moved.sealed_password = made.session.sealed_password;
  EXPECT_FALSE(open_mail_password(moved, made.secret));
}

TEST_F(SessionStoreTest, CachedSessionNeedsNoDatabase) {
  const NewSession made = create();
  scope.write([](sql::Connection& connection) { connection.execute("DELETE FROM sessions WHERE cid=1"); });
  EXPECT_TRUE(store.find(scope, made.session.id));
}

TEST_F(SessionStoreTest, NodesWithoutASharedCacheFollowALogoutWithinThirtySeconds) {
  const NewSession made = create();
  MemoryCache other_cache(db.clock);
  SessionStore other_node(db.settings, other_cache, db.clock);
  ASSERT_TRUE(other_node.find(scope, made.session.id));
  store.remove(scope, made.session);
  EXPECT_FALSE(store.find(scope, made.session.id));
  db.clock.advance(29'999);
  EXPECT_TRUE(other_node.find(scope, made.session.id));
  db.clock.advance(1);
  EXPECT_FALSE(other_node.find(scope, made.session.id));
}

TEST_F(SessionStoreTest, LogoutIsImmediateForAllProcessesThatShareTheCache) {
  const NewSession made = create();
  SessionStore other_process(db.settings, cache, db.clock);
  ASSERT_TRUE(other_process.find(scope, made.session.id));
  ASSERT_TRUE(other_process.find_public(scope, made.session.public_id));
  store.remove(scope, made.session);
  EXPECT_FALSE(other_process.find(scope, made.session.id));
  EXPECT_FALSE(other_process.find_public(scope, made.session.public_id));
  EXPECT_EQ(rows("sessions"), 0);
}

/// Runs a hook between a query for a session and what is cached of it.
class InterruptedCache final : public SessionCache {
 public:
  explicit InterruptedCache(const Clock& clock) : inner(clock) {}
  std::optional<std::string> get(std::string_view key) noexcept override { return inner.get(key); }
  void put(std::string_view key, std::string_view value, std::chrono::seconds lifetime) noexcept override {
    if (before_put) std::exchange(before_put, nullptr)();
    inner.put(key, value, lifetime);
  }
  void remove(std::string_view key) noexcept override { inner.remove(key); }
  MemoryCache inner;
  std::function<void()> before_put;
};

TEST_F(SessionStoreTest, LogoutDuringALookupIsNotUndoneByTheCache) {
  InterruptedCache shared(db.clock);
  SessionStore first(db.settings, shared, db.clock);
  SessionStore second(db.settings, shared, db.clock);
  const NewSession made = create();
  sql::Scope other_scope(*db.pool);
  shared.before_put = [&] { second.remove(other_scope, made.session); };
  EXPECT_FALSE(first.find(scope, made.session.id));
  EXPECT_FALSE(first.find(scope, made.session.id));
  EXPECT_FALSE(second.find(other_scope, made.session.id));
}

TEST_F(SessionStoreTest, LastUseIsWrittenAtMostOnceInSixMinutes) {
  const NewSession made = create();
  const std::int64_t start = db.clock.now().value;
  db.clock.advance(6 * kMinute - 1);
  ASSERT_TRUE(store.find(scope, made.session.id));
  EXPECT_EQ(stored_last_active(made.session.id), start);
  db.clock.advance(1);
  ASSERT_TRUE(store.find(scope, made.session.id));
  EXPECT_EQ(stored_last_active(made.session.id), start + 6 * kMinute);
  EXPECT_EQ(store.find(scope, made.session.id)->last_active.value, start + 6 * kMinute);
}

TEST_F(SessionStoreTest, ShortTermSessionEndsBetween54And60MinutesAfterItsLastUse) {
  const NewSession made = create();
  db.clock.advance(6 * kMinute - 1);  // used, but within the step: not written
  ASSERT_TRUE(store.find(scope, made.session.id));
  db.clock.advance(54 * kMinute);
  EXPECT_TRUE(store.find(scope, made.session.id));
  db.clock.advance(60 * kMinute);
  EXPECT_FALSE(store.find(scope, made.session.id));
}

TEST_F(SessionStoreTest, UnusedShortTermSessionEndsAfterAnHour) {
  const NewSession made = create();
  const NewSession second = create();
  db.clock.advance(60 * kMinute - 1);
  EXPECT_TRUE(store.find(scope, made.session.id));
  db.clock.advance(1);
  EXPECT_FALSE(store.find(scope, second.session.id));
  EXPECT_FALSE(store.find_public(scope, second.session.public_id));
}

TEST_F(SessionStoreTest, PersistentSessionLivesAWeekAndMovesInStepsOfAnHour) {
  NewSession made = create();
  const std::int64_t start = db.clock.now().value;
  store.make_persistent(scope, made.session);
  db.clock.advance(59 * kMinute);
  ASSERT_TRUE(store.find(scope, made.session.id));
  EXPECT_EQ(stored_last_active(made.session.id), start);
  db.clock.advance(kMinute);
  ASSERT_TRUE(store.find(scope, made.session.id));
  EXPECT_EQ(stored_last_active(made.session.id), start + 60 * kMinute);
  db.clock.advance(7LL * 24 * 60 * kMinute - 1);
  EXPECT_TRUE(store.find(scope, made.session.id));
  db.clock.advance(7LL * 24 * 60 * kMinute);
  EXPECT_FALSE(store.find(scope, made.session.id));
}

TEST_F(SessionStoreTest, AShortConfiguredLifetimeIsKeptAliveByUse) {
  db.settings.session.short_lifetime = Seconds(120);
  const NewSession made = create();
  for (int i = 0; i < 10; ++i) {
    db.clock.advance(60'000);
    ASSERT_TRUE(store.find(scope, made.session.id)) << i;
  }
  db.clock.advance(120'000);
  EXPECT_FALSE(store.find(scope, made.session.id));
}

TEST_F(SessionStoreTest, UserLimitCountsLiveSessionsOnly) {
  db.settings.session.max_sessions_per_user = 2;
  create();
  create();
  EXPECT_EQ(code_of([&] { create(); }), "SES-0007");
  EXPECT_EQ(code_of([&] { create(draft(4)); }), "none");
  db.clock.advance(61 * kMinute);
  EXPECT_EQ(code_of([&] { create(); }), "none");
}

TEST_F(SessionStoreTest, ClientLimitIsPerClientAndUser) {
  db.settings.session.max_sessions_per_client = 1;
  create(draft(3, "web"));
  EXPECT_EQ(code_of([&] { create(draft(3, "web")); }), "SES-0207");
  EXPECT_EQ(code_of([&] { create(draft(3, "phone")); }), "none");
  EXPECT_EQ(code_of([&] { create(draft(4, "web")); }), "none");
}

TEST_F(SessionStoreTest, TotalLimitAppliesToAllUsersAndFallsWithALogout) {
  db.settings.session.max_sessions_per_node = 2;
  const NewSession first = create(draft(3));
  create(draft(4));
  EXPECT_EQ(code_of([&] { create(draft(5)); }), "SES-0002");
  store.remove(scope, first.session);
  EXPECT_EQ(code_of([&] { create(draft(5)); }), "none");
}

TEST_F(SessionStoreTest, ZeroMeansNoLimit) {
  db.settings.session.max_sessions_per_node = 0;
  db.settings.session.max_sessions_per_user = 0;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of([&] { create(); }), "none");
}

TEST_F(SessionStoreTest, AuthIdMayBeUsedAgainOnlyAfterItsSessionEnded) {
  const NewSession made = create(draft(3, "web", "auth-1"));
  EXPECT_EQ(code_of([&] { create(draft(4, "web", "auth-1")); }), "SES-0008");
  EXPECT_EQ(code_of([&] { create(draft(4, "web", "auth-2")); }), "none");
  store.remove(scope, made.session);
  EXPECT_EQ(code_of([&] { create(draft(4, "web", "auth-1")); }), "none");
}

TEST_F(SessionStoreTest, TokenSessionIsUnusableUntilBothTokensCameAndThenTheyAreSpent) {
  const NewSession made = create();
  const std::string token = store.store_tokens(scope, made, "client token");
  EXPECT_FALSE(store.find(scope, made.session.id));
  EXPECT_FALSE(store.find_public(scope, made.session.public_id));
  EXPECT_TRUE(store.list_of_user(scope, ContextId(1), UserId(3)).empty());
  EXPECT_EQ(code_of([&] { store.redeem_tokens(scope, "unknown", "client token"); }), "SES-0210");
  EXPECT_EQ(code_of([&] { store.redeem_tokens(scope, token, "other"); }), "SES-0211");
  EXPECT_FALSE(store.find(scope, made.session.id));
  const NewSession opened = store.redeem_tokens(scope, token, "client token");
  EXPECT_EQ(opened.session.id, made.session.id);
  EXPECT_EQ(opened.secret, made.secret);
  EXPECT_EQ(open_mail_password(opened.session, opened.secret), "mail secret");
  EXPECT_TRUE(store.find(scope, made.session.id));
  EXPECT_EQ(code_of([&] { store.redeem_tokens(scope, token, "client token"); }), "SES-0210");
}

TEST_F(SessionStoreTest, TokensEndAfterAMinuteAndTheirSessionsWithThem) {
  const NewSession made = create();
  const std::string token = store.store_tokens(scope, made, "c");
  const NewSession used = create();
  const std::string acquired = store.acquire_token(scope, used);
  db.clock.advance(60'000);
  EXPECT_EQ(code_of([&] { store.redeem_tokens(scope, token, "c"); }), "SES-0210");
  EXPECT_FALSE(store.redeem_token(scope, acquired));
  EXPECT_EQ(store.purge_expired(scope), 1);
  EXPECT_EQ(rows("session_tokens"), 0);
  EXPECT_EQ(rows("sessions"), 1);
}

TEST_F(SessionStoreTest, AcquiredAndRandomTokensWorkOnceAndNotForEachOther) {
  const NewSession made = create();
  const std::string acquired = store.acquire_token(scope, made);
  const std::string random = store.store_random(scope, made);
  EXPECT_FALSE(store.redeem_random(scope, acquired));
  EXPECT_FALSE(store.redeem_token(scope, random));
  const auto first = store.redeem_token(scope, acquired);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->secret, made.secret);
  EXPECT_FALSE(store.redeem_token(scope, acquired));
  ASSERT_TRUE(store.redeem_random(scope, random));
  EXPECT_FALSE(store.redeem_random(scope, random));
}

TEST_F(SessionStoreTest, TokenOfAnEndedSessionOpensNothing) {
  const NewSession made = create();
  const std::string acquired = store.acquire_token(scope, made);
  store.remove(scope, made.session);
  EXPECT_FALSE(store.redeem_token(scope, acquired));
  EXPECT_EQ(rows("session_tokens"), 0);
}

TEST_F(SessionStoreTest, EndingAllSessionsOfAUserSparesTheGivenOneAndOthers) {
  const NewSession kept = create();
  const NewSession ended = create();
  const NewSession other = create(draft(4));
  store.remove_all_of_user(scope, ContextId(1), UserId(3), kept.session.id);
  EXPECT_TRUE(store.find(scope, kept.session.id));
  EXPECT_FALSE(store.find(scope, ended.session.id));
  EXPECT_TRUE(store.find(scope, other.session.id));
}

TEST_F(SessionStoreTest, ChangesReachTheOtherProcessesOfTheCache) {
  NewSession made = create();
  SessionStore other_process(db.settings, cache, db.clock);
  ASSERT_TRUE(other_process.find(scope, made.session.id));
  store.change_address(scope, made.session, "203.0.113.9");
  store.change_mail_password(scope, made.session, made.secret, "newer");
  const auto found = other_process.find(scope, made.session.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->address, "203.0.113.9");
  EXPECT_EQ(open_mail_password(*found, made.secret), "newer");
}

TEST_F(SessionStoreTest, ChangingAnEndedSessionSaysSo) {
  NewSession made = create();
  store.remove(scope, made.session);
  EXPECT_EQ(code_of([&] { store.make_persistent(scope, made.session); }), "SES-0203");
}

TEST_F(SessionStoreTest, PurgeRemovesWhatExpiredAndNothingElse) {
  create();
  NewSession persistent = create();
  store.make_persistent(scope, persistent.session);
  db.clock.advance(61 * kMinute);
  const NewSession young = create();
  EXPECT_EQ(store.purge_expired(scope), 1);
  EXPECT_TRUE(store.find(scope, persistent.session.id));
  EXPECT_TRUE(store.find(scope, young.session.id));
  db.clock.advance(8LL * 24 * 60 * kMinute);
  EXPECT_EQ(store.purge_expired(scope), 2);
  EXPECT_EQ(rows("sessions"), 0);
}

TEST_F(SessionStoreTest, EachEndIsToldOnceWhateverItsReason) {
  using End = std::pair<std::string, bool>;
  std::vector<End> told;
  store.on_end([&](const Session& session, bool was_last) {
    EXPECT_EQ(session.user, UserId(3));
    told.emplace_back(session.id, was_last);
  });
  const NewSession first = create(), second = create(), third = create();
  store.remove(scope, first.session);
  EXPECT_EQ(told, (std::vector<End>{{first.session.id, false}}));
  store.remove_all_of_user(scope, second.session.context, UserId(3), third.session.id);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1], End(second.session.id, false));
  db.clock.advance(120 * kMinute);
  EXPECT_EQ(store.purge_expired(scope), 1);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[2], End(third.session.id, true));
}

TEST_F(SessionStoreTest, ParallelRequestsAndALogoutAgree) {
  const NewSession made = create();
  db.clock.advance(7 * kMinute);
  std::atomic<bool> logged_out{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      sql::Scope own(*db.pool);
      for (int i = 0; i < 200; ++i) {
        const bool was_out = logged_out.load();
        const bool found = store.find(own, made.session.id).has_value();
        EXPECT_FALSE(was_out && found);
      }
    });
  sql::Scope own(*db.pool);
  store.remove(own, made.session);
  logged_out = true;
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace gw::session
