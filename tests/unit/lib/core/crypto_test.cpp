#include "core/crypto.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/random.hpp"

namespace gw {
namespace {

TEST(Digest, KnownVectorsHold) {
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // A key that is longer than a block (RFC 4231 section 4.7), and none after it.
  EXPECT_EQ(
      to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(to_hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Base64, EveryLengthRoundTripsAndNoiseIsRefused) {
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string bytes = random_bytes(size);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
  EXPECT_EQ(from_base64("aGVs\r\n bG8="), "hello");
  EXPECT_FALSE(from_base64("a*b"));
}

TEST(Seal, OnlyTheSameSecretAndPurposeOpenIt) {
  const std::string sealed = seal("secret", "mail", "password");
  EXPECT_EQ(unseal("secret", "mail", sealed), "password");
  EXPECT_FALSE(unseal("other", "mail", sealed));
  EXPECT_FALSE(unseal("secret", "push", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string broken = sealed;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    EXPECT_FALSE(unseal("secret", "mail", broken)) << i;
  }
  EXPECT_FALSE(unseal("secret", "mail", ""));
  EXPECT_NE(seal("secret", "mail", "password"), sealed);
}

TEST(Random, IdsAreHexAndUuidsHaveTheirVersion) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random_hex(16));
  EXPECT_EQ(seen.size(), 1'000U);
  EXPECT_EQ(seen.begin()->size(), 32U);
  const std::string uuid = random_uuid();
  EXPECT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[14], '4');
}

TEST(Compare, EqualityNeedsLengthAndBytes) {
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_constant_time("abc", "abcd"));
}

}  // namespace
}  // namespace gw
