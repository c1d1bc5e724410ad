#include "session/password.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gw::session {
namespace {

// All vectors are hashes of "secret", made with `openssl passwd`, `crypt(3)` and SHA-1 outside this program.
constexpr const char* kVectors[] = {
    "$y$j9T$abcdefghijklmnopqrstu.$7uryFExhLbAhrpK1WytVzeNObCUVaK3VoKccP3fJEIB",
    "$y$j75$abcdefghijklmnopqrstu.$cQjAYfMwB51ACkjNBqV7OEAUemp/TRZgJmoQ3b5QsN8",
    "$2a$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "$2b$04$MfkMOY7JO7CplHaKieVOcupRhBE1VvBr4DMIDys5IH3XAPTnsjyNC",
    "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
    "$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.",
    "$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.",
    "{SSHA}Wcm1xEisNjqp921ALcHfuQ7avFdzYWx0MTIzNA==",
    "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
};

TEST(Password, VerifiesTheKnownVectorOfEveryScheme) {
  for (const char* hash : kVectors) {
    EXPECT_TRUE(verify_password("secret", hash)) << hash;
    EXPECT_FALSE(verify_password("Secret", hash)) << hash;
    EXPECT_FALSE(verify_password("", hash)) << hash;
  }
}

TEST(Password, NewHashIsYescryptWithItsOwnSaltAndVerifies) {
  const std::string first = hash_password("pässword");
  const std::string second = hash_password("pässword");
  EXPECT_TRUE(first.starts_with("$y$"));
  EXPECT_NE(first, second);
  EXPECT_TRUE(verify_password("pässword", first));
  EXPECT_FALSE(verify_password("password", first));
  EXPECT_FALSE(needs_rehash(first));
}

TEST(Password, EveryOlderSchemeAndCheaperYescryptWantARehash) {
  EXPECT_FALSE(needs_rehash(kVectors[0]));
  for (std::size_t i = 1; i < std::size(kVectors); ++i) EXPECT_TRUE(needs_rehash(kVectors[i])) << kVectors[i];
}

TEST(Password, AHashOfAnotherCostIsMadeAnew) {
  const std::string cheap = hash_password("secret", 1);
  EXPECT_TRUE(cheap.starts_with("$y$j75$")) << cheap;
  EXPECT_TRUE(verify_password("secret", cheap));
  EXPECT_FALSE(needs_rehash(cheap, 1));
  EXPECT_TRUE(needs_rehash(cheap));
  EXPECT_TRUE(needs_rehash(kVectors[0], 1));
}

TEST(Password, UnknownOrDamagedHashesNeverMatch) {
  for (const char* hash :
       {"", "secret", "*", "*0", "!", "x", "$1$abcdefgh$dqLPxTi1zD4bs2mIPTVWr/", "$y$", "$y$j9T$", "$6$",
        "$2b$04$short", "{SSHA}", "{SSHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", "{SHA}Zm9v", "{SHA}***", "{MD5}abc"})
    EXPECT_FALSE(verify_password("secret", hash)) << hash;
}

TEST(Password, OverlongAndNulBytePasswordsNeverMatchAndAreNotHashed) {
  const std::string with_nul("secret\0tail", 11);
  EXPECT_FALSE(verify_password(with_nul, kVectors[6]));
  EXPECT_THROW(hash_password(with_nul), std::invalid_argument);
  EXPECT_THROW(hash_password(std::string(512, 'a')), std::invalid_argument);
  const std::string longest(511, 'a');
  EXPECT_TRUE(verify_password(longest, hash_password(longest)));
  EXPECT_FALSE(verify_password(longest + "a", hash_password(longest)));
}

}  // namespace
}  // namespace gw::session
