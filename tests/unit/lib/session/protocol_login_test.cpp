#include "session/protocol_login.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "session/app_passwords/app_password_service.hpp"
#include "session/multifactor/multifactor_service.hpp"
#include "session/multifactor/totp.hpp"
#include "session/trusted_login.hpp"
#include "support/database.hpp"
#include "unit/lib/session/quick_password.hpp"

namespace gw::session {
namespace {

using app_passwords::AppScope;

class ProtocolLoginTest : public testing::Test {
 protected:
  ProtocolLoginTest() : scope(*db.pool) {
    db.settings.default_context = "context1";
    db.settings.file_store = "file:/nowhere";
    for (const int context : {1, 2}) {
      db.add_bare_context(ContextId(context));
      add_user(context, 3, "anna", 0);
    }
    add_user(1, 4, "guest", 2);
    work = db.work_for(ContextId(1), UserId(3));
    model::Caller caller = work->caller();
    caller.modules = model::kDefaultModules;
    work->replace_caller(std::move(caller));
  }
  void add_user(int context, int id, const std::string& login, int guest) {
    scope.write([&](sql::Connection& connection) {
      connection.execute(
          "INSERT INTO users "
          "(cid,id,login,enabled,modules,locale,timezone,mail,display_name,contact_id,guest_created_by,"
          "password,password_changed,calendar_folder,contacts_folder,tasks_folder,infostore_folder,infostore_"
          "trash,collected_folder,file_quota,created,last_modified) VALUES "
          "(?,?,?,1,0,'en_US','UTC','','',0,?,?,0,0,0,0,0,0,0,-1,0,0)",
          context, id, login, guest, kQuickHash);
    });
  }
  void run_statement(const std::string& statement) {
    scope.write([&](sql::Connection& connection) { connection.execute(statement); });
  }
  /// "context/user" and "+app" for an app password, or how it was refused.
  std::string come(const std::string& name, const std::string& password,
                   std::optional<AppScope> wanted = AppScope::Webdav,
                   const std::string& agent = "Mounter/1") {
    try {
      const ProtocolLogin proved =
          log_in_to_protocol(scope, db.settings, db.clock, wanted, {name, password, "192.0.2.1", agent});
      return std::to_string(proved.login.context.id.value) + "/" +
             std::to_string(proved.login.user.id.value) + (proved.app_password.empty() ? "" : "+app");
    } catch (const ApiError& error) {
      return format_code(error.code());
    }
  }
  std::string make(const std::string& name = "webdav") {
    return app_passwords::create(*work, name, "Laptop").text;
  }
  void set_up_factor() {
    const auto made = multifactor::start_registration(*work, multifactor::kTotp, "");
    multifactor::finish_registration(
        *work, multifactor::kTotp, made.device.id,
        multifactor::totp_code(made.secret, multifactor::totp_step(db.clock.now())));
  }
  /// As the next request sees it: a lease of SQLite keeps on seeing what it saw first.
  app_passwords::AppPassword only() {
    work->release();
    return app_passwords::list(*work, UserId(3)).at(0);
  }
  bool is_right_now(const ProtocolLogin& proved) {
    scope.release();
    return is_still_right(scope.connection(), proved);
  }

