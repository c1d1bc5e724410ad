#include "filestore/local/layout.hpp"

#include <gtest/gtest.h>

namespace gw::filestore {
namespace {

TEST(HashedFolder, FollowsTheRuleOfTheSpecification) {
  EXPECT_EQ(hashed_folder("0123456789abcdef0123456789abcdef"), "hashed/95/b4/bd");
  EXPECT_EQ(hashed_folder(""), "hashed/00/00/00");
  // 0x61: short hashes are filled with zeros on the right.
  EXPECT_EQ(hashed_folder("a"), "hashed/61/00/00");
}

TEST(Identifier, ANewOneIsValidAndLiesWhereItsHashSays) {
  for (int i = 0; i < 1'000; ++i) {
    const std::string id = make_identifier();
    EXPECT_TRUE(is_identifier(id)) << id;
    EXPECT_EQ(parent_of(id), hashed_folder(id.substr(id.rfind('/') + 1)));
  }
}

TEST(Identifier, BothLayoutsAreKnown) {
  EXPECT_TRUE(is_identifier("00/0a/ff"));
  EXPECT_TRUE(is_identifier("hashed/95/b4/bd/0123456789abcdef0123456789abcdef"));
  EXPECT_FALSE(is_identifier("00/0a/fff"));
  EXPECT_FALSE(is_identifier("hashed/95/b4/0123456789abcdef0123456789abcdef"));
  EXPECT_FALSE(is_identifier("hashing/95/b4/bd/0123456789abcdef0123456789abcdef"));
}

TEST(FolderOfFiles, IsTheFrontOfAnIdentifier) {
  for (const char* path : {"hashed", "hashed/95", "hashed/95/b4", "hashed/95/b4/bd", "00", "00/0a"})
    EXPECT_TRUE(is_folder_of_files(path)) << path;
  for (const char* path : {"", "..", "000", "00/0a/ff", "hashed/95/b4/bd/00", "hashed/..", "lost+found"})
    EXPECT_FALSE(is_folder_of_files(path)) << path;
}

}  // namespace
}  // namespace gw::filestore
