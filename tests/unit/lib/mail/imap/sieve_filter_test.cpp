#include "mail/imap/sieve_filter.hpp"

#include "mail/imap/filter_data.hpp"

#include <gtest/gtest.h>

#include "unit/lib/mail/imap/support/world.hpp"

namespace gw::mail::imap::test {
namespace {

using Outcome = FilterOutcome::Kind;

TEST(SieveFilter, AnswersNameTheMailAndWhatWasDone) {
  const FilterOutcome fine = parse_filtered("(TAG \"a 1\") UID 12 OK");
  EXPECT_EQ(fine.uid, 12U);
  EXPECT_EQ(fine.kind, Outcome::Ok);
  const FilterOutcome failed = parse_filtered("(TAG a1) UID 3 ERRORS {5}\r\nno.\r\n");
  EXPECT_EQ(failed.kind, Outcome::Errors);
  EXPECT_EQ(failed.text, "no.\r\n");
  EXPECT_EQ(parse_filtered("(TAG a1) UID 3 WARNINGS \"x\"").kind, Outcome::Warnings);
  for (const char* wrong : {"", "(TAG a1)", "(TAG a1) UID 0 OK", "(TAG a1) UID x OK", "(TAG a1) 3 OK"})
    EXPECT_THROW(parse_filtered(wrong), BadResponse) << wrong;
}

std::vector<std::string> subjects(const World& world, const std::string& folder) {
  std::vector<std::string> subjects;
  for (const Message& found : world.messages().search(folder, {}, FetchSet().add(Fetch::Envelope)).messages)
    subjects.push_back(found.subject.value_or(""));
  return subjects;
}

TEST(SieveFilter, MatchingMailsAreMovedAndTheOthersStay) {
  GW_NEEDS_DOVECOT();
  const World world("all");
  world.folders().create("", "Work", {});
  std::vector<Uid> uids;
  for (const char* subject : {"one", "two", "three"})
    uids.push_back(world.put("INBOX", message(subject, subject)));
  const auto outcomes = world.messages().filter(
      "INBOX", "require \"fileinto\";\r\nif header :is \"Subject\" \"two\" { fileinto \"Work\"; }\r\n");
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].uid, uids[1]);
  EXPECT_EQ(outcomes[0].kind, Outcome::Ok);
  EXPECT_EQ(subjects(world, "INBOX"), (std::vector<std::string>{"one", "three"}));
  EXPECT_EQ(subjects(world, "Work"), std::vector<std::string>{"two"});
}

TEST(SieveFilter, WhatFailsStaysAndIsTold) {
  GW_NEEDS_DOVECOT();
  const World world("all");
  world.put("INBOX", message("one", "one"));
  const auto outcomes =
      world.messages().filter("INBOX", "require \"fileinto\"; fileinto \"Nowhere\"; discard;\r\n");
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].kind, Outcome::Errors);
  EXPECT_NE(outcomes[0].text.find("Nowhere"), std::string::npos);
  EXPECT_EQ(subjects(world, "INBOX"), std::vector<std::string>{"one"});
}

TEST(SieveFilter, AWrongScriptAndAServerWithoutFiltersAreRefused) {
  GW_NEEDS_DOVECOT();
  const World world("all"), bare("none");
  world.put("INBOX", message("one", "one"));
  EXPECT_EQ(code_of([&] { world.messages().filter("INBOX", "if nonsense"); }), "MAIL_FILTER-0025");
  EXPECT_EQ(subjects(world, "INBOX").size(), 1U);
  EXPECT_EQ(code_of([&] { bare.messages().filter("INBOX", "keep;"); }), "MSG-0087");
  EXPECT_EQ(code_of([&] { world.messages().filter("Nowhere", "keep;"); }), "MSG-1002");
  EXPECT_TRUE(world.messages().filter("Sent", "discard;").empty());
}

}  // namespace
}  // namespace gw::mail::imap::test
