// Any bytes as a SOAP message: refused with a reason, or a tree within the limits whose text can be written.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "soap/xml_element.hpp"

namespace {

void check(const gw::soap::XmlElement& element, std::size_t depth, std::size_t& count) {
  using gw::fuzz::require;
  require(++count <= gw::soap::kMaxElements && depth <= gw::soap::kMaxDepth);
  require(!element.name.empty() && gw::is_valid_utf8(element.name) && gw::is_valid_utf8(element.text));
  const std::string escaped = gw::soap::escape_xml(element.text);
  require(escaped.find('<') == std::string::npos && gw::is_valid_utf8(escaped));
  std::string why;
  const auto again = gw::soap::parse_xml("<a>" + escaped + "</a>", why);
  require(again.has_value());
  for (const auto& child : element.children) check(child, depth + 1, count);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::string why;
  const auto document = gw::soap::parse_xml(input, why);
  gw::fuzz::require(document.has_value() || !why.empty());
  if (!document) return 0;
  std::size_t count = 0;
  check(*document, 1, count);
  return 0;
}
