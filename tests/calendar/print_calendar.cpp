// Prints what our reader sees of iCalendar files, one JSON object a line, for corpus_test.py. Arguments:
// files.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "core/json.hpp"
#include "core/text.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/items.hpp"
#include "recurrence/occurrences.hpp"

namespace {

using namespace gw;
using namespace gw::formats::ical;

std::string write_all(const ReadText& text) {
  std::string out;
  for (const Component& calendar : text.calendars) out += format_component(calendar);
  return out;
}

/// Every component below, depth first, as `[name, [[property, text], …]]`.
void describe(const Component& component, Json& out) {
  Json properties = Json::array();
  for (const Property& property : component.properties)
    properties.append(Json::array()
                          .append(Json::string(property.name))
                          .append(Json::string(formats::lines::unescape_text(property.value))));
  out.append(Json::array().append(Json::string(component.name)).append(std::move(properties)));
  for (const Component& inner : component.components) describe(inner, out);
}

/// Items by their first occurrences: `uid first second …`.
Json occurrences(const Component& calendar) {
  Json out = Json::array();
  CalendarObject object = read_calendar(calendar);
  ZoneResolver zones(object.zones, {}, *parse_basic_utc("20000101T000000Z"),
                     *parse_basic_utc("20100101T000000Z"));
  for (const ItemGroup& group : group_items(
           object.items, [] { return std::string("made"); }, object.warnings)) {
    if (group.master == nullptr) continue;
    const auto span = span_of(*group.master, zones, object.warnings);
    if (!span) continue;
    const recurrence::Series series = series_of(*group.master, *span, zones, {});
    recurrence::Occurrences walk(series, recurrence::Include::Present);
    std::string text = group.uid;
    for (int i = 0; i < 3; ++i)
      if (const auto found = walk.next()) text += ' ' + format_basic_utc(found->starts_at);
    out.append(Json::string(text));
  }
  return out;
}

Json describe_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const ReadText text = read_components(bytes);
  const std::string once = write_all(text);
  const ReadText again = read_components(once);
  Json components = Json::array();
  Json items = Json::array();
  for (const Component& calendar : text.calendars) {
    describe(calendar, components);
    items.append(occurrences(calendar));
  }
  Json out = Json::object();
  out.set("file", Json::string(path));
  out.set("same", Json::boolean(again.calendars == text.calendars && write_all(again) == once));
  out.set("clean", Json::boolean(again.warnings.empty() && is_valid_utf8(once)));
  out.set("broken", Json::integer(static_cast<std::int64_t>(text.warnings.size())));
  out.set("components", std::move(components));
  out.set("items", std::move(items));
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  for (int i = 1; i < count; ++i) std::printf("%s\n", describe_file(arguments[i]).dump().c_str());
  return 0;
}
