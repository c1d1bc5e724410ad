#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.hpp"
#include "mailbox/categories/category_mails.hpp"
#include "mailbox/categories/category_rules.hpp"

namespace gw::mailbox::categories {
namespace {

using mail::SearchTerm;
namespace sieve = mail::sieve;

MailCategories three() {
  MailCategories all;
  all.is_offered = all.is_on = true;
  all.list = {{"social", "$social", "Social", false, true, true},
              {"off", "$off", "Off", false, false, true},
              {"mine", "$mine", "Mine", true, true, true}};
  return all;
}

/// `k` a keyword, `!k` its absence.
std::string words_of(const SearchTerm& term) {
  if (term.kind == SearchTerm::Kind::Keyword) return term.text;
  if (term.kind == SearchTerm::Kind::Not) return "!" + words_of(term.children.front());
  std::string all;
  for (const SearchTerm& child : term.children) all += (all.empty() ? "" : " ") + words_of(child);
  return all;
}

TEST(CategoryTerm, IsMadeOfTheActiveKeywords) {
  EXPECT_EQ(words_of(term_of(three(), "general")), "!$social !$mine");
  EXPECT_EQ(words_of(term_of(three(), "social")), "$social !$mine");
  EXPECT_EQ(words_of(term_of(three(), "mine")), "$mine");
  for (const char* all : {"", "none"}) EXPECT_EQ(term_of(three(), all).kind, SearchTerm::Kind::All);
  for (const char* wrong : {"off", "other"}) EXPECT_THROW(term_of(three(), wrong), ApiError);
}

TEST(CategoryTerm, NothingIsInACategoryWhereTheyAreOff) {
  MailCategories off = three();
  off.is_on = false;
  EXPECT_EQ(term_of(off, "general").kind, SearchTerm::Kind::All);
  EXPECT_THROW(term_of(off, "mine"), ApiError);
}

std::string script_of(const sieve::Script& script) { return sieve::write_script(script, {}, "today"); }

TEST(CategoryRules, AnAddressIsInOneRule) {
  sieve::Script script =
      sieve::read_script("require \"fileinto\";\r\nif header :is \"a\" \"b\" { fileinto \"x\"; }\r\n");
  const sieve::Context context;
  train(script, three(), "social", {"a@x.test", "b@x.test"}, context);
  ASSERT_EQ(script.rules.size(), 2U);
  EXPECT_EQ(script.rules[0].name, "Social");
  EXPECT_TRUE(script.rules[0].has_flag(kCategoryRule));
  EXPECT_NE(script_of(script).find("addflag [\"$social\"]"), std::string::npos) << script_of(script);
  train(script, three(), "mine", {"a@x.test"}, context);
  ASSERT_EQ(script.rules.size(), 3U);
  sieve::Script again = sieve::read_script(script_of(script));
  EXPECT_EQ(again.rules[1].source.find("a@x.test"), std::string::npos) << again.rules[1].source;
  train(again, three(), "social", {"a@x.test", "b@x.test"}, context);
  ASSERT_EQ(again.rules.size(), 2U) << script_of(again);
  train(again, three(), "general", {"a@x.test", "b@x.test"}, context);
  EXPECT_EQ(again.rules.size(), 1U) << script_of(again);
}

TEST(CategoryRules, RulesThatWereMadeAnotherAreLeftAlone) {
  sieve::Script script;
  const sieve::Context context;
  train(script, three(), "social", {"a@x.test"}, context);
  sieve::Rule changed = script.rules[0];
  sieve::apply_json(changed,
                    *Json::parse(R"({"test":{"id":"subject","comparison":"contains","values":["x"]}})"),
                    sieve::Version::V2, context);
  sieve::update_rule(script, changed, {});
  train(script, three(), "general", {"a@x.test"}, context);
  EXPECT_EQ(script.rules.size(), 1U);
  std::vector<std::string> many;
  for (std::size_t i = 0; i <= kMaxTrained; ++i) many.push_back(std::to_string(i) + "@x.test");
  EXPECT_THROW(train(script, three(), "mine", many, context), ApiError);
}

TEST(CategoryRules, TheAdministratorsSendersLeaveWhatTheUserTaughtAlone) {
  MailCategories all = three();
  all.list[0].senders = {"a@x.test", "b@x.test"};
  all.list[1].senders = {"b@x.test", "c@x.test"};
  sieve::Script script;
  const sieve::Context context;
  train(script, all, "mine", {"a@x.test"}, context);
  train_predefined(script, all, context);
  ASSERT_EQ(script.rules.size(), 3U);
  for (const sieve::Rule& rule : script.rules) {
    const auto has = [&](const char* sender) { return rule.source.find(sender) != std::string::npos; };
    EXPECT_EQ(has("a@x.test"), rule.name == "Mine");
    EXPECT_EQ(has("b@x.test"), rule.name == "Social");
    EXPECT_EQ(has("c@x.test"), rule.name == "Off");
  }
  const std::string before = script_of(script);
  train_predefined(script, all, context);
  EXPECT_EQ(script_of(script), before);
}

}  // namespace
}  // namespace gw::mailbox::categories
