#include "apache/words.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

std::string message_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const DirectiveError& error) {
    return error.what();
  }
  return {};
}

TEST(Sizes, UnderstandTheirUnits) {
  EXPECT_EQ(parse_size("D", "512", 0, 1 << 30), 512);
  EXPECT_EQ(parse_size("D", "4k", 0, 1 << 30), 4'096);
  EXPECT_EQ(parse_size("D", "100M", 0, 1 << 30), 104'857'600);
  EXPECT_EQ(parse_size("D", "1G", 0, 1 << 30), 1'073'741'824);
}

TEST(Sizes, AreRefusedWithTheRangeInTheText) {
  EXPECT_EQ(message_of([] { parse_size("GroupwareBodyLimit", "5X", 1'024, 1 << 20); }),
            "GroupwareBodyLimit \"5X\": write a size from 1K to 1M, such as 512K, 100M or 1G");
  for (const char* wrong : {"", "M", "-5", "5MM", "2M", "512", "99999999999999999999G"})
    EXPECT_FALSE(message_of([wrong] { parse_size("D", wrong, 1'024, 1 << 20); }).empty()) << wrong;
}

TEST(Durations, UnderstandTheirUnits) {
  EXPECT_EQ(parse_duration("D", "250ms", 0ms, 24h), 250ms);
  EXPECT_EQ(parse_duration("D", "5s", 0ms, 24h), 5s);
  EXPECT_EQ(parse_duration("D", "90m", 0ms, 24h), 90min);
  EXPECT_EQ(parse_duration("D", "2h", 0ms, 24h), 2h);
  EXPECT_EQ(parse_duration("D", "1d", 0ms, 24h), 24h);
  EXPECT_EQ(parse_duration("D", "0", 0ms, 24h), 0ms);
}

TEST(Durations, NeedTheirUnitAsHttpdsOwnDirectivesDiffer) {
  EXPECT_EQ(message_of([] { parse_duration("GroupwareLogSlow", "500", 1ms, 1h); }),
            "GroupwareLogSlow \"500\": write a duration from 1ms to 1h with its unit (ms, s, m, h, d), such "
            "as 30s");
}

TEST(Durations, AreWrittenInTheLargestUnit) {
  EXPECT_EQ(format_duration(3'600s), "1h");
  EXPECT_EQ(format_duration(90s), "90s");
  EXPECT_EQ(format_duration(1'500ms), "1500ms");
  EXPECT_EQ(format_duration(0ms), "0");
}

TEST(WordList, AssignsOnlyTheKeysThatArePresent) {
  const std::string_view arguments[] = {"size=12", "wait=250ms"};
  Words words("GroupwareDatabasePool", arguments);
  int size = 8;
  std::chrono::milliseconds wait{0};
  std::chrono::seconds idle{300};
  words.number("size", size, 1, 100);
  words.duration("wait", wait, 1ms, 1h);
  words.duration("idle", idle, 1s, 1h);
  words.finish();
  EXPECT_EQ(size, 12);
  EXPECT_EQ(wait, 250ms);
  EXPECT_EQ(idle, 300s);
}

TEST(WordList, NamesTheKnownKeysWhenOneIsUnknown) {
  const std::string_view arguments[] = {"size=12", "sise=3"};
  Words words("GroupwareDatabasePool", arguments);
  int size = 8;
  words.number("size", size, 1, 100);
  EXPECT_EQ(message_of([&] { words.finish(); }),
            "GroupwareDatabasePool: unknown key \"sise\"; known are: size");
}

TEST(WordList, RefusesWhatIsNoPairAndWhatComesTwice) {
  const std::string_view no_pair[] = {"12"};
  EXPECT_EQ(message_of([&] { Words("D", no_pair); }),
            "D: \"12\" is no key=value: write the key, an equals sign and the value without blanks");
  const std::string_view twice[] = {"size=1", "size=2"};
  EXPECT_EQ(message_of([&] { Words("D", twice); }), "D: size is given twice");
}

TEST(WordList, RefusesADirectiveWithoutAnyKey) {
  Words words("GroupwareDatabasePool", {});
  int size = 8;
  words.number("size", size, 1, 100);
  EXPECT_EQ(message_of([&] { words.finish(); }),
            "GroupwareDatabasePool: write at least one key=value; known keys are: size");
}

TEST(ValueOrFile, ReadsTheFirstLineOfTheNamedFile) {
  std::string path = (std::filesystem::temp_directory_path() / "gwsecret.XXXXXX").string();
  close(mkstemp(path.data()));
  std::ofstream(path) << "the secret \nsecond line\n";
  EXPECT_EQ(read_value_or_file("D", "file:" + path), "the secret");
  std::filesystem::remove(path);
  EXPECT_NE(
      message_of([&] { read_value_or_file("D", "file:" + path); }).find("cannot read a value from " + path),
      std::string::npos);
  EXPECT_EQ(read_value_or_file("D", "plain"), "plain");
  EXPECT_FALSE(message_of([] { read_value_or_file("D", "exec:/bin/true"); }).empty());
  EXPECT_FALSE(message_of([] { read_value_or_file("D", "file:relative"); }).empty());
}

}  // namespace
}  // namespace gw::apache
