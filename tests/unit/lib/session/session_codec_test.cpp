#include "session/session_codec.hpp"

#include <gtest/gtest.h>

namespace gw::session {
namespace {

CachedSession example() {
  CachedSession cached;
  Session& session = cached.session;
  session.id = std::string(32, 'a');
  session.public_id = std::string(32, 'b');
  session.secret_hash = std::string(64, 'c');
  session.context = ContextId(7);
  session.user = UserId(3);
  session.login_name = "user1@example";
  session.client = "open-xchange-appsuite";
  session.client_version = "7.10.2";
  session.user_agent = "Firefox";
  session.auth_id = "auth";
  session.cookie_hash = "hash";
  session.address = "192.0.2.1";
  session.persistent = true;
  session.is_guest = true;
  session.factor = Factor::Pending;
  session.created = {1};
  session.last_active = {2};
  session.account_stamp = 42;
  session.sealed_password = std::string("\0\xFF\n", 3);
  cached.checked = {-3};
  return cached;
}

TEST(SessionCodec, EveryMemberSurvivesTheRoundTrip) {
  const CachedSession before = example();
  const auto after = decode_session(encode_session(before));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->checked, before.checked);
  EXPECT_EQ(after->session.id, before.session.id);
  EXPECT_EQ(after->session.public_id, before.session.public_id);
  EXPECT_EQ(after->session.secret_hash, before.session.secret_hash);
  EXPECT_EQ(after->session.context, before.session.context);
  EXPECT_EQ(after->session.user, before.session.user);
  EXPECT_EQ(after->session.login_name, before.session.login_name);
  EXPECT_EQ(after->session.client, before.session.client);
  EXPECT_EQ(after->session.client_version, before.session.client_version);
  EXPECT_EQ(after->session.user_agent, before.session.user_agent);
  EXPECT_EQ(after->session.auth_id, before.session.auth_id);
  EXPECT_EQ(after->session.cookie_hash, before.session.cookie_hash);
  EXPECT_EQ(after->session.address, before.session.address);
  EXPECT_EQ(after->session.persistent, before.session.persistent);
  EXPECT_EQ(after->session.is_guest, before.session.is_guest);
  EXPECT_EQ(after->session.factor, before.session.factor);
  EXPECT_EQ(after->session.created, before.session.created);
  EXPECT_EQ(after->session.last_active, before.session.last_active);
  EXPECT_EQ(after->session.account_stamp, before.session.account_stamp);
  EXPECT_EQ(after->session.sealed_password, before.session.sealed_password);
}

TEST(SessionCodec, KindFactorAndPersistenceAreIndependent) {
  for (const bool persistent : {false, true})
    for (const bool is_guest : {false, true})
      for (const Factor factor : {Factor::None, Factor::Pending, Factor::Proved, Factor::AppPassword}) {
        CachedSession cached = example();
        cached.session.persistent = persistent;
        cached.session.is_guest = is_guest;
        cached.session.factor = factor;
        const auto after = decode_session(encode_session(cached));
        ASSERT_TRUE(after);
        EXPECT_EQ(after->session.persistent, persistent);
        EXPECT_EQ(after->session.is_guest, is_guest);
        EXPECT_EQ(after->session.factor, factor);
      }
}

TEST(SessionCodec, EveryCutAndEveryForeignVersionIsRefused) {
  std::string bytes = encode_session(example());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_session(bytes.substr(0, size))) << size;
  EXPECT_FALSE(decode_session(bytes + "x"));
  ++bytes[0];
  EXPECT_FALSE(decode_session(bytes));
}

TEST(SessionCodec, TooLargeSessionsAreNotEncoded) {
  CachedSession cached = example();
  cached.session.user_agent = std::string(9'000, 'x');
  EXPECT_TRUE(encode_session(cached).empty());
}

}  // namespace
}  // namespace gw::session
