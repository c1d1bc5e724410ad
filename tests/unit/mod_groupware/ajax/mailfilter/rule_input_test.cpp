#include "ajax/mailfilter/rule_input.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace gw::ajax {
namespace {

using mail::sieve::Version;

template <class Act>
std::string rule_code_of(const Act& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(RuleInput, IdsAreNumbersInAnyForm) {
  EXPECT_EQ(parse_rule_id(*Json::parse(R"({"id":7})")), 7);
  EXPECT_EQ(parse_rule_id(*Json::parse(R"({"id":"7"})")), 7);
  const auto code = [](const char* text) { return rule_code_of([&] { parse_rule_id(*Json::parse(text)); }); };
  EXPECT_EQ(code("[]"), "MAIL_FILTER-0003");
  EXPECT_EQ(code("{}"), "MAIL_FILTER-0001");
  EXPECT_EQ(code(R"({"id":null})"), "MAIL_FILTER-0001");
  EXPECT_EQ(code(R"({"id":"x"})"), "MAIL_FILTER-0009");
  EXPECT_EQ(code(R"({"id":{}})"), "MAIL_FILTER-0009");
}

TEST(RuleInput, APositionMayBeMissing) {
  EXPECT_FALSE(parse_position(*Json::parse("{}")));
  EXPECT_EQ(parse_position(*Json::parse(R"({"position":0})")), 0);
  EXPECT_EQ(rule_code_of([] { parse_position(*Json::parse(R"({"position":"top"})")); }), "MAIL_FILTER-0007");
}

TEST(RuleInput, AnOrderIsAnArrayOfIds) {
  EXPECT_EQ(parse_rule_ids(*Json::parse(R"([2,"0",1])")), (std::vector<std::int64_t>{2, 0, 1}));
  EXPECT_EQ(rule_code_of([] { parse_rule_ids(*Json::parse("{}")); }), "MAIL_FILTER-0003");
  EXPECT_EQ(rule_code_of([] { parse_rule_ids(*Json::parse("[[]]")); }), "MAIL_FILTER-0009");
}

TEST(RuleInput, VersionOneKnowsItsKindsOfFilters) {
  mail::sieve::Rule rule, plain;
  rule.flags = {"vacation", "mine"};
  EXPECT_TRUE(parse_flag_filter("", Version::V1).takes(plain));
  EXPECT_TRUE(parse_flag_filter("all", Version::V1).takes(plain));
  EXPECT_TRUE(parse_flag_filter("vacation", Version::V1).takes(rule));
  EXPECT_FALSE(parse_flag_filter("vacation", Version::V1).takes(plain));
  EXPECT_FALSE(parse_flag_filter("autoforward", Version::V1).takes(rule));
  EXPECT_EQ(rule_code_of([] { parse_flag_filter("mine", Version::V1); }), "MAIL_FILTER-0026");
  EXPECT_TRUE(parse_flag_filter("mine", Version::V2).takes(rule));
  EXPECT_FALSE(parse_flag_filter("all", Version::V2).takes(rule));
}

}  // namespace
}  // namespace gw::ajax
