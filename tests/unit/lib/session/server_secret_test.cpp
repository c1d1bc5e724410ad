#include "session/server_secret.hpp"

#include <gtest/gtest.h>

#include "support/database.hpp"

namespace gw::session {
namespace {

TEST(CookieSalt, IsMadeOnceUnlessItIsConfigured) {
  test::TestDatabase db;
  sql::Scope scope(*db.pool);
  const std::string stored = load_cookie_salt(scope, db.settings.session);
  EXPECT_EQ(stored.size(), 64U);
  EXPECT_EQ(load_cookie_salt(scope, db.settings.session), stored);
  db.settings.session.cookie_salt = "configured";
  EXPECT_EQ(load_cookie_salt(scope, db.settings.session), "configured");
}

}  // namespace
}  // namespace gw::session
