#include "core/json.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace gw {
namespace {

TEST(Json, MissingAndNullDiffer) {
  const Json object = *Json::parse(R"({"a":null})");
  EXPECT_TRUE(object.get("a").is_null());
  EXPECT_FALSE(object.get("a").is_missing());
  EXPECT_TRUE(object.get("b").is_missing());
}

TEST(Json, IdsArriveAsNumbersOrText) {
  const Json list = *Json::parse(R"([20, "20", 20.0, "x", 9223372036854775807, 1e300])");
  EXPECT_EQ(list.at(0).to_integer(), 20);
  EXPECT_EQ(list.at(1).to_integer(), 20);
  EXPECT_EQ(list.at(2).to_integer(), 20);
  EXPECT_EQ(list.at(3).to_integer(), std::nullopt);
  EXPECT_EQ(list.at(4).to_integer(), INT64_MAX);
  EXPECT_EQ(list.at(5).to_integer(), INT64_MAX);
}

TEST(Json, BrokenTextIsRefusedWithItsPosition) {
  std::string why;
  EXPECT_FALSE(Json::parse("{\"a\":", &why));
  EXPECT_NE(why.find("line 1"), std::string::npos);
}

TEST(Json, ByteOrderMarkAndBareValuesAreAccepted) {
  EXPECT_TRUE(Json::parse("\xEF\xBB\xBF\"x\"")->is_string());
  EXPECT_TRUE(Json::parse("true")->is_true());
}

TEST(Json, InvalidUtf8IsReplacedSoThatAnAnswerCanAlwaysBeWritten) {
  EXPECT_EQ(Json::string("a\xFFz").dump(), "\"a\xEF\xBF\xBDz\"");
}

TEST(Json, ZeroBytesSurvive) {
  const Json text = *Json::parse(R"("a\u0000b")");
  EXPECT_EQ(text.as_string().size(), 3U);
}

TEST(Json, CopiesShareAndDeepCopiesDoNot) {
  Json a = Json::object();
  Json b = a;
  b.set("x", Json::integer(1));
  EXPECT_EQ(a.get("x").as_integer(), 1);
  Json c = a.deep_copy();
  c.set("x", Json::integer(2));
  EXPECT_EQ(a.get("x").as_integer(), 1);
}

TEST(Json, MembersKeepTheirOrder) { EXPECT_EQ(Json::parse(R"({"z":1,"a":2})")->dump(), R"({"z":1,"a":2})"); }

TEST(Json, TheTextIsTheOneJanssonWrites) {
  std::string all_bytes;
  for (char byte = 0; byte >= 0 && byte < 127; ++byte) all_bytes += byte;
  const Json samples[] = {
      Json::null(),
      Json::boolean(true),
      Json::boolean(false),
      Json::integer(INT64_MIN),
      Json::integer(INT64_MAX),
      Json::real(0.5),
      Json::real(-2),
      Json::string(""),
      Json::string(all_bytes + "\x7F"),
      Json::string("\u00fc \U0001F600 \u2028"),
      Json::object(),
      Json::array(),
      *Json::parse(R"({"":[[],{}],"a\"\n":{"b":[1,"x",null,{"c":-0.5}]},"\u00e9":[[[0]]]})")};
  for (const Json& sample : samples) {
    char* expected = json_dumps(sample.raw(), JSON_COMPACT | JSON_ENCODE_ANY);
    EXPECT_EQ(sample.dump(), expected);
    std::free(expected);
  }
}

TEST(Json, RealsAreShortAndReadBackAsTheSame) {
  const std::pair<double, const char*> samples[] = {
      {99.99, "99.99"}, {0.1, "0.1"}, {-2.0, "-2.0"}, {1e300, "1e+300"}, {9'999'999'999.99, "9999999999.99"}};
  for (const auto& [value, text] : samples) {
    EXPECT_EQ(Json::real(value).dump(), text);
    const Json read = Json::parse(text).value_or(Json());
    EXPECT_TRUE(read.is_real());
    EXPECT_EQ(read.as_real(), value);
  }
}

TEST(Json, LongTextIsHandedOutInPiecesUntilItIsStopped) {
  Json list = Json::array();
  for (int i = 0; i < 10'000; ++i) list.append(Json::string("0123456789"));
  std::string joined;
  int pieces = 0;
  EXPECT_TRUE(list.dump_to([&](std::string_view piece) {
    joined += piece;
    ++pieces;
    return true;
  }));
  EXPECT_EQ(joined, list.dump());
  EXPECT_GT(pieces, 2);
  pieces = 0;
  EXPECT_FALSE(list.dump_to([&](std::string_view) { return ++pieces < 2; }));
  EXPECT_EQ(pieces, 2);
}

TEST(Json, DeepNestingIsRefusedNotCrashing) { EXPECT_FALSE(Json::parse(std::string(100'000, '['))); }

}  // namespace
}  // namespace gw
