#include "formats/vcard/card_writer.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "formats/lines/line_writer.hpp"

namespace gw::formats::vcard {
namespace {

/// 3.0 says TYPE=PREF, 4.0 says PREF=1.
void convert_preference(Property& property, Version version) {
  if (version == Version::V40) {
    if (!property.has_type("PREF")) return;
    for (Parameter& entry : property.parameters)
      if (entry.name == "TYPE")
        std::erase_if(entry.values,
                      [](const std::string& v) { return equal_ignoring_ascii_case(v, "PREF"); });
    std::erase_if(property.parameters, [](const Parameter& entry) { return entry.values.empty(); });
    if (property.parameter("PREF").empty()) property.add_parameter("PREF", "1");
  } else if (!property.parameter("PREF").empty()) {
    const bool is_first = property.preference() == 1;
    property.remove_parameter("PREF");
    if (is_first && !property.has_type("PREF")) property.add_parameter("TYPE", "PREF");
  }
}

std::string_view last_part(std::string_view mime) { return mime.substr(mime.find('/') + 1); }

/// Inline data: base64 with ENCODING=b in 3.0, a data: URI in 4.0. Source: RFC 6350 section 6.2.4.
void convert_binary(Property& property, Version version) {
  if (version == Version::V40 && property.is_base64) {
    std::string mime(property.parameter("MEDIATYPE"));
    const std::string_view kind = property.name == "SOUND" ? "audio/"
                                  : property.name == "KEY" ? "application/"
                                                           : "image/";
    std::string type(property.parameter("TYPE"));
    if (mime.empty())
      mime = type.find('/') == std::string::npos ? std::string(kind) + to_lower_ascii(type) : type;
    if (mime.back() == '/') mime = "application/octet-stream";
    property.remove_parameter("TYPE");
    property.remove_parameter("MEDIATYPE");
    property.remove_parameter("VALUE");
    property.value = "data:" + mime + ";base64," + property.value;
    property.is_base64 = false;
  } else if (version != Version::V40 && property.value.starts_with("data:")) {
    const std::size_t comma = property.value.find(',');
    const std::string_view head =
        std::string_view(property.value).substr(5, comma - std::min<std::size_t>(comma, 5));
    if (comma == std::string::npos || !head.ends_with(";base64")) return;
    std::string type(last_part(head.substr(0, head.find(';'))));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    property.value.erase(0, comma + 1);
    property.is_base64 = true;
    property.remove_parameter("VALUE");
    property.remove_parameter("MEDIATYPE");
    if (!type.empty() && property.parameter("TYPE").empty()) property.add_parameter("TYPE", type);
  }
}

std::string format_property(Property property, Version version) {
  convert_preference(property, version);
  convert_binary(property, version);
  return lines::format_line(property, "b");
}

}  // namespace

std::string format_card(const Card& card, Version version) {
  std::string out =
      version == Version::V40 ? "BEGIN:VCARD\r\nVERSION:4.0\r\n" : "BEGIN:VCARD\r\nVERSION:3.0\r\n";
  for (const Property& property : card.properties) out += format_property(property, version);
  out += "END:VCARD\r\n";
  return out;
}

}  // namespace gw::formats::vcard
