#include <fmt/format.h>

#include "address_book.hpp"

namespace gw::test {
namespace {

TEST_F(AddressBook, MembersFollowTheContactsTheyReferTo) {
  const FolderId home = this->home(kAnna);
  const ObjectId person = create(
      kAnna, home, "{'last_name':'Kraus','display_name':'Kraus','email1':'1@k.test','email2':'2@k.test'}");
  const ObjectId list = create(
      kAnna, home,
      fmt::format(
          "{{'display_name':'Team','distribution_list':[{{'id':'{0}','folder_id':'{1}','mail_field':2}},"
          "{{'display_name':'Solo','mail':'solo@x.test','mail_field':0}}]}}",
          person.value, home.value));
  Contact read = get(kAnna, {home, list});
  ASSERT_EQ(read.distribution_list.size(), 2U);
  EXPECT_TRUE(read.mark_as_distributionlist);
  EXPECT_EQ(read.number_of_distribution_list, 2);
  EXPECT_EQ(read.distribution_list[0].mail, "2@k.test");
  EXPECT_EQ(read.distribution_list[0].display_name, "Kraus");
  EXPECT_EQ(read.distribution_list[1].sort_name, "Solo");

  update(kAnna, {home, person}, "{'email2':'new@k.test','display_name':'Krauss'}");
  read = get(kAnna, {home, list});
  EXPECT_EQ(read.distribution_list[0].mail, "new@k.test");
  EXPECT_EQ(read.distribution_list[0].display_name, "Krauss");
  EXPECT_EQ(read.distribution_list[0].mail_field, 2);

  remove(kAnna, {home, person});
  read = get(kAnna, {home, list});
  EXPECT_EQ(read.distribution_list[0].mail, "2@k.test");
  EXPECT_EQ(read.distribution_list[0].mail_field, 0);
  EXPECT_EQ(read.distribution_list[0].id, 0);
}

TEST_F(AddressBook, AMemberThatTheReaderMayNotReadIsGivenAsIndependent) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  const ObjectId person = create(kAnna, home, "{'display_name':'Kraus','email1':'1@k.test'}");
  const ObjectId list = create(
      kAnna, open,
      fmt::format("{{'display_name':'Team','distribution_list':[{{'id':{},'folder_id':{},'mail_field':1}}]}}",
                  person.value, home.value));
  EXPECT_EQ(get(kAnna, {open, list}).distribution_list[0].id, person.value);
  EXPECT_EQ(get(kBerta, {open, list}).distribution_list[0].id, 0);
  EXPECT_EQ(get(kBerta, {open, list}).distribution_list[0].mail, "1@k.test");
  // Somebody else cannot read a foreign contact by naming it.
  EXPECT_EQ(
      refusal([&] {
        create(kBerta, open,
               fmt::format(
                   "{{'display_name':'Spy','distribution_list':[{{'id':{},'folder_id':{},'mail_field':1}}]}}",
                   person.value, home.value));
      }),
      "CON-0177");
}

TEST_F(AddressBook, ListsOfAFolderComeWithTheirMembersAndInOrder) {
  const FolderId home = this->home(kAnna);
  create(kAnna, home, "{'display_name':'B','distribution_list':[{'mail':'b@x.test','mail_field':0}]}");
  create(kAnna, home, "{'display_name':'A'}");
  create(kAnna, home,
         "{'display_name':'C','distribution_list':[{'mail':'c@x.test','mail_field':0},{'mail':'d@x.test','"
         "mail_field':0}]}");
  contacts::ContactCollector collector;
  const auto result = contacts::list_folder(
      as(kAnna), home, {.fields = contacts::fields_of(std::array{500, 592}), .sort = {500, false, ""}},
      collector.visitor());
  const auto rows = collector.take(result);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].distribution_list.size(), 0U);
  EXPECT_EQ(rows[1].distribution_list.at(0).mail, "b@x.test");
  EXPECT_EQ(rows[2].distribution_list.at(1).mail, "d@x.test");
}

TEST_F(AddressBook, TheArrayDecidesWhetherItIsAList) {
  const FolderId home = this->home(kAnna);
  const auto marked = [&](ObjectId id) { return get(kAnna, {home, id}).mark_as_distributionlist; };
  EXPECT_FALSE(marked(create(kAnna, home, "{'display_name':'x','mark_as_distributionlist':true}")));
  const ObjectId list = create(kAnna, home,
                               "{'display_name':'x','mark_as_distributionlist':false,'distribution_list':[{'"
                               "mail':'a@b.test','mail_field':0}]}");
  EXPECT_TRUE(marked(list));
  update(kAnna, {home, list}, "{'note':'unrelated'}");
  EXPECT_EQ(get(kAnna, {home, list}).distribution_list.size(), 1U);
  update(kAnna, {home, list}, "{'mark_as_distributionlist':false}");
  EXPECT_TRUE(marked(list));
  update(kAnna, {home, list}, "{'mark_as_distributionlist':false,'distribution_list':null}");
  EXPECT_FALSE(marked(list));
  EXPECT_EQ(get(kAnna, {home, list}).number_of_distribution_list, 0);
}

}  // namespace
}  // namespace gw::test
