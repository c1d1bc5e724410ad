#include "address_book.hpp"

namespace gw::test {
namespace {

class ContactSearch : public AddressBook {
 protected:
  ContactSearch() {
    folder = home(kAnna);
    for (const char* body :
         {"{'last_name':'M\u00fcller','first_name':'Anton','display_name':'M\u00fcller, "
          "Anton','email1':'anton@x.test','company':'ACME'}",
          "{'last_name':'Mueller','first_name':'Bea','display_name':'Mueller, Bea','company':'Acme Ltd'}",
          "{'last_name':'9lives','display_name':'9lives','email2':'cat@x.test','categories':'pets,fun'}",
          "{'display_name':'100% sure_thing'}",
          "{'first_name':'Zoe','last_name':'\u00c4rger','display_name':'\u00c4rger, Zoe'}"})
      create(kAnna, folder, body);
  }
  Names search(contacts::SearchQuery query) {
    if (query.folders.empty()) query.folders = {folder};
    return names_of({},
                    [&](const auto& r, const auto& v) { return contacts::search(as(kAnna), query, r, v); });
  }
  Names pattern(const std::string& text) { return search({.pattern = text}); }
  static std::pair<std::size_t, std::string> in(int column, const char* text) {
    return {static_cast<std::size_t>(model::find_column(contacts::contact_fields(), column)), text};
  }
  FolderId folder;
};

TEST_F(ContactSearch, PatternsIgnoreCaseAndAccentsAndKnowWildcards) {
  EXPECT_EQ(pattern("MULLER"), Names{"Müller, Anton"});
  EXPECT_EQ(pattern("müller"), Names{"Müller, Anton"});
  EXPECT_EQ(pattern("ller"), (Names{"Mueller, Bea", "Müller, Anton"}));
  EXPECT_EQ(pattern("m*ller*"), (Names{"Mueller, Bea", "Müller, Anton"}));
  EXPECT_EQ(pattern("m?ller*"), Names{"Müller, Anton"});
  EXPECT_EQ(pattern("*bea"), Names{"Mueller, Bea"});
  EXPECT_EQ(pattern("*").size(), 5U);
  EXPECT_EQ(pattern("").size(), 5U);
  EXPECT_EQ(pattern("nobody"), Names{});
}

TEST_F(ContactSearch, PercentAndUnderscoreAreOrdinaryCharacters) {
  EXPECT_EQ(pattern("100%"), Names{"100% sure_thing"});
  EXPECT_EQ(pattern("%"), Names{"100% sure_thing"});
  EXPECT_EQ(pattern("e_t"), Names{"100% sure_thing"});
  EXPECT_EQ(pattern("x_y\\"), Names{});
}

TEST_F(ContactSearch, FieldsAreAllNeededOrAnyWithOrSearch) {
  EXPECT_EQ(search({.patterns = {in(569, "acme"), in(501, "an")}}), Names{"Müller, Anton"});
  EXPECT_EQ(search({.patterns = {in(569, "cme")}}).size(), 2U);
  EXPECT_EQ(search({.patterns = {in(569, "cme")}, .any_field = true}), Names{});
  EXPECT_EQ(search({.patterns = {in(569, "acme"), in(555, "anton@")}, .any_field = true}).size(), 2U);
  EXPECT_EQ(search({.patterns = {in(569, "acme"), in(100, "pets")}, .any_field = true}).size(), 3U);
  EXPECT_EQ(search({.patterns = {in(100, "fun")}}), Names{"9lives"});
  EXPECT_EQ(search({.patterns = {in(569, "acme")}, .exact = true}), Names{"Müller, Anton"});
  EXPECT_EQ(search({.patterns = {in(502, "m")}, .email_required = true}), Names{"Müller, Anton"});
}

TEST_F(ContactSearch, StartLettersLookAtTheLastName) {
  const auto letter = [&](const char* text) { return search({.pattern = text, .start_letter = true}); };
  EXPECT_EQ(letter("m").size(), 2U);
  EXPECT_EQ(letter("a"), Names{"Ärger, Zoe"});
  EXPECT_EQ(letter("#"), Names{"9lives"});
  EXPECT_EQ(letter("."), Names{"100% sure_thing"});
}

TEST_F(ContactSearch, FoldersAreNamedOrAllReadableOnes) {
  EXPECT_EQ(search({.pattern = "Beta*", .folders = {FolderId(6)}}), Names{"Beta, Berta"});
  contacts::SearchQuery all{.pattern = "*"};
  const auto everywhere = [&] {
    return names_of({}, [&](const auto& r, const auto& v) { return contacts::search(as(kAnna), all, r, v); })
        .size();
  };
  EXPECT_EQ(everywhere(), 9U);
  all.excluded_folders = {FolderId(6)};
  EXPECT_EQ(everywhere(), 5U);
  EXPECT_EQ(refusal([&] { search({.pattern = "x", .folders = {home(kBerta)}}); }), "FLD-0003");
  EXPECT_EQ(refusal([&] { search({.pattern = "x", .folders = {FolderId(9)}}); }), "CON-0103");
}

TEST_F(ContactSearch, ShortAndEndlessPatternsAreRefused) {
  database.settings.limits.minimum_search_characters = 3;
  EXPECT_EQ(refusal([&] { pattern("ab*"); }), "CON-1000");
  EXPECT_EQ(refusal([&] { pattern("äbc"); }), "");
  EXPECT_EQ(refusal([&] { pattern(std::string(256, 'x')); }), "SVL-0010");
}

TEST_F(ContactSearch, TermsOfAdvancedSearch) {
  const auto find = [&](const char* filter) {
    const auto term = contacts::SearchTerm::parse(json(filter));
    const std::vector<FolderId> folders{folder};
    return names_of({}, [&](const auto& r, const auto& v) {
      return contacts::advanced_search(as(kAnna), term, folders, r, v);
    });
  };
  EXPECT_EQ(find("['=',{'field':'last_name'},'muller']"), Names{"Müller, Anton"});
  EXPECT_EQ(find("['=','m*',{'field':'last_name'}]").size(), 2U);
  EXPECT_EQ(find("['and',['=',{'field':'last_name'},'m*'],['<>',{'field':'first_name'},'bea']]"),
            Names{"Müller, Anton"});
  EXPECT_EQ(find("['or',['=',{'field':'first_name'},'bea'],['=',{'field':'email2'},'cat@*']]").size(), 2U);
  EXPECT_EQ(find("['not',['=',{'field':'first_name'},null]]").size(), 3U);
  EXPECT_EQ(find("['=',{'field':'first_name'},null]").size(), 2U);
  EXPECT_EQ(find("['and',['>=',{'field':'last_name'},'a'],['<',{'field':'last_name'},'b']]"),
            Names{"Ärger, Zoe"});
  EXPECT_EQ(find("['=',{'field':'created_by'},3]").size(), 5U);
  EXPECT_EQ(find("['=',{'field':'created_by'},'3']").size(), 5U);
  EXPECT_EQ(find("['=',{'field':'mark_as_distributionlist'},false]").size(), 5U);
  EXPECT_EQ(find("['=',{'field':'folder_id'},'6']"), Names{});
  EXPECT_EQ(find("[]").size(), 5U);
}

}  // namespace
}  // namespace gw::test