  test::TestDatabase db;
  sql::Scope scope;
  std::unique_ptr<model::UnitOfWork> work;
};

TEST_F(ProtocolLoginTest, AnAppPasswordOpensItsProtocolForItsUserAndNothingElse) {
  const std::string text = make();
  EXPECT_EQ(come("anna", text), "1/3+app");
  EXPECT_EQ(come(" Anna@context1", text), "1/3+app");
  EXPECT_EQ(come("anna@context2", text), "LGI-0006");
  EXPECT_EQ(come("nobody", text), "LGI-0006");
  EXPECT_EQ(come("guest", text), "LGI-0006");
  EXPECT_EQ(come("anna", text, AppScope::Caldav), "LGI-0006");
  EXPECT_EQ(come("anna", text, AppScope::Api), "LGI-0006");
  EXPECT_EQ(come("anna", text, std::nullopt), "LGI-0006");
  EXPECT_EQ(come("anna", make("api")), "LGI-0006");
  EXPECT_EQ(come("anna", app_passwords::make_app_password()), "LGI-0006");
}

TEST_F(ProtocolLoginTest, WithoutASecondFactorTheOwnPasswordIsTaken) {
  EXPECT_EQ(come("anna", "secret"), "1/3");
  EXPECT_EQ(come("anna", "wrong"), "LGI-0006");
}

TEST_F(ProtocolLoginTest, WithASecondFactorOnlyAppPasswordsAreTaken) {
  const std::string text = make();
  set_up_factor();
  EXPECT_EQ(come("anna", "secret"), "MFA-0010");
  EXPECT_EQ(come("anna", "secret", std::nullopt), "MFA-0010");
  EXPECT_EQ(come("anna", "wrong"), "LGI-0006");
  EXPECT_EQ(come("anna", text), "1/3+app");
  EXPECT_EQ(come("anna@context2", "secret"), "2/3") << "another user of the same name";
}

TEST_F(ProtocolLoginTest, DisabledUsersAndContextsStayOut) {
  const std::string text = make();
  run_statement("UPDATE users SET enabled=0 WHERE cid=1 AND id=3");
  EXPECT_EQ(come("anna", text), "LGI-0013");
  run_statement("UPDATE contexts SET enabled=0 WHERE cid=1");
  EXPECT_EQ(come("anna", text), "LGI-0001");
}

TEST_F(ProtocolLoginTest, TheLastUseIsNotedButNotForEachRequest) {
  const std::string text = make();
  come("anna", text);
  const Millis first = db.clock.now();
  EXPECT_EQ(only().last_used, first);
  EXPECT_EQ(only().address, "192.0.2.1");
  EXPECT_EQ(only().client, "Mounter/1");
  db.clock.advance(59'999);
  come("anna", text);
  EXPECT_EQ(only().last_used, first);
  come("anna", text, AppScope::Webdav, std::string(1'000, '\xFF'));
  EXPECT_NE(only().last_used, first) << "another program";
  db.clock.advance(60'000);
  come("anna", text);
  EXPECT_EQ(only().last_used, db.clock.now());
}

TEST_F(ProtocolLoginTest, AGuessedAppPasswordCountsAsAWrongPassword) {
  const std::string text = make();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(come("anna", app_passwords::make_app_password()), "LGI-0006");
  EXPECT_EQ(come("anna", "secret"), "LGI-0028");
  EXPECT_EQ(come("anna", text), "1/3+app") << "a device with an old password locks nobody else out";
}

TEST_F(ProtocolLoginTest, WhatWasRightIsAskedAgain) {
  const std::string text = make();
  const auto by_app =
      log_in_to_protocol(scope, db.settings, db.clock, AppScope::Webdav, {"anna", text, "192.0.2.1", ""});
  const auto by_password =
      log_in_to_protocol(scope, db.settings, db.clock, AppScope::Webdav, {"anna", "secret", "192.0.2.1", ""});
  EXPECT_TRUE(is_right_now(by_app));
  EXPECT_TRUE(is_right_now(by_password));
  set_up_factor();
  EXPECT_FALSE(is_right_now(by_password));
  EXPECT_TRUE(is_right_now(by_app));
  app_passwords::revoke(*work, UserId(3), by_app.app_password);
  EXPECT_FALSE(is_right_now(by_app));
}

TEST_F(ProtocolLoginTest, TrustedNamesAreMappedAsLoginsAreOrIntoOneContext) {
  const auto come_trusted = [&](const TrustedName& trusted) -> std::string {
    try {
      const LoginResult result = log_in_trusted(scope.connection(), db.settings, trusted);
      return std::to_string(result.context.id.value) + "/" + std::to_string(result.user.id.value);
    } catch (const ApiError& error) {
      return format_code(error.code());
    }
  };
  EXPECT_EQ(come_trusted({"anna", ""}), "1/3");
  EXPECT_EQ(come_trusted({"anna@context2", ""}), "2/3");
  EXPECT_EQ(come_trusted({"anna@idp.test", ""}), "LGI-0026");
  EXPECT_EQ(come_trusted({"anna@idp.test", "context2"}), "2/3");
  EXPECT_EQ(come_trusted({"anna", "nowhere"}), "LGI-0026");
  EXPECT_EQ(come_trusted({"guest", ""}), "LGI-0026");
  EXPECT_EQ(come_trusted({"", ""}), "LGI-0026");
  EXPECT_EQ(come_trusted({"a\x01z\xFF", ""}), "LGI-0026");
  run_statement("UPDATE users SET enabled=0 WHERE cid=1 AND id=3");
  EXPECT_EQ(come_trusted({"anna", ""}), "LGI-0013");
  run_statement("UPDATE contexts SET enabled=0 WHERE cid=2");
  EXPECT_EQ(come_trusted({"anna", "context2"}), "LGI-0001");
}

}  // namespace
}  // namespace gw::session
