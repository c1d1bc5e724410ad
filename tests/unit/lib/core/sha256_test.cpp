#include "core/sha256.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"

namespace gw {
namespace {

TEST(Sha256Pieces, GiveWhatTheWholeGives) {
  Sha256 pieces;
  pieces.update("a");
  pieces.update("");
  pieces.update("bc");
  EXPECT_EQ(pieces.finish(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256().finish(), to_hex(sha256("")));
}

}  // namespace
}  // namespace gw
