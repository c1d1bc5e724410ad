#include "formats/ical/component_writer.hpp"

#include "formats/lines/line_writer.hpp"

namespace gw::formats::ical {
namespace {

void append_component(std::string& out, const Component& component) {
  out += "BEGIN:" + component.name + "\r\n";
  for (const Property& property : component.properties) out += lines::format_line(property, "BASE64");
  for (const Component& inner : component.components) append_component(out, inner);
  out += "END:" + component.name + "\r\n";
}

}  // namespace

std::string format_component(const Component& component) {
  std::string out;
  append_component(out, component);
  return out;
}

}  // namespace gw::formats::ical
