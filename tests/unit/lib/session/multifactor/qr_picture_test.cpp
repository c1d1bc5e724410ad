#include "session/multifactor/qr_picture.hpp"

#include <gtest/gtest.h>

namespace gw::session::multifactor {
namespace {

TEST(QrPicture, IsAPngThatGrowsWithTheText) {
  const std::string small = make_qr_picture("otpauth://totp/a:b?secret=MZXW6YTBOI");
  ASSERT_GT(small.size(), 100U);
  EXPECT_EQ(small.substr(0, 8), "\x89PNG\r\n\x1A\n");
  EXPECT_NE(small, make_qr_picture("otpauth://totp/a:b?secret=MZXW6YTBOJ"));
  EXPECT_GT(make_qr_picture(std::string(600, 'x')).size(), small.size());
}

TEST(QrPicture, TextsThatDoNotFitGiveNone) {
  EXPECT_FALSE(make_qr_picture(std::string(1'200, 'x')).empty());
  EXPECT_TRUE(make_qr_picture(std::string(1'201, 'x')).empty());
}

}  // namespace
}  // namespace gw::session::multifactor
