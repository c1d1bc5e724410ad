#include "formats/lines/line_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gw::formats::lines {
namespace {

constexpr std::size_t kLineOctets = 75;

std::string quote_parameter(std::string_view value) {
  std::string out;
  for (const char c : value) {
    switch (c) {
      case '^':
        out += "^^";
        break;
      case '"':
        out += "^'";
        break;
      case '\n':
        out += "^n";
        break;
      case '\r':
        break;
      default:
        out += c;
    }
  }
  if (out.find_first_of(":;, ") == std::string::npos && !out.empty()) return out;
  return '"' + out + '"';
}

}  // namespace

std::string fold_line(std::string_view line) {
  if (line.size() <= kLineOctets) return std::string(line);
  std::string out;
  out.reserve(line.size() + line.size() / 24);
  std::size_t room = kLineOctets;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > room - 4 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    out.append(line.substr(0, cut));
    out += "\r\n ";
    line.remove_prefix(cut);
    room = kLineOctets - 1;
  }
  out.append(line);
  return out;
}

std::string format_line(const Property& property, std::string_view base64_name) {
  std::string line;
  if (!property.group.empty()) line += property.group + '.';
  line += property.name;
  if (property.is_base64) line += fmt::format(";ENCODING={}", base64_name);
  for (const Parameter& entry : property.parameters) {
    line += ';' + entry.name + '=';
    for (std::size_t i = 0; i < entry.values.size(); ++i) {
      if (i > 0) line += ',';
      line += quote_parameter(entry.values[i]);
    }
  }
  line += ':';
  line += property.value;
  // A stray line break in a value we only carry along must not become a line of its own.
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; }, ' ');
  return fold_line(line) + "\r\n";
}

}  // namespace gw::formats::lines
