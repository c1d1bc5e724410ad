#include "mail/sieve/json.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "unit/lib/mail/sieve/rule_samples.hpp"

using namespace gw;
using namespace gw::mail::sieve;
using gw::mail::sieve::test::kActionSamples;
using gw::mail::sieve::test::kTestSamples;
using gw::mail::sieve::test::Sample;

namespace {

Json json_of(std::string_view text) {
  auto json = Json::parse(text);
  EXPECT_TRUE(json) << text;
  return json.value_or(Json());
}

Rule rule_of(const Json& test, const Json& actions, Version version, const Context& context = {}) {
  Rule rule;
  apply_json(rule, Json::object().set("test", test).set("actioncmds", actions), version, context);
  return rule;
}

Json keep() { return Json::array().append(json_of(R"({"id":"keep"})")); }

std::string json_code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

std::string test_error(std::string_view json, Version version = Version::V2) {
  return json_code_of([&] { rule_of(json_of(json), keep(), version); });
}
std::string action_error(std::string_view json, const Context& context = {}) {
  return json_code_of([&] {
    rule_of(json_of(R"({"id":"true"})"), Json::array().append(json_of(json)), Version::V2, context);
  });
}

/// Through a whole script and back.
Rule through_script(const Rule& rule) {
  Script script;
  insert_rule(script, rule, {});
  const Script read = read_script(write_script(script, {}, "today"));
  EXPECT_EQ(read.rules.size(), 1U);
  return read.rules.at(0);
}

void check_round_trip(const Json& test, const Json& actions, Version version, std::string_view expected) {
  const Rule rule = through_script(rule_of(test, actions, version));
  EXPECT_NE(rule.source.find(expected), std::string::npos) << rule.source;
  const Json back = to_json(rule, 0, version, {});
  EXPECT_TRUE(back.get("test").equals(test)) << back.dump() << "\n" << rule.source;
  EXPECT_TRUE(back.get("actioncmds").equals(actions)) << back.dump() << "\n" << rule.source;
}

}  // namespace

TEST(SieveJson, EveryTestComesBackTheSame) {
  for (const Sample& sample : kTestSamples) {
    if (sample.in_v1) check_round_trip(json_of(sample.json), keep(), Version::V1, sample.sieve);
    if (sample.in_v2) check_round_trip(json_of(sample.json), keep(), Version::V2, sample.sieve);
  }
}

TEST(SieveJson, EveryActionComesBackTheSame) {
  for (const Sample& sample : kActionSamples) {
    const Json actions = Json::array().append(json_of(sample.json));
    if (sample.in_v1) check_round_trip(json_of(R"({"id":"true"})"), actions, Version::V1, sample.sieve);
    if (sample.in_v2) check_round_trip(json_of(R"({"id":"true"})"), actions, Version::V2, sample.sieve);
  }
}

TEST(SieveJson, EveryRowHasASample) {
  const auto has = [](const std::vector<Sample>& samples, const Json& id) {
    const std::string text = "{\"id\":\"" + std::string(id.as_string()) + "\"";
    return std::any_of(samples.begin(), samples.end(),
                       [&](const Sample& sample) { return sample.json.starts_with(text); });
  };
  const Json data = describe(Version::V2, {});
  for (std::size_t i = 0; i < data.get("tests").size(); ++i)
    EXPECT_TRUE(has(kTestSamples, data.get("tests").at(i).get("id"))) << i;
  for (std::size_t i = 0; i < data.get("actioncmds").size(); ++i)
    EXPECT_TRUE(has(kActionSamples, data.get("actioncmds").at(i).get("id"))) << i;
}

