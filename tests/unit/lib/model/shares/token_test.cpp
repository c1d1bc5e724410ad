#include "model/shares/token.hpp"

#include <gtest/gtest.h>

#include <set>

#include "model/shares/target.hpp"
#include "support/database.hpp"

namespace gw::model::shares {
namespace {

TEST(ShareToken, NamesItsContextAndNothingElseRepeats) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string token = make_token(ContextId(4711));
    EXPECT_EQ(token.size(), 48U);
    EXPECT_EQ(context_of_token(token), ContextId(4711));
    EXPECT_TRUE(seen.insert(token.substr(8)).second);
  }
  EXPECT_EQ(context_of_token(make_token(ContextId(0x123456789AB))), ContextId(0x123456789AB));
}

TEST(ShareToken, OtherTextsAreNoTokens) {
  const std::string token = make_token(ContextId(1));
  const std::string long_token(1'000, '1');
  for (const std::string& text :
       {std::string(), token.substr(1), "g" + token.substr(1), token + "%", long_token, std::string(48, '0'),
        std::string("../") + token.substr(3), "A" + token.substr(1)})
    EXPECT_FALSE(context_of_token(text)) << text;
}

TEST(ShareToken, SealedTextShowsNothingAndNeedsTheSalt) {
  test::TestDatabase database;
  const sql::Lease lease = database.pool->acquire();
  const std::string token = make_token(ContextId(1));
  database.settings.session.cookie_salt = "one";
  const std::string sealed = seal_token(*lease, database.settings, token);
  EXPECT_EQ(sealed.find(token), std::string::npos);
  EXPECT_LE(sealed.size(), 255U);
  EXPECT_EQ(unseal_token(*lease, database.settings, sealed), token);
  EXPECT_NE(hash_token(token), token);
  database.settings.session.cookie_salt = "two";
  EXPECT_FALSE(unseal_token(*lease, database.settings, sealed));
  EXPECT_FALSE(unseal_token(*lease, database.settings, "no base64 %"));
}

TEST(ShareTarget, IsWrittenAsAPathAndReadBack) {
  const Target folder{ObjectModule::Infostore, FolderId(31), {}};
  const Target file{ObjectModule::Infostore, FolderId(10), ObjectId(77)};
  EXPECT_EQ(format_target(folder), "8/31");
  EXPECT_EQ(format_target(file), "8/10/77");
  EXPECT_EQ(parse_target("8/31"), folder);
  EXPECT_EQ(parse_target("8/31/"), folder);
  EXPECT_EQ(parse_target("8/10/77"), file);
}

TEST(ShareTarget, OtherPathsAreNone) {
  for (const char* text :
       {"", "8", "8/", "8/x", "8/31/x", "8/-1", "8/31/77/1", "0/31", "8//77", "../31", "8/0"})
    EXPECT_FALSE(parse_target(text)) << text;
}

}  // namespace
}  // namespace gw::model::shares
