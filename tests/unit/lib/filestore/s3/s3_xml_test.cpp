#include "filestore/s3/s3_xml.hpp"

#include <gtest/gtest.h>

namespace gw::filestore {
namespace {

TEST(S3Xml, ElementsKeepTheirOrderAndLoseTheirNameSpace) {
  const XmlElement list = parse_s3_xml(
      R"(<?xml version="1.0"?><s:List xmlns:s="urn:x"><s:Name>a &amp; b</s:Name><C><Key>1</Key></C><C><Key>2</Key></C></s:List>)");
  EXPECT_EQ(list.name, "List");
  EXPECT_EQ(list.child_text("Name"), "a & b");
  ASSERT_EQ(list.children.size(), 3U);
  EXPECT_EQ(list.children[2].child_text("Key"), "2");
  EXPECT_EQ(list.child_text("Missing"), "");
}

TEST(S3Xml, WhatIsBrokenDeepOrDefinesEntitiesIsNothing) {
  std::string deep, end;
  for (int i = 0; i < 40; ++i) {
    deep += "<a>";
    end += "</a>";
  }
  for (const std::string& text :
       {std::string(), std::string("text"), std::string("<a>"), std::string("<a></b>"),
        std::string("<a/><b/>"), deep + end, std::string(100'000, '<'),
        std::string("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>")})
    EXPECT_EQ(parse_s3_xml(text).name, "") << text.substr(0, 60);
}

}  // namespace
}  // namespace gw::filestore