TEST(SieveJson, SizesInWordsAreTaken) {
  for (const auto& [text, bytes] :
       {std::pair{"10", 10}, std::pair{"10K", 10'240}, std::pair{"3m", 3'145'728}}) {
    const Json test = json_of(R"({"id":"size","comparison":"over"})").set("size", Json::string(text));
    const Json back = to_json(rule_of(test, keep(), Version::V2), 0, Version::V2, {});
    EXPECT_EQ(back.get("test").get("size").as_integer(), bytes);
  }
}

TEST(SieveJson, WrongTestsAreRefused) {
  EXPECT_EQ(test_error(R"({"id":"nothing"})"), "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"subject","comparison":"is","values":["x"]})", Version::V1),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"comparison":"is"})"), "MAIL_FILTER-0018");
  EXPECT_EQ(test_error(R"([])"), "MAIL_FILTER-0003");
  EXPECT_EQ(test_error(R"({"id":"header","comparison":"is","headers":["A"],"values":[]})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"header","comparison":"is","headers":["A"]})"), "MAIL_FILTER-0018");
  EXPECT_EQ(test_error(R"({"id":"header","comparison":"near","headers":["A"],"values":["x"]})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"header","comparison":"is","headers":["A\nB"],"values":["x"]})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"header","comparison":"is","headers":["A"],"values":[{}]})"),
            "MAIL_FILTER-0003");
  EXPECT_EQ(test_error(R"({"id":"size","comparison":"over","size":"much"})"), "MAIL_FILTER-0017");
  EXPECT_EQ(test_error(R"({"id":"size","comparison":"over","size":-1})"), "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"size","comparison":"over","size":"9223372036854775807G"})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"allof","tests":[]})"), "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"not"})"), "MAIL_FILTER-0003");
  EXPECT_EQ(test_error(
                R"({"id":"currentdate","comparison":"is","datepart":"year","datevalue":[1],"zone":"+0000"})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"currentdate","comparison":"is","datepart":"weekday","datevalue":[7]})"),
            "MAIL_FILTER-0025");
  EXPECT_EQ(test_error(R"({"id":"currentdate","comparison":"is","datepart":"date","datevalue":["x"]})"),
            "MAIL_FILTER-0017");
  EXPECT_EQ(
      test_error(R"({"id":"currentdate","comparison":"is","datepart":"date","datevalue":[1],"zone":"CET"})"),
      "MAIL_FILTER-0025");
}

TEST(SieveJson, DepthIsBounded) {
  std::string json = R"({"id":"true"})";
  for (int i = 0; i < 30; ++i) json = R"({"id":"not","test":)" + json + "}";
  EXPECT_EQ(test_error(json), "MAIL_FILTER-0025");
}

TEST(SieveJson, WrongActionsAreRefused) {
  EXPECT_EQ(action_error(R"({"id":"nothing"})"), "MAIL_FILTER-0025");
  EXPECT_EQ(action_error(R"({"id":"redirect"})"), "MAIL_FILTER-0018");
  EXPECT_EQ(action_error(R"({"id":"redirect","to":"nobody"})"), "MAIL_FILTER-0023");
  EXPECT_EQ(action_error(R"({"id":"redirect","to":"a@b.test\r\nkeep"})"), "MAIL_FILTER-0025");
  EXPECT_EQ(action_error(R"({"id":"redirect","to":"a@evil.test"})",
                         {.may_redirect = [](std::string_view to) { return !to.ends_with("evil.test"); }}),
            "MAIL_FILTER-0024");
  EXPECT_EQ(action_error(R"({"id":"vacation","days":3})"), "MAIL_FILTER-0018");
  EXPECT_EQ(action_error(R"({"id":"vacation","days":"soon","text":"x"})"), "MAIL_FILTER-0017");
  EXPECT_EQ(action_error(R"({"id":"vacation","days":0,"text":"x"})"), "MAIL_FILTER-0025");
  EXPECT_EQ(action_error(R"({"id":"vacation","from":["a","b","c"],"text":"x"})"), "MAIL_FILTER-0003");
  EXPECT_EQ(action_error(R"({"id":"vacation","from":["Me","nobody"],"text":"x"})"), "MAIL_FILTER-0025");
  EXPECT_EQ(action_error(R"({"id":"addflags","flags":["\\se en"]})"), "MAIL_FILTER-0025");
  EXPECT_EQ(action_error(R"({"id":"addflags","flags":[]})"), "MAIL_FILTER-0018");
  EXPECT_EQ(action_error(R"({"id":"move","into":7})"), "MAIL_FILTER-0003");
}

TEST(SieveJson, SendersAreTakenInThreeForms) {
  const auto sender = [](std::string_view from) {
    const Json action = json_of(R"({"id":"vacation","text":"x"})").set("from", json_of(from));
    const Rule rule = rule_of(json_of(R"({"id":"true"})"), Json::array().append(action), Version::V2);
    return std::string(to_json(rule, 0, Version::V2, {}).get("actioncmds").at(0).get("from").as_string());
  };
  EXPECT_EQ(sender(R"(["Me","a@b.test"])"), "Me <a@b.test>");
  EXPECT_EQ(sender(R"([["Me","a@b.test"]])"), "Me <a@b.test>");
  EXPECT_EQ(sender(R"(["a@b.test"])"), "a@b.test");
  EXPECT_EQ(sender(R"("a@b.test")"), "a@b.test");
  EXPECT_EQ(sender(R"(["Me, \"too\"","a@b.test"])"), R"("Me, \"too\"" <a@b.test>)");
}

