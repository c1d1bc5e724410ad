#include "directory/filter.hpp"

#include <gtest/gtest.h>

namespace gw::directory {
namespace {

TEST(Filter, WhatMeansSomethingIsEscaped) {
  EXPECT_EQ(escape_filter_value("anna"), "anna");
  EXPECT_EQ(escape_filter_value("a*b(c)d\\e"), "a\\2ab\\28c\\29d\\5ce");
  EXPECT_EQ(escape_filter_value(std::string_view("a\0b", 3)), "a\\00b");
  EXPECT_EQ(escape_filter_value("j\xC3\xB6rg & |!=<>~"), "j\xC3\xB6rg & |!=<>~");
  EXPECT_EQ(equals("uid", "*)(uid=*"), "(uid=\\2a\\29\\28uid=\\2a)");
}

TEST(Filter, ValuesOfNamesHaveNoSeparators) {
  EXPECT_EQ(escape_dn_value("anna.b-c_d@e"), "anna.b-c_d@e");
  EXPECT_EQ(escape_dn_value("x,ou=a+b=\"c\""), "x\\2cou\\3da\\2bb\\3d\\22c\\22");
  EXPECT_EQ(escape_dn_value(" #x "), "\\20\\23x\\20");
}

TEST(Filter, PatternsTakeTheLoginAndItsParts) {
  const LoginName name{"a*", "x.test", "a*@x.test"};
  EXPECT_EQ(fill_filter("(|(uid=%u)(mail=%l)(d=%d)(p=5%%))", name),
            "(|(uid=a\\2a)(mail=a\\2a@x.test)(d=x.test)(p=5%))");
  EXPECT_EQ(fill_dn("uid=%u,dc=%d", name), "uid=a\\2a,dc=x.test");
  EXPECT_TRUE(is_pattern("(uid=%u)%%"));
  EXPECT_FALSE(is_pattern("(uid=%x)"));
  EXPECT_FALSE(is_pattern("(uid=%"));
}

TEST(Filter, WhatIsTypedNeverChangesTheShapeOfAFilter) {
  for (const char* typed : {"*", ")", "(", "a)(uid=*", "*)(|(uid=*", "\\2a", "a\\", "x)(&(a=b"}) {
    const std::string filter = fill_filter("(&(objectClass=person)(uid=%u))", {typed, "", typed});
    EXPECT_TRUE(is_filter(filter)) << typed;
    EXPECT_EQ(std::count(filter.begin(), filter.end(), '('), 3) << filter;
    EXPECT_EQ(filter.find('*'), std::string::npos) << filter;
  }
}

TEST(Filter, OneWholeFilterIsAFilter) {
  for (const char* good : {"(a=b)", "(a=*)", "(a=b*c)", "(&(a=b)(!(c=d)))", "(|(a>=1)(b<=2)(c~=d))", "(&)",
                           "(cn:dn:2.4.6:=x)", "(a=)", "(a=\\2a)", "(cn;lang-de=x)"})
    EXPECT_TRUE(is_filter(good)) << good;
  for (const char* bad : {"", "a=b", "(a=b", "(a=b))", "(a=b)(c=d)", "()", "(=b)", "(a=(b))", "(a=\\zz)",
                          "(a=\\2)", "(!(a=b)(c=d))", "(&(a=b)", "( a=b)"})
    EXPECT_FALSE(is_filter(bad)) << bad;
  EXPECT_FALSE(is_filter(std::string(30, '(') + "a=b" + std::string(30, ')')));
  EXPECT_FALSE(is_filter("(a=" + std::string(5'000, 'x') + ")"));
}

TEST(Filter, TwoAreBoth) {
  EXPECT_EQ(both("(a=b)", "(c=d)"), "(&(a=b)(c=d))");
  EXPECT_EQ(both("", "(c=d)"), "(c=d)");
  EXPECT_EQ(both("(a=b)", ""), "(a=b)");
}

}  // namespace
}  // namespace gw::directory
