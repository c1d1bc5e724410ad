#include "mail/flags.hpp"

#include <gtest/gtest.h>

#include "mail/message.hpp"
#include "mail/search_judge.hpp"

namespace gw::mail {
namespace {

TEST(Flags, WordsOfAServerAreSortedIntoBitsColoursAndKeywords) {
  MessageFlags flags;
  for (const char* word : {"\\Seen", "$forwarded", "$MDNSent", "cl_3", "\\Recent", "Work", "\\Unknown"})
    add_flag_word(flags, word);
  EXPECT_EQ(flags.flags.bits, 32U + 256U + 512U + 16U);
  EXPECT_EQ(flags.color, 3);
  EXPECT_EQ(flags.keywords, std::vector<std::string>{"Work"});
}

TEST(Flags, NumbersThatAreNoColourCountAsNone) {
  MessageFlags flags;
  for (const char* word : {"$cl_0", "$cl_11", "cl_99999999999999999999"}) add_flag_word(flags, word);
  EXPECT_EQ(flags.color, 0);
  EXPECT_TRUE(flags.keywords.empty());
  add_flag_word(flags, "cl_x");
  EXPECT_EQ(flags.keywords.size(), 1U);
  EXPECT_EQ(color_word(10), "$cl_10");
  EXPECT_EQ(color_word(11), "");
  EXPECT_EQ(all_color_words().size(), 22U);
}

TEST(Flags, OnlyStoredBitsHaveWords) {
  FlagSet set;
  set.bits = 1'023;
  EXPECT_EQ(flag_words(set).size(), 7U);
  EXPECT_EQ(flag_word(Flag::Recent), "");
  EXPECT_EQ(single_flag(32), Flag::Seen);
  EXPECT_FALSE(single_flag(33));
  EXPECT_FALSE(single_flag(0));
  EXPECT_FALSE(single_flag(1'024));
}

TEST(Flags, ColoursAndFlaggedStandForEachOther) {
  MessageFlags flags;
  link_color(flags, 5);
  EXPECT_EQ(flags.color, 0);
  EXPECT_FALSE(flags.flags.has(Flag::Flagged));
  flags.flags.set(Flag::Flagged);
  link_color(flags, 5);
  EXPECT_EQ(flags.color, 5);
  MessageFlags colored;
  colored.color = 2;
  link_color(colored, 5);
  EXPECT_TRUE(colored.flags.has(Flag::Flagged));
  EXPECT_EQ(colored.color, 2);
}

TEST(Flags, MarkersTellOfAttachments) {
  MessageFlags flags;
  EXPECT_FALSE(find_attachment_marker(flags).has_value());
  flags.keywords = {"Work", "$hasnoattachment"};
  EXPECT_EQ(find_attachment_marker(flags), false);
  flags.keywords = {"$HasAttachment"};
  EXPECT_EQ(find_attachment_marker(flags), true);
}

TEST(Message, HeadersAreFoundWithoutCase) {
  Message message;
  message.headers = {{"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(find_header(message, "X-a"), "1");
  EXPECT_FALSE(find_header(message, "X-B"));
}

TEST(SearchJudge, AttachmentsAreFoundByStructure) {
  Message message;
  message.structure.emplace();
  Part& root = *message.structure;
  root.type = "multipart";
  root.subtype = "related";
  root.children.resize(2);
  root.children[1].type = "image";
  root.children[1].filename = "Größe.png";
  EXPECT_FALSE(matches_leaf({SearchTerm::Kind::HasAttachment}, message));
  root.subtype = "mixed";
  EXPECT_TRUE(matches_leaf({SearchTerm::Kind::HasAttachment}, message));
  message.has_attachment = false;
  EXPECT_FALSE(matches_leaf({SearchTerm::Kind::HasAttachment}, message));
  SearchTerm named{SearchTerm::Kind::AttachmentName};
  named.text = "GROSSE";
  EXPECT_TRUE(matches_leaf(named, message));
  named.text = "other";
  EXPECT_FALSE(matches_leaf(named, message));
}

TEST(SearchJudge, DatesAreExactToTheMillisecond) {
  Message message;
  message.received = Millis{1'000};
  SearchTerm term{SearchTerm::Kind::ReceivedBefore};
  term.at = Millis{1'000};
  EXPECT_FALSE(matches_leaf(term, message));
  term.at = Millis{1'001};
  EXPECT_TRUE(matches_leaf(term, message));
  term.kind = SearchTerm::Kind::ReceivedSince;
  EXPECT_FALSE(matches_leaf(term, message));
}

}  // namespace
}  // namespace gw::mail
