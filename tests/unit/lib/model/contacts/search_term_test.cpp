#include "address_book.hpp"

namespace gw::test {
namespace {

using contacts::SearchTerm;

std::string parse_code(const std::string& filter) {
  return refusal([&] { SearchTerm::parse(json(filter)); });
}

TEST(SearchTermParsing, RefusesWhatTheContractDoesNotKnow) {
  for (const char* bad : {"['like',{'field':'last_name'},'x']", "['=',{'field':'last_name'}]", "['=',1,2,3]",
                          "['and']", "['not',['=',1,1],['=',1,1]]", "['=',{'field':'nonsense'},'x']",
                          "['=',['a'],'x']", "['=',{'field':'image1'},'x']", "['=',{'other':1},'x']",
                          "'text'", "{'field':'last_name'}", "[1,2,3]", "['and','x']"})
    EXPECT_EQ(parse_code(bad), "SVL-0010") << bad;
  EXPECT_EQ(parse_code("['AND',['=',{'field':'last_name'},'x']]"), "");
  EXPECT_EQ(parse_code("['=',{'attachment':'name'},'x']"), "");
}

TEST(SearchTermParsing, IsBounded) {
  std::string deep = "['=',{'field':'id'},1]";
  for (int i = 0; i < 60; ++i) deep = "['not'," + deep + "]";
  EXPECT_EQ(parse_code(deep), "SVL-0010");
  std::string wide = "['or'";
  for (int i = 0; i < 1'001; ++i) wide += ",['=',{'field':'id'},1]";
  EXPECT_EQ(parse_code(wide + "]"), "SVL-0010");
  EXPECT_EQ(parse_code("['=',{'field':'last_name'},'" + std::string(300, 'x') + "']"), "SVL-0010");
}

TEST(SearchTermParsing, BoundsTheTextWithWildcards) {
  const auto terms = [](int count, const std::string& constant) {
    std::string filter = "['or'";
    for (int i = 0; i < count; ++i) filter += ",['=',{'field':'note'},'" + constant + "']";
    return filter + "]";
  };
  EXPECT_EQ(parse_code(terms(900, std::string(200, 'x'))), "");
  EXPECT_EQ(parse_code(terms(50, std::string(199, 'x') + "*")), "");
  EXPECT_EQ(parse_code(terms(51, std::string(199, 'x') + "?")), "SVL-0010");
}

TEST(SearchTermMatching, ComparesTextsWithoutCaseAndAccents) {
  const Collator collator("en_US");
  contacts::Contact contact;
  contact.first_name = "Zo\u00eb";
  contact.last_name = "M\u00fcller";
  contact.nickname = "ZOE";
  const auto matches = [&](const char* filter) {
    return SearchTerm::parse(json(filter)).matches(contact, collator);
  };
  EXPECT_TRUE(matches("['=',{'field':'first_name'},{'field':'nickname'}]"));
  EXPECT_FALSE(matches("['=',{'field':'first_name'},{'field':'last_name'}]"));
  // Several operators over the same and over different texts, constants on either side.
  EXPECT_TRUE(
      matches("['and',['=',{'field':'first_name'},'zoe'],['=','MULL?R',{'field':'last_name'}],"
              "['=',{'field':'first_name'},'z*'],['<>','mull',{'field':'last_name'}],"
              "['=','abc','A*'],['=','abd','?BD'],['<>',{'field':'nickname'},'zo']]"));
}

TEST(SearchTermFolders, AreNarrowedByComparisonsThatMustHold) {
  const auto folders = [](const char* filter) { return SearchTerm::parse(json(filter)).folders(); };
  using Folders = std::vector<FolderId>;
  EXPECT_EQ(folders("['=',{'field':'folder_id'},'31']"), Folders{FolderId(31)});
  EXPECT_EQ(folders("['or',['=',{'field':'folder_id'},31],['=',32,{'field':'folder'}]]"),
            (Folders{FolderId(31), FolderId(32)}));
  EXPECT_EQ(folders("['and',['=',{'field':'folder_id'},31],['=',{'field':'last_name'},'x']]"),
            Folders{FolderId(31)});
  EXPECT_EQ(folders("['and',['=',{'field':'folder_id'},31],['=',{'field':'folder_id'},32]]"), Folders{});
  EXPECT_EQ(folders("['or',['=',{'field':'folder_id'},31],['=',{'field':'last_name'},'x']]"), std::nullopt);
  EXPECT_EQ(folders("['not',['=',{'field':'folder_id'},31]]"), std::nullopt);
}

TEST(SearchTermPieces, NeverExcludeAMatch) {
  const auto pieces = [](const char* filter) { return SearchTerm::parse(json(filter)).pieces(); };
  EXPECT_EQ(pieces("['=',{'field':'last_name'},'M\u00fcll*r']").texts, Names{"mull"});
  EXPECT_TRUE(pieces("['not',['=',{'field':'last_name'},'x']]").texts.empty());
  EXPECT_TRUE(pieces("['or',['=',{'field':'last_name'},'x'],['=',{'field':'note'},'y']]").texts.empty());
  const auto any = pieces("['or',['=',{'field':'last_name'},'x'],['=',{'field':'email1'},'y']]");
  EXPECT_TRUE(any.any);
  EXPECT_EQ(any.texts, (Names{"x", "y"}));
  EXPECT_EQ(pieces("['and',['=',{'field':'last_name'},'x'],['=',{'field':'note'},'y']]").texts, Names{"x"});
}

}  // namespace
}  // namespace gw::test
