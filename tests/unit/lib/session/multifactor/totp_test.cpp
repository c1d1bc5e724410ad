#include "session/multifactor/totp.hpp"

#include <gtest/gtest.h>

#include "core/base32.hpp"

namespace gw::session::multifactor {
namespace {

/// Of RFC 6238 appendix B, whose codes have eight digits: ours are the last six.
constexpr std::string_view kSecret = "12345678901234567890";

struct Vector {
  std::int64_t seconds;
  std::string_view code;
};
constexpr Vector kVectors[] = {{59, "287082"},
                               {1'111'111'109, "081804"},
                               {1'111'111'111, "050471"},
                               {1'234'567'890, "005924"},
                               {2'000'000'000, "279037"},
                               {20'000'000'000, "353130"}};

Millis at(std::int64_t seconds) { return {seconds * 1'000}; }

TEST(Totp, TellsTheVectorsOfTheStandard) {
  for (const Vector& vector : kVectors) {
    EXPECT_EQ(totp_code(kSecret, totp_step(at(vector.seconds))), vector.code);
    EXPECT_EQ(find_totp_step(kSecret, vector.code, at(vector.seconds), 0), totp_step(at(vector.seconds)));
  }
}

TEST(Totp, OneStepBeforeAndAfterIsTaken) {
  const std::int64_t step = totp_step(at(1'234'567'890));
  const std::string code = totp_code(kSecret, step);
  EXPECT_FALSE(find_totp_step(kSecret, code, {(step - 2) * 30'000}, 0));
  EXPECT_EQ(find_totp_step(kSecret, code, {(step - 1) * 30'000}, 0), step);
  EXPECT_EQ(find_totp_step(kSecret, code, {step * 30'000}, 0), step);
  EXPECT_EQ(find_totp_step(kSecret, code, {(step + 2) * 30'000 - 1}, 0), step);
  EXPECT_FALSE(find_totp_step(kSecret, code, {(step + 2) * 30'000}, 0));
}

TEST(Totp, AUsedStepAndThoseBeforeItAreRefused) {
  const std::int64_t step = totp_step(at(1'234'567'890));
  const Millis now{step * 30'000};
  EXPECT_FALSE(find_totp_step(kSecret, totp_code(kSecret, step), now, step));
  EXPECT_FALSE(find_totp_step(kSecret, totp_code(kSecret, step - 1), now, step));
  EXPECT_EQ(find_totp_step(kSecret, totp_code(kSecret, step + 1), now, step), step + 1);
}

TEST(Totp, BlanksDoNotCountAndNothingElseIsACode) {
  const Vector& vector = kVectors[0];
  EXPECT_TRUE(find_totp_step(kSecret, " 287 082 ", at(vector.seconds), 0));
  for (const char* wrong : {"", "28708", "2870820", "94287082", "28708a", "-287082", "+287082", "287083"})
    EXPECT_FALSE(find_totp_step(kSecret, wrong, at(vector.seconds), 0)) << wrong;
  EXPECT_FALSE(find_totp_step(kSecret, std::string(1'000'000, '2'), at(vector.seconds), 0));
}

TEST(Totp, TheUrlCarriesTheSecretAndEscapesNames) {
  EXPECT_EQ(totp_url("foobar", "A & B", "user@acme"),
            "otpauth://totp/A%20%26%20B:user%40acme?secret=MZXW6YTBOI&issuer=A%20%26%20B&algorithm=SHA1&"
            "digits=6&period=30");
}

}  // namespace
}  // namespace gw::session::multifactor
