#include "directory/mapping.hpp"

#include <gtest/gtest.h>

#include "directory/values.hpp"

namespace gw::directory {
namespace {

constexpr std::string_view kUser = "[user]\nfilter = (objectClass=person)\nid = entryUUID\n";

std::string why(const std::string& text) {
  try {
    parse_mapping(text);
  } catch (const MappingError& error) {
    return error.what();
  }
  return "";
}

Rule rule(const std::string& text) {
  return parse_mapping(std::string(kUser) + "x = " + text + "\n").user->fields.at("x");
}

Entry entry() {
  Entry made;
  made.dn = "cn=x";
  made.attributes = {
      {"cn", {" ", "  Anna  "}},
      {"mail", {"a@x.test", "b@x.test"}},
      {"objectclass", {"top", "Group"}},
      {"useraccountcontrol", {"514"}},
      {"flag", {"TRUE"}},
      {"bad", {"\xFF\xFE", "a\x01z"}},
      {"guid", {std::string("\x03\x02\x01\x00\x05\x04\x07\x06\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F", 16)}}};
  return made;
}

TEST(Mapping, SectionsHoldFiltersAndRules) {
  const Mapping mapping = parse_mapping(
      std::string(kUser) +
      "# a comment\r\n; another\n\nmodified = modifyTimestamp\nDisplay_Name = displayName , CN\n"
      "[group]\nfilter=(objectClass=groupOfNames)\nbase = ou=groups,dc=x\nid=entryUUID;binary\n"
      "members = member\n");
  ASSERT_TRUE(mapping.user && mapping.group);
  EXPECT_FALSE(mapping.resource);
  EXPECT_EQ(mapping.user->filter, "(objectClass=person)");
  EXPECT_EQ(mapping.user->fields.at("display_name").at(1).attribute, "cn");
  EXPECT_EQ(mapping.group->base, "ou=groups,dc=x");
  EXPECT_EQ(mapping.group->id.front().kind, Source::Kind::Uuid);
  EXPECT_EQ(attributes_of(*mapping.user),
            (std::vector<std::string>{"cn", "displayname", "entryuuid", "modifytimestamp"}));
  EXPECT_EQ(marks_of(*mapping.user), (std::vector<std::string>{"entryuuid", "modifytimestamp"}));
}

TEST(Mapping, RefusalsNameTheLine) {
  const std::string user(kUser);
  EXPECT_EQ(why(user), "");
  EXPECT_NE(why("mail = mail\n").find("line 1"), std::string::npos);
  EXPECT_NE(why("[person]\n").find("line 1"), std::string::npos);
  EXPECT_NE(why(user + "[user]\n").find("line 4"), std::string::npos);
  EXPECT_NE(why(user + "mail\n").find("line 4"), std::string::npos);
  EXPECT_NE(why(user + "mail = a b\n").find("line 4"), std::string::npos);
  EXPECT_NE(why(user + "mail = a;hex\n").find("line 4"), std::string::npos);
  EXPECT_NE(why(user + "off = a&x\n").find("line 4"), std::string::npos);
  EXPECT_NE(why(user + "mail = a\nmail = b\n").find("twice"), std::string::npos);
  EXPECT_NE(why("[user]\nfilter = objectClass=person\n").find("no filter"), std::string::npos);
  EXPECT_NE(why("[user]\nid = entryUUID\n").find("no line filter"), std::string::npos);
  EXPECT_NE(why("[user]\nfilter = (a=b)\n").find("no line id"), std::string::npos);
  EXPECT_NE(why("[group]\nfilter = (a=b)\nid = x\n").find("[user]"), std::string::npos);
  EXPECT_NE(why(user + std::string(70'000, '#')).find("64 KiB"), std::string::npos);
  EXPECT_NE(why(user + std::string(1'100, 'x')).find("1024"), std::string::npos);
  EXPECT_NE(why(user + "x = \xFF\n").find("UTF-8"), std::string::npos);
}

TEST(Values, TheFirstSourceThatHasSomethingCounts) {
  EXPECT_EQ(read_value(entry(), rule("displayName, cn")), "Anna");
  EXPECT_EQ(read_values(entry(), rule("mail")), (std::vector<std::string>{"a@x.test", "b@x.test"}));
  EXPECT_EQ(read_value(entry(), rule("nothing")), "");
  EXPECT_EQ(read_value(entry(), rule("bad, mail")), "a@x.test");
}

TEST(Values, IdsOfMicrosoftAreInTheirOrder) {
  EXPECT_EQ(read_value(entry(), rule("guid;guid")), "00010203-0405-0607-0809-0a0b0c0d0e0f");
  EXPECT_EQ(read_value(entry(), rule("guid;binary")), "03020100-0504-0706-0809-0a0b0c0d0e0f");
  EXPECT_EQ(format_uuid("short", true), "");
}

TEST(Values, FlagsAreEqualitiesBitsOrWords) {
  EXPECT_TRUE(read_flag(entry(), rule("objectClass=group")));
  EXPECT_FALSE(read_flag(entry(), rule("objectClass=person")));
  EXPECT_TRUE(read_flag(entry(), rule("mail=*")));
  EXPECT_FALSE(read_flag(entry(), rule("phone=*")));
  EXPECT_TRUE(read_flag(entry(), rule("userAccountControl&2")));
  EXPECT_FALSE(read_flag(entry(), rule("userAccountControl&1")));
  EXPECT_TRUE(read_flag(entry(), rule("other, flag")));
  EXPECT_FALSE(read_flag(entry(), rule("mail")));
}

}  // namespace
}  // namespace gw::directory
