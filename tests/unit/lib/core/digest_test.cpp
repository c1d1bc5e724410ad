#include "core/digest.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"

namespace gw {
namespace {

TEST(Sha256, IsTheSameInOnePieceAndInMany) {
  Sha256 pieces;
  pieces.update("a");
  pieces.update("");
  pieces.update("bc");
  EXPECT_EQ(pieces.finish(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256().finish(), to_hex(sha256("")));
}

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
