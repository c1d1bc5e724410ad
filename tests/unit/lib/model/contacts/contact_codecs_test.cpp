#include "model/contacts/contact_codecs.hpp"

#include <fmt/format.h>

#include "address_book.hpp"

namespace gw::test {
namespace {

TEST(SortName, IsTheFirstUsableName) {
  Contact contact;
  EXPECT_EQ(contacts::sort_name(contact), "");
  contact.email2 = "e2";
  EXPECT_EQ(contacts::sort_name(contact), "e2");
  contact.company = "company";
  EXPECT_EQ(contacts::sort_name(contact), "company");
  contact.display_name = "display";
  contact.first_name = "first";
  EXPECT_EQ(contacts::sort_name(contact), "first");
  contact.last_name = "last";
  contact.yomiLastName = "yomi";
  EXPECT_EQ(contacts::sort_name(contact), "last");
  EXPECT_EQ(contacts::sort_name(contact, true), "yomi");
}

TEST(ImageUrl, NamesTheUserOrTheContact) {
  Contact contact;
  contact.id = 5;
  contact.folder_id = 31;
  EXPECT_TRUE(contacts::kImageUrlCodec.write(contact).is_missing());
  contact.number_of_images = 1;
  contact.image_last_modified = {99};
  EXPECT_EQ(contacts::kImageUrlCodec.write(contact).as_string(),
            "/ajax/image/contact/picture?folder=31&id=5&timestamp=99");
  contact.user_id = 3;
  EXPECT_EQ(contacts::kImageUrlCodec.write(contact).as_string(),
            "/ajax/image/user/picture?id=3&timestamp=99");
}

TEST(DistributionList, IsCheckedMemberByMember) {
  const auto parse = [](const std::string& list) {
    Contact contact;
    contacts::kDistributionListCodec.parse(contact, json(list));
    return contact.distribution_list;
  };
  EXPECT_TRUE(parse("null").empty());
  EXPECT_TRUE(parse("[]").empty());
  const auto members =
      parse("[{'id':'5','folder_id':31,'mail_field':'1'},{'mail':' a@b ','mail_field':null,'id':''}]");
  EXPECT_EQ(members[0].id, 5);
  EXPECT_EQ(members[0].mail_field, 1);
  EXPECT_EQ(members[1].mail, "a@b");
  EXPECT_EQ(members[1].mail_field, 0);
  for (const char* bad : {"{}", "'x'", "[1]", "[{'mail_field':4,'id':1}]", "[{'id':'x'}]", "[{'mail':[]}]"})
    EXPECT_EQ(refusal([&] { parse(bad); }), "CON-1001") << bad;
  EXPECT_EQ(refusal([&] { parse("[{'mail':'a\\u0001'}]"); }), "CON-0168");
  EXPECT_EQ(refusal([&] { parse("[{'mail':'" + std::string(513, 'x') + "'}]"); }), "CON-0154");
  std::string many = "[{}";
  for (std::size_t i = 0; i < contacts::kMaxListMembers; ++i) many += ",{}";
  EXPECT_EQ(refusal([&] { parse(many + "]"); }), "CON-1001");
}

}  // namespace
}  // namespace gw::test
