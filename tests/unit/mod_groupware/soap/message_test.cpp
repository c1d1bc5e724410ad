#include "soap/message.hpp"

#include <gtest/gtest.h>

#include <string>

#include "provisioning/exchange.hpp"

namespace gw::soap {
namespace {

using provisioning::Fault;
using provisioning::FaultKind;
using provisioning::find_operation;

std::string envelope(const std::string& body) {
  return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + body +
         "</s:Body></s:Envelope>";
}

CallMessage read(const char* service, const std::string& operation, const std::string& inner) {
  const Envelope message =
      read_envelope(envelope("<x:" + operation + " xmlns:x=\"urn:any\">" + inner + "</x:" + operation + ">"));
  return read_call(*find_operation(service, message.call->name), *message.call);
}

TEST(SoapMessage, MembersComeInAnyOrderAndFromAnyNamespace) {
  const CallMessage message = read(
      "OXUserService", "create",
      "<usrdata "
      "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><unknown>x</unknown><aliases>a@x</aliases>"
      "<name>anna</name><aliases>b@x</aliases><company i:nil=\"true\"/><maxQuota> 5 </maxQuota>"
      "<mailenabled>1</mailenabled><userAttributes><entries><key>config</key><value><entries><key>k</key>"
      "<value>v &amp; w</value></entries></value></entries></userAttributes></usrdata>"
      "<x:auth><password>p</password><login>admin</login></x:auth><ctx><id>1</id></ctx>");
  EXPECT_EQ(message.login, "admin");
  EXPECT_EQ(message.password, "p");
  EXPECT_EQ(message.arguments.get("ctx").dump(), "{\"id\":1}");
  const Json user = message.arguments.get("usrdata");
  EXPECT_EQ(user.get("aliases").dump(), "[\"a@x\",\"b@x\"]");
  EXPECT_TRUE(user.get("company").is_null());
  EXPECT_EQ(user.get("maxQuota").as_integer(), 5);
  EXPECT_TRUE(user.get("mailenabled").is_true());
  EXPECT_EQ(user.get("userAttributes").dump(), "{\"config\":{\"k\":\"v & w\"}}");
  EXPECT_TRUE(user.get("unknown").is_missing());
  EXPECT_TRUE(message.arguments.get("auth").is_missing());
}

TEST(SoapMessage, ValuesOfAnotherKindAreRefused) {
  EXPECT_THROW(read("OXContextService", "getData", "<ctx><id>one</id></ctx>"), Fault);
  EXPECT_THROW(read("OXContextService", "change", "<ctx><enabled>perhaps</enabled></ctx>"), Fault);
}

TEST(SoapMessage, HostileDocumentsAreRefused) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  std::string many = "<a>";
  for (std::size_t i = 0; i <= kMaxElements; ++i) many += "<b/>";
  const std::string laughs =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>" + envelope("<list>&b;</list>");
  const std::string outside = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + envelope("<list/>");
  for (const std::string& body :
       {std::string(), std::string("text"), std::string("<a>"), laughs, outside, deep, many + "</a>",
        std::string("<?php x?>") + envelope("<list/>"), envelope(""), std::string("<Envelope/>"),
        std::string("\xff\xfe"), std::string(provisioning::kMaxBody + 1, ' ')})
    EXPECT_THROW(read_envelope(body), Fault) << body.substr(0, 60);
}

TEST(SoapMessage, AnswersHaveTheOrderOfTheTable) {
  Json user = Json::object();
  user.set("display_name", Json::string("A <b> & \"c\"\x01")).set("name", Json::string("anna"));
  user.set("id", Json::integer(3));
  user.set("userAttributes", *Json::parse("{\"config\":{\"k\":\"v\"}}"));
  const std::string text = write_response(*find_operation("OXUserService", "getData"), user, false);
  EXPECT_NE(text.find("<ns:return><d:id>3</d:id><d:name>anna</d:name><d:display_name>A &lt;b&gt; &amp; "),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("<d:userAttributes><d:entries><d:key>config</d:key><d:value><d:entries><d:key>k</d:key>"
                      "<d:value>v</d:value></d:entries></d:value></d:entries></d:userAttributes>"),
            std::string::npos)
      << text;
  std::string why;
  EXPECT_TRUE(parse_xml(text, why)) << why;
  const std::string nothing =
      write_response(*find_operation("OXUserService", "getAccessCombinationName"), Json::null(), false);
  EXPECT_NE(nothing.find("<ns:return xsi:nil=\"true\"/>"), std::string::npos) << nothing;
}

TEST(SoapMessage, FaultsNameTheirKindInBothVersions) {
  for (const bool is_soap12 : {false, true}) {
    const std::string text = write_fault(Fault(FaultKind::InvalidData, "a < b", "name"), is_soap12);
    std::string why;
    ASSERT_TRUE(parse_xml(text, why)) << why << text;
    EXPECT_NE(text.find("InvalidDataException"), std::string::npos);
    EXPECT_NE(text.find("<e:objectname>name</e:objectname>"), std::string::npos);
    EXPECT_NE(text.find(is_soap12 ? kEnvelope12 : kEnvelope11), std::string::npos);
  }
}

}  // namespace
}  // namespace gw::soap
