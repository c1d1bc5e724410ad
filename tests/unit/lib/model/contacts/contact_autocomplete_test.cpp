#include "address_book.hpp"
#include "model/contacts/contact_use_counts.hpp"

namespace gw::test {
namespace {

class ContactAutocomplete : public AddressBook {
 protected:
  Names complete(const std::string& query, bool email = true, contacts::ListRequest request = {}) {
    return names_of(request, [&](const auto& r, const auto& v) {
      return contacts::autocomplete(as(kAnna), {query, email, {}}, r, v);
    });
  }
};

TEST_F(ContactAutocomplete, EveryTokenIsThePrefixOfSomething) {
  const FolderId home = this->home(kAnna);
  create(kAnna, home, "{'first_name':'Max','last_name':'Bertram','email1':'mb@x.test'}");
  create(kAnna, home, "{'display_name':'Old Friend','email2':'of@x.test'}");
  create(kAnna, home, "{'first_name':'Bert','last_name':'Nomail'}");
  create(kAnna, home,
         "{'display_name':'Berts list','distribution_list':[{'mail':'a@b.test','mail_field':0}]}");
  EXPECT_EQ(complete("bert"), (Names{"Bertram, Max", "Berts list", "Beta, Berta"}));
  EXPECT_EQ(complete("BERT max"), Names{"Bertram, Max"});
  EXPECT_EQ(complete("\"old fri\""), Names{"Old Friend"});
  EXPECT_EQ(complete("friend"), Names{"Old Friend"});
  EXPECT_EQ(complete("of@"), Names{"Old Friend"});
  EXPECT_EQ(complete("riend"), Names{});
  EXPECT_EQ(complete("nomail"), Names{});
  EXPECT_EQ(complete("nomail", false), Names{"Nomail, Bert"});
  EXPECT_EQ(complete(""), Names{});
  EXPECT_EQ(complete("  "), Names{});
}

TEST_F(ContactAutocomplete, OftenUsedComeFirstThenTheOwnFolder) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  create(kAnna, open, "{'display_name':'Test public','email1':'p@x.test'}");
  create(kAnna, home, "{'display_name':'Test home','email1':'h@x.test'}");
  create(kAnna, home, "{'display_name':'Test used','email1':'Used@x.test'}");
  EXPECT_EQ(complete("test"), (Names{"Test home", "Test used", "Test public"}));
  const std::vector<std::string> used{"used@X.test"};
  contacts::raise_use_counts(as(kAnna), used);
  contacts::raise_use_counts(as(kAnna), used);
  EXPECT_EQ(complete("test"), (Names{"Test used", "Test home", "Test public"}));
  EXPECT_EQ(complete("test", true, {.sort = {500, true, ""}}),
            (Names{"Test used", "Test public", "Test home"}));
  EXPECT_EQ(complete("test", true, {.left = 1, .right = 2}), Names{"Test home"});
  const auto counted = names_of({.sort = {608, true, ""}}, [&](const auto& r, const auto& v) {
    return contacts::list_folder(as(kAnna), home, r, v);
  });
  EXPECT_EQ(counted, (Names{"Test used", "Test home"}));
  // Counts belong to the user who wrote the mail.
  share(home, kBerta, kReadAll);
  std::int64_t sum = 0;
  contacts::list_folder(as(kBerta), home, {.fields = contacts::fields_of(std::array{608})},
                        [&](std::size_t, const Contact& contact) { sum += contact.use_count; });
  EXPECT_EQ(sum, 0);
}

TEST_F(ContactAutocomplete, Sort609PutsTheGlobalAddressBookFirst) {
  create(kAnna, home(kAnna), "{'display_name':'Be first','email1':'h@x.test'}");
  const std::vector<std::string> used{"h@x.test"};
  contacts::raise_use_counts(as(kAnna), used);
  EXPECT_EQ(complete("be"), (Names{"Be first", "Beta, Berta"}));
  EXPECT_EQ(complete("be", true, {.sort = {609, true, ""}}), (Names{"Beta, Berta", "Be first"}));
}

TEST_F(ContactAutocomplete, ShortQueriesAreRefused) {
  database.settings.limits.minimum_search_characters = 2;
  EXPECT_EQ(refusal([&] { complete("a"); }), "CON-1000");
  EXPECT_EQ(refusal([&] { complete(""); }), "");
}

}  // namespace
}  // namespace gw::test
