#include "formats/id3_cover.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gw::formats {
namespace {

using namespace std::string_literals;

std::string number(std::size_t value, int bytes, int bits) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (i * bits) & ((1U << bits) - 1));
  return text;
}

std::string tag(char version, const std::string& frames, char flags = 0) {
  return "ID3"s + version + '\0' + flags + number(frames.size(), 4, 7) + frames + "sound";
}
std::string frame(const std::string& id, const std::string& bytes, int bits) {
  return id + number(bytes.size(), 4, bits) + "\0\0"s + bytes;
}
std::string picture(const std::string& bytes, char kind = 3) {
  return "\0image/png\0"s + kind + "text\0"s + bytes;
}

std::string cover(const std::string& file) {
  const auto found = find_id3_cover(file);
  return found ? std::string(found->media_type) + ":" + std::string(found->bytes) : "";
}

TEST(Id3Cover, EachVersionHasItsFrames) {
  EXPECT_EQ(cover(tag(3, frame("TIT2", "x", 8) + frame("APIC", picture("P"), 8))), "image/png:P");
  EXPECT_EQ(cover(tag(4, frame("APIC", picture(std::string(300, 'p')), 7))),
            "image/png:" + std::string(300, 'p'));
  const std::string old = "\0PNG\3\0P"s;
  EXPECT_EQ(cover(tag(2, "PIC" + number(old.size(), 3, 8) + old)), "image/png:P");
}

TEST(Id3Cover, TheFrontCoverWins) {
  EXPECT_EQ(cover(tag(3, frame("APIC", picture("back", 4), 8) + frame("APIC", picture("front"), 8))),
            "image/png:front");
  EXPECT_EQ(cover(tag(3, frame("APIC", picture("back", 4), 8))), "image/png:back");
}

TEST(Id3Cover, ADescriptionInUtf16EndsWithTwoZeros) {
  EXPECT_EQ(cover(tag(3, frame("APIC", "\1image/png\0\3\xFF\xFE"s + "a\0\0\0P"s, 8))), "image/png:P");
}

TEST(Id3Cover, WhatIsBrokenHasNone) {
  const std::string whole = tag(3, frame("APIC", picture("PPPP"), 8));
  EXPECT_EQ(cover(""), "");
  EXPECT_EQ(cover("\xFF\xFB no tag"), "");
  EXPECT_EQ(cover(tag(3, frame("APIC", picture("P"), 8), static_cast<char>(0x80))), "");
  EXPECT_EQ(cover(tag(5, frame("APIC", picture("P"), 8))), "");
  EXPECT_EQ(cover(tag(3, frame("APIC", "\0image/png"s, 8))), "");
  EXPECT_EQ(cover(tag(3, frame("APIC", picture(""), 8))), "");
  for (std::size_t size = 0; size < whole.size() - 5; ++size)
    EXPECT_EQ(cover(whole.substr(0, size)), "") << size;
}

}  // namespace
}  // namespace gw::formats
