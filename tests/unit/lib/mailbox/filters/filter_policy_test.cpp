#include "mailbox/filters/filter_policy.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace gw::mailbox::filters {
namespace {

namespace sieve = mail::sieve;

template <class Act>
std::string filter_code_of(const Act& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(FilterPolicy, FoldersLoseTheAccountAndGetItBack) {
  EXPECT_EQ(folder_to_script("default0/INBOX/Ä & B", false), "INBOX/Ä & B");
  EXPECT_EQ(folder_to_script("INBOX", false), "INBOX");
  EXPECT_EQ(folder_to_json("INBOX/Ä & B", false), "default0/INBOX/Ä & B");
  EXPECT_EQ(folder_to_script("default0/Ä & B", true), "&AMQ- &- B");
  EXPECT_EQ(folder_to_json("&AMQ- &- B", true), "default0/Ä & B");
  for (const char* wrong : {"default0", "default1/INBOX"})
    EXPECT_EQ(filter_code_of([&] { folder_to_script(wrong, false); }), "MAIL_FILTER-0025") << wrong;
}

TEST(FilterPolicy, DeniedRedirectsAreAddressesAndWholeDomains) {
  SieveSettings settings;
  settings.denied_redirects = {"evil.test", "boss@example.org"};
  EXPECT_FALSE(may_redirect(settings, "a@Evil.test"));
  EXPECT_FALSE(may_redirect(settings, "a@mx.evil.test"));
  EXPECT_FALSE(may_redirect(settings, "Boss@example.org"));
  EXPECT_TRUE(may_redirect(settings, "bigboss@example.org"));
  EXPECT_TRUE(may_redirect(settings, "a@notevil.test"));
  EXPECT_TRUE(may_redirect(settings, "evil.test@example.org"));
}

sieve::Rule redirecting(int count, bool is_active = true) {
  sieve::Rule rule;
  rule.is_active = is_active;
  rule.body = sieve::RuleBody{{"true", {}, {}, false}, {}};
  for (int i = 0; i < count; ++i) {
    sieve::Command action;
    action.name = "redirect";
    action.arguments = {sieve::Argument::tag("copy"), sieve::Argument::string(std::to_string(i) + "@x.test")};
    rule.body->actions.push_back(action);
  }
  return rule;
}

sieve::Script script_of(std::vector<sieve::Rule> rules) {
  sieve::Script script;
  script.rules = std::move(rules);
  return script;
}

TEST(FilterPolicy, RedirectsAreCountedInTheScriptAndInEachRule) {
  const auto code = [](const sieve::Script& before, const sieve::Script& after, RedirectLimits limits) {
    return filter_code_of([&] { check_redirects(before, after, limits); });
  };
  const sieve::Script none, two = script_of({redirecting(1), redirecting(1)}),
                            three = script_of({redirecting(1), redirecting(2)});
  EXPECT_EQ(code(none, three, {}), "");
  EXPECT_EQ(code(none, three, {3, 2}), "");
  EXPECT_EQ(code(two, three, {2, 0}), "MAIL_FILTER-0024");
  EXPECT_EQ(code(two, three, {0, 1}), "MAIL_FILTER-0024");
  EXPECT_EQ(code(none, script_of({redirecting(9, false)}), {2, 1}), "");
  // What was there before is no reason to refuse another change.
  EXPECT_EQ(code(three, three, {2, 1}), "");
  EXPECT_EQ(code(three, two, {1, 1}), "");
}

TEST(FilterPolicy, TheZoneIsTheUsersNow) {
  const Millis summer{1'720'000'000'000}, winter{1'704'000'000'000};
  EXPECT_EQ(format_zone(*TimeZone::find("Europe/Berlin"), summer), "+0200");
  EXPECT_EQ(format_zone(*TimeZone::find("Europe/Berlin"), winter), "+0100");
  EXPECT_EQ(format_zone(*TimeZone::find("America/St_Johns"), winter), "-0330");
  EXPECT_EQ(format_zone(TimeZone::utc(), winter), "+0000");
}

TEST(FilterPolicy, TheContextHasAllOfIt) {
  SieveSettings settings;
  settings.denied_redirects = {"evil.test"};
  const sieve::Context context =
      make_context(settings, *TimeZone::find("Europe/Berlin"), {1'704'000'000'000});
  EXPECT_EQ(context.zone, "+0100");
  EXPECT_EQ(context.folder_to_json("x"), "default0/x");
  EXPECT_EQ(context.folder_to_script("default0/x"), "x");
  EXPECT_FALSE(context.may_redirect("a@evil.test"));
}

}  // namespace
}  // namespace gw::mailbox::filters
