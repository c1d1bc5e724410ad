#include "push/client_key.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"

namespace gw::push {
namespace {

TEST(ClientKey, ItsIdIsAKeyIdOfTheProtocolAndComesBack) {
  const ClientKeyId id{1'800'000'000, session_handle("0123456789abcdef0123456789abcdef")};
  const std::string text = format_key_id(id);
  EXPECT_EQ(text.size(), 32u);
  EXPECT_EQ(text.substr(0, 8), "6b49d200");
  const auto parsed = parse_key_id(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->expires, id.expires);
  EXPECT_EQ(parsed->handle, id.handle);
  EXPECT_EQ(text.find("0123456789abcdef"), text.npos) << "the session's id is nobody's business";
  for (const char* wrong :
       {"", "k", "6b49d200", "xb49d200aaaaaaaaaaaaaaaaaaaaaaaa", "6b49d200AAAAAAAAAAAAAAAAAAAAAAAA"})
    EXPECT_FALSE(parse_key_id(wrong)) << wrong;
}

TEST(ClientKey, IsTheHmacOfTheSpec) {
  const SignKey key = derive_client_key("master", 5678, 1234, "id");
  EXPECT_EQ(key.id, "id");
  EXPECT_EQ(key.secret, hmac_sha256("master", "push:5678:1234:id"));
  EXPECT_NE(key.secret, derive_client_key("master", 567, 81234, "id").secret);
}

}  // namespace
}  // namespace gw::push