TEST(SieveJson, FoldersAreTranslatedBothWays) {
  const Context context{
      .folder_to_script = [](std::string_view id) { return std::string(id.substr(9)); },
      .folder_to_json = [](std::string_view name) { return "default0/" + std::string(name); }};
  const Json actions = Json::array().append(json_of(R"({"id":"move","into":"default0/INBOX/x"})"));
  const Rule rule = rule_of(json_of(R"({"id":"true"})"), actions, Version::V2, context);
  EXPECT_NE(rule.source.find("fileinto \"INBOX/x\";"), std::string::npos);
  EXPECT_TRUE(to_json(rule, 0, Version::V2, context).get("actioncmds").equals(actions));
}

TEST(SieveJson, WhatIsNotKnownIsGivenAsText) {
  for (const char* text :
       {"if header :comparator \"i;octet\" \"a\" \"b\" { keep; }\n", "if ihave \"x\" { keep; }\n",
        "fileinto :create \"a\";\n", "if true { if true { keep; } }\n", "vacation :seconds 9 \"x\";\n",
        "if size :over 1 { keep; } else { stop; }\n", "if true keep { stop; }\n"}) {
    SCOPED_TRACE(text);
    try {
      const Script script = read_script(text);
      const Json json = to_json(script.rules.at(0), 0, Version::V2, {});
      EXPECT_TRUE(json.get("test").is_missing());
      EXPECT_EQ(json.get("text").as_string(), text);
      EXPECT_FALSE(json.get("errormsg").as_string().empty());
    } catch (const ApiError& error) {
      EXPECT_EQ(format_code(error.code()), "MAIL_FILTER-0016");
    }
  }
}

TEST(SieveJson, AbsentMembersStay) {
  Rule rule = rule_of(json_of(R"({"id":"true"})"), keep(), Version::V2);
  rule.name = "old";
  rule.source = "# mine\nkeep;\n";
  apply_json(rule, json_of(R"({"active":false})"), Version::V2, {});
  EXPECT_EQ(rule.source, "# mine\nkeep;\n");
  EXPECT_FALSE(rule.is_active);
  apply_json(rule, json_of(R"({"actioncmds":[{"id":"stop"}],"rulename":" new ","flags":["spam"]})"),
             Version::V2, {});
  EXPECT_EQ(rule.source, "if true {\n    stop;\n}\n");
  EXPECT_EQ(rule.name, "new");
  EXPECT_EQ(json_code_of([&] { apply_json(rule, json_of(R"({"rulename":"a\nb"})"), Version::V2, {}); }),
            "MAIL_FILTER-0025");
  EXPECT_EQ(json_code_of([&] { apply_json(rule, json_of(R"({"flags":["a|b"]})"), Version::V2, {}); }),
            "MAIL_FILTER-0025");
}

TEST(SieveJson, DescribesWhatTheServerCan) {
  const Json v1 = describe(Version::V1, {"fileinto", "body"});
  const std::string text = v1.dump();
  EXPECT_NE(text.find(R"({"test":"body","comparison":["is","contains","matches"]})"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("regex"), std::string::npos);
  EXPECT_EQ(text.find("vacation"), std::string::npos);
  EXPECT_EQ(text.find("\"subject\""), std::string::npos);
  EXPECT_NE(text.find(R"("capabilities":["body","fileinto"])"), std::string::npos);
  const Json v2 =
      describe(Version::V2, {"fileinto", "subaddress"}, [](std::string_view kind, std::string_view id) {
        return (kind == "action" && id == "discard") || (kind == "comparison" && id == "not is");
      });
  const std::string second = v2.dump();
  EXPECT_NE(second.find(R"("parts":["all","localpart","domain","user","detail"])"), std::string::npos)
      << second;
  EXPECT_NE(second.find(R"({"id":"subject","comparisons":["is","contains","not contains")"),
            std::string::npos)
      << second;
  EXPECT_EQ(second.find("discard"), std::string::npos);
  EXPECT_EQ(second.find("\"copy\""), std::string::npos);
  EXPECT_NE(second.find(R"("allowNestedTests":true)"), std::string::npos);
}
