#include "core/md5.hpp"

#include <gtest/gtest.h>

namespace gw {
namespace {

TEST(Md5, IsTheSameInOnePieceAndInMany) {
  Md5 whole;
  whole.update("message digest");
  EXPECT_EQ(whole.finish(), "f96b697d7cb7938d525a2f31aaf161d0");  // RFC 1321, appendix A.5
  Md5 pieces;
  for (const char c : std::string("message digest")) pieces.update(std::string(1, c));
  EXPECT_EQ(pieces.finish(), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(Md5().finish(), "d41d8cd98f00b204e9800998ecf8427e");
}

}  // namespace
}  // namespace gw
