#include "soap/wsdl.hpp"

#include <gtest/gtest.h>

#include <set>

#include "soap/xml_element.hpp"

namespace gw::soap {
namespace {

void collect_types(const XmlElement& element, std::size_t& operations) {
  if (element.name == "portType") operations = element.children.size();
  for (const XmlElement& child : element.children) collect_types(child, operations);
}

TEST(Wsdl, EveryServiceIsWellFormedAndCompleteAtTheAddressOfTheClient) {
  for (const auto& service : provisioning::services()) {
    const std::string text = write_wsdl(service, "https://host:8443/webservices/x?a&b");
    std::string why;
    const auto document = parse_xml(text, why);
    ASSERT_TRUE(document) << service.name << ": " << why;
    std::size_t operations = 0;
    collect_types(*document, operations);
    EXPECT_EQ(operations, service.operations.size());
    EXPECT_NE(text.find("location=\"https://host:8443/webservices/x?a&amp;b\""), std::string::npos);
  }
}

}  // namespace
}  // namespace gw::soap
