#include "session/multifactor/multifactor_service.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "session/memory_cache.hpp"
#include "session/multifactor/attempts.hpp"
#include "session/multifactor/device_secrets.hpp"
#include "session/multifactor/totp.hpp"
#include "support/database.hpp"

namespace gw::session::multifactor {
namespace {

std::string code_of_refusal(const std::function<void()>& body) {
  try {
    body();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "none";
}

class MultifactorService : public testing::Test {
 protected:
  MultifactorService() : cache(db.clock), store(db.settings, cache, db.clock), scope(*db.pool) {
    db.add_bare_context(ContextId(1));
    work = db.work_for(ContextId(1), UserId(3));
  }
  std::string code(const StartedRegistration& made, std::int64_t offset = 0) {
    return totp_code(made.secret, totp_step(db.clock.now()) + offset);
  }
  StartedRegistration set_up() {
    StartedRegistration made = start_registration(*work, kTotp, "My phone");
    finish_registration(*work, kTotp, made.device.id, code(made));
    db.clock.advance(60'000);
    return made;
  }
  NewSession sign_in(Factor factor = Factor::None, std::int64_t user = 3) {
    Session session;
    session.context = ContextId(1);
    session.user = UserId(user);
    session.login_name = "user";
    session.client = "web";
    session.cookie_hash = "H";
    session.address = "192.0.2.1";
    session.factor = factor;
    return store.create(scope, std::move(session), {});
  }
  /// "none": it was proved.
  std::string try_code(Session& session, const StartedRegistration& made, const std::string& typed) {
    return code_of_refusal(
        [&] { prove(*work, store, session, made.device.provider, made.device.id, typed); });
  }
  /// As the next request sees it: a lease of SQLite keeps on seeing what it saw first.
  std::optional<Session> found(const NewSession& made) {
    scope.release();
    return store.find(scope, made.session.id);
  }
  Factor stored_factor(const Session& session) {
    scope.release();
    sql::Query row = scope.connection().query("SELECT factor FROM sessions WHERE id=?", session.id);
    return row.next() ? static_cast<Factor>(row.integer(0)) : Factor::None;
  }

  test::TestDatabase db;
  MemoryCache cache;
  SessionStore store;
  sql::Scope scope;
  std::unique_ptr<model::UnitOfWork> work;
};

TEST_F(MultifactorService, ADeviceCountsOnceItHasShownACode) {
  const StartedRegistration made = start_registration(*work, kTotp, " My phone ");
  EXPECT_TRUE(list_devices(*work).empty());
  EXPECT_EQ(sign_in().session.factor, Factor::None);
  EXPECT_EQ(code_of_refusal([&] { finish_registration(*work, kTotp, made.device.id, "000000x"); }),
            "MFA-0004");
  const FinishedRegistration finished = finish_registration(*work, kTotp, made.device.id, code(made));
  EXPECT_TRUE(finished.is_first);
  EXPECT_EQ(finished.device.name, "My phone");
  ASSERT_EQ(list_devices(*work).size(), 1U);
  EXPECT_EQ(sign_in().session.factor, Factor::Pending);
  EXPECT_EQ(sign_in(Factor::None, 4).session.factor, Factor::None) << "another user has none";
  EXPECT_EQ(sign_in(Factor::AppPassword).session.factor, Factor::AppPassword);
  EXPECT_EQ(code_of_refusal([&] { finish_registration(*work, kTotp, made.device.id, code(made, 1)); }),
            "MFA-0007")
      << "it is over";
  const StartedRegistration second = start_registration(*work, kTotp, "");
  EXPECT_FALSE(finish_registration(*work, kTotp, second.device.id, code(second)).is_first);
}

TEST_F(MultifactorService, ASetUpThatTakesTooLongIsNone) {
  const StartedRegistration made = start_registration(*work, kTotp, "");
  db.clock.advance(kRegistrationTime);
  EXPECT_EQ(code_of_refusal([&] { finish_registration(*work, kTotp, made.device.id, code(made)); }),
            "MFA-0007");
  for (int i = 0; i < 30; ++i) {
    start_registration(*work, kTotp, "");
    db.clock.advance(kRegistrationTime / 5);
  }
}

TEST_F(MultifactorService, DevicesAndNamesHaveLimits) {
  for (std::size_t i = 0; i < kMaxDevices; ++i) start_registration(*work, kTotp, "");
  EXPECT_EQ(code_of_refusal([&] { start_registration(*work, kTotp, ""); }), "MFA-0006");
  for (const std::string& name : {std::string(101, 'x'), std::string("a\nb"), std::string("\xFF")})
    EXPECT_EQ(code_of_refusal([&] { start_registration(*work, kTotp, name); }), "MFA-0009");
  EXPECT_EQ(code_of_refusal([&] { start_registration(*work, "SMS", ""); }), "MFA-0002");
  EXPECT_EQ(code_of_refusal([&] { start_registration(*work, "", ""); }), "MFA-0002");
}

TEST_F(MultifactorService, ACodeIsGoodOnceAndItsStepIsKeptWithTheSession) {
  const StartedRegistration made = set_up();
  NewSession first = sign_in(), second = sign_in();
  EXPECT_EQ(try_code(first.session, made, code(made)), "none");
  EXPECT_EQ(stored_factor(first.session), Factor::Proved);
  EXPECT_EQ(try_code(second.session, made, code(made)), "MFA-0004") << "used";
  EXPECT_EQ(try_code(second.session, made, code(made, -1)), "MFA-0004") << "older than the used one";
  EXPECT_EQ(stored_factor(second.session), Factor::Pending);
  db.clock.advance(30'000);
  EXPECT_EQ(try_code(second.session, made, code(made)), "none");
  EXPECT_EQ(found(second)->factor, Factor::Proved);
}

TEST_F(MultifactorService, TheCodeOfTheSetUpIsUsed) {
  const StartedRegistration made = start_registration(*work, kTotp, "");
  const std::string shown = code(made);
  finish_registration(*work, kTotp, made.device.id, shown);
  NewSession own = sign_in();
  EXPECT_EQ(try_code(own.session, made, shown), "MFA-0004");
}

TEST_F(MultifactorService, GuessingIsSlowedDownEvenForTheRightCode) {
  const StartedRegistration made = set_up();
  NewSession own = sign_in();
  for (std::int64_t i = 0; i < kFreeFailures; ++i)
    EXPECT_EQ(try_code(own.session, made, "000000x"), "MFA-0004") << i;
  EXPECT_EQ(try_code(own.session, made, code(made)), "MFA-0005") << "right or wrong, one must wait";
  db.clock.advance(kFirstWait - 1);
  EXPECT_EQ(try_code(own.session, made, code(made)), "MFA-0005");
  db.clock.advance(1);
  EXPECT_EQ(try_code(own.session, made, "000000x"), "MFA-0004");
  db.clock.advance(kFirstWait);
  EXPECT_EQ(try_code(own.session, made, code(made)), "MFA-0005") << "the wait doubles";
  db.clock.advance(kFirstWait);
  EXPECT_EQ(try_code(own.session, made, code(made)), "none");
  EXPECT_EQ(try_code(own.session, made, "000000x"), "MFA-0004") << "and is forgotten then";
  EXPECT_EQ(try_code(own.session, made, code(made, 1)), "none");
}

TEST_F(MultifactorService, ADayBearsFewGuesses) {
  const StartedRegistration made = set_up();
  NewSession own = sign_in();
  int judged = 0;
  for (std::int64_t second = 0; second < 86'400; second += 60) {
    judged += try_code(own.session, made, "000000x") == "MFA-0004" ? 1 : 0;
    db.clock.advance(60'000);
  }
  EXPECT_LE(judged, 110);
  EXPECT_GE(judged, 90);
}

TEST_F(MultifactorService, BackupCodesNeedADeviceAndAreGoodOnceEach) {
  EXPECT_EQ(code_of_refusal([&] { start_registration(*work, kBackupCodes, ""); }), "MFA-0008");
  set_up();
  const StartedRegistration codes = start_registration(*work, kBackupCodes, "");
  ASSERT_EQ(codes.codes.size(), kBackupCodeCount);
  EXPECT_EQ(finish_registration(*work, kBackupCodes, codes.device.id, "").device.id, codes.device.id);
  NewSession own = sign_in();
  EXPECT_EQ(try_code(own.session, codes, codes.codes[0]), "none");
  EXPECT_EQ(try_code(own.session, codes, codes.codes[0]), "MFA-0004");
  std::string spelt = codes.codes[1];
  spelt.insert(4, "-").insert(10, " ");
  EXPECT_EQ(try_code(own.session, codes, to_upper_ascii(spelt)), "none");
  for (std::size_t i = 2; i < codes.codes.size(); ++i)
    EXPECT_EQ(try_code(own.session, codes, codes.codes[i]), "none") << i;
  EXPECT_EQ(list_devices(*work).size(), 1U) << "a set that is used up is gone";
}

TEST_F(MultifactorService, ANewSetOfBackupCodesReplacesTheOldOne) {
  set_up();
  const StartedRegistration old = start_registration(*work, kBackupCodes, "");
  const StartedRegistration now = start_registration(*work, kBackupCodes, "");
  NewSession own = sign_in();
  EXPECT_EQ(try_code(own.session, old, old.codes[0]), "MFA-0003");
  EXPECT_EQ(try_code(own.session, now, old.codes[0]), "MFA-0004");
  EXPECT_EQ(try_code(own.session, now, now.codes[0]), "none");
}

TEST_F(MultifactorService, NothingOfItStandsReadablyInTheDatabase) {
  const StartedRegistration made = set_up();
  const StartedRegistration codes = start_registration(*work, kBackupCodes, "");
  sql::Query row =
      scope.connection().query("SELECT secret FROM multifactor_devices WHERE id=?", made.device.id);
  ASSERT_TRUE(row.next());
  const auto sealed = from_base64(row.string(0));
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->find(made.secret), std::string::npos);
  sql::Query digest =
      scope.connection().query("SELECT COUNT(*) FROM multifactor_codes WHERE digest=?", codes.codes[0]);
  ASSERT_TRUE(digest.next());
  EXPECT_EQ(digest.integer(0), 0);
}

TEST_F(MultifactorService, ASecretThatWasMovedToAnotherUserOpensNothing) {
  const StartedRegistration made = set_up();
  scope.write([&](sql::Connection& connection) {
    connection.execute(
        "INSERT INTO multifactor_devices (cid,user_id,id,provider,name,is_enabled,created,secret,last_step) "
        "SELECT cid,4,id,provider,name,is_enabled,created,secret,0 FROM multifactor_devices WHERE id=?",
        made.device.id);
    connection.execute("INSERT INTO multifactor_attempts (cid,user_id,failures,next_try) VALUES (1,4,0,0)");
  });
  work = db.work_for(ContextId(1), UserId(4));
  NewSession theirs = sign_in(Factor::None, 4);
  EXPECT_EQ(try_code(theirs.session, made, code(made)), "MFA-0004");
}

TEST_F(MultifactorService, DevicesAreRenamedAndOthersDoNotExist) {
  const StartedRegistration made = set_up();
  EXPECT_EQ(rename_device(*work, kTotp, made.device.id, "Tablet").name, "Tablet");
  EXPECT_EQ(list_devices(*work).front().name, "Tablet");
  EXPECT_EQ(code_of_refusal([&] { rename_device(*work, kBackupCodes, made.device.id, "x"); }), "MFA-0003");
  EXPECT_EQ(code_of_refusal([&] { rename_device(*work, kTotp, "nothing", "x"); }), "MFA-0003");
  work = db.work_for(ContextId(1), UserId(4));
  EXPECT_EQ(code_of_refusal([&] { rename_device(*work, kTotp, made.device.id, "x"); }), "MFA-0003");
  EXPECT_EQ(code_of_refusal([&] { remove_device(*work, kTotp, made.device.id); }), "MFA-0003");
  EXPECT_EQ(code_of_refusal([&] { load_device(*work, kTotp, made.device.id); }), "MFA-0003");
}

TEST_F(MultifactorService, WithTheLastDeviceTheBackupCodesAndWaitingSessionsGo) {
  const StartedRegistration first = set_up(), second = set_up();
  start_registration(*work, kBackupCodes, "");
  const NewSession waiting = sign_in();
  remove_device(*work, kTotp, first.device.id);
  EXPECT_EQ(list_devices(*work).size(), 2U);
  EXPECT_TRUE(found(waiting));
  remove_device(*work, kTotp, second.device.id);
  EXPECT_TRUE(list_devices(*work).empty());
  EXPECT_FALSE(found(waiting));
  EXPECT_EQ(sign_in().session.factor, Factor::None);
}

TEST_F(MultifactorService, AnAdministratorResetsAUserWhoHasLostEverything) {
  const StartedRegistration made = set_up();
  start_registration(*work, kBackupCodes, "");
  NewSession own = sign_in();
  for (std::int64_t i = 0; i < kFreeFailures; ++i) try_code(own.session, made, "000000x");
  auto administrator = db.work_for(ContextId(1), UserId(2));
  EXPECT_EQ(list_devices_of(*administrator, UserId(3)).size(), 2U);
  EXPECT_EQ(reset_devices(*administrator, UserId(3)), 2U);
  EXPECT_TRUE(list_devices(*work).empty());
  EXPECT_FALSE(found(own));
  const StartedRegistration again = set_up();
  NewSession fresh = sign_in();
  EXPECT_EQ(try_code(fresh.session, again, code(again)), "none") << "what was wrong before is forgotten";
}

}  // namespace
}  // namespace gw::session::multifactor
