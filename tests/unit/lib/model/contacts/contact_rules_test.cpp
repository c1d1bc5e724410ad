#include "model/contacts/contact_rules.hpp"

#include "address_book.hpp"

namespace gw::test {
namespace {

TEST(MailAddress, IsLocalPartAndDomainAndNothingElse) {
  for (const char* good : {"a@b", "anna.alpha@example.test", "o'neil+tag@x-y.test", "\"odd part\"@x.test",
                           "jörg@müller.test", "a@[192.0.2.1]", "a..b@docomo.test"})
    EXPECT_TRUE(contacts::is_mail_address(good)) << good;
  for (const char* bad : {"", "a", "@b", "a@", "a b@c", "a@b c", "Anna <a@b>", "a@@b", "a@.b", "a@b.",
                          "a@b..c", "a,b@c", "a@-b"})
    EXPECT_FALSE(contacts::is_mail_address(bad)) << bad;
  EXPECT_FALSE(contacts::is_mail_address(std::string(600, 'x') + "@b"));
}

TEST(ParseContact, TakesNumbersForTextsAndIdsInEveryForm) {
  const auto input =
      contacts::parse_contact(json("{'folder_id':31,'number_of_children':2,'private_flag':'true'}"), true);
  EXPECT_EQ(input.contact.folder_id, 31);
  EXPECT_EQ(input.contact.number_of_children, "2");
  EXPECT_TRUE(input.contact.private_flag);
  EXPECT_EQ(contacts::parse_contact(json("{'folder_id':'31','last_name':'x   '}"), true).contact.last_name,
            "x");
  for (const char* bad : {"[]", "'x'", "null"})
    EXPECT_EQ(refusal([&] { contacts::parse_contact(json(bad), true); }), "SVL-0028");
  for (const char* bad : {"{'last_name':{}}", "{'folder_id':'abc'}", "{'folder_id':-1}",
                          "{'birthday':'soon'}", "{'default_address':4}", "{'private_flag':[]}"})
    EXPECT_EQ(refusal([&] { contacts::parse_contact(json(bad), true); }), "SVL-0010") << bad;
}

TEST(ParseContact, TheUidIsTakenByNewOnly) {
  EXPECT_EQ(contacts::parse_contact(json("{'uid':'u'}"), true).contact.uid, "u");
  EXPECT_TRUE(contacts::parse_contact(json("{'uid':'u'}"), false).sent.none());
  // Members that are not taken do not end the search for those that are.
  const auto last = contacts::parse_contact(json("{'id':'5','created_by':3,'addressOther':'x'}"), false);
  EXPECT_EQ(last.contact.addressOther, "x");
  EXPECT_EQ(last.sent.count(), 1U);
}

}  // namespace
}  // namespace gw::test
