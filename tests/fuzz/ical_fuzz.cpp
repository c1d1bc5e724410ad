// Any bytes as iCalendar: what we write reads back the same and without warnings, typed reading bears every
// tree, groups and series keep their limits, zones always resolve, and merging nothing changes nothing.
#include <cstdint>

#include "calendars/feeds/feed_document.hpp"
#include "core/text.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/items.hpp"
#include "formats/ical/merge.hpp"
#include "formats/ical/zone_component.hpp"
#include "fuzz/require.hpp"
#include "recurrence/occurrences.hpp"

namespace {

using namespace gw;
using namespace gw::formats::ical;
using gw::fuzz::require;

constexpr Limits kLimits{.text = 65'536, .line = 16'384, .components = 200, .properties = 200};

std::string write_all(const std::vector<Component>& calendars) {
  std::string out;
  for (const Component& calendar : calendars) out += format_component(calendar);
  return out;
}

void check_item(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings) {
  for (const auto& value : {item.start, item.end, item.recurrence_id})
    if (value) require(parse_date_value(format_date_value(*value), value->tzid) == value);
  if (item.duration) require(parse_duration(format_duration(*item.duration)) == item.duration);
  for (const Attendee& attendee : item.attendees)
    require(read_attendee(attendee_property("ATTENDEE", attendee)) == attendee);
  const auto span = span_of(item, zones, warnings);
  if (!span) return;
  require((span->start.kind == DateKind::Date) == (span->end.kind == DateKind::Date));
  const recurrence::Series series = series_of(item, *span, zones, {});
  require(series.duration >= 0);
  recurrence::Occurrences walk(series, recurrence::Include::Present);
  for (int i = 0; i < 5; ++i) walk.next();
  if (const auto zone = zones.zone_of(span->start)) {
    const Millis from = zones.instant_of(span->start);
    require(format_component(zone_component(*zone, from, {from.value + 1})).find("BEGIN:VTIMEZONE") == 0);
  }
}

/// What a feed keeps can be stored, whatever it says.
void check_feed(std::string_view text) {
  const auto feed = calendars::feeds::read_feed(text, TimeZone::utc());
  if (!feed) return;
  for (const auto& series : feed->series) {
    const auto& event = series.master.input.event;
    require(!event.uid.empty() && !event.recurrence_id && event.alarms.empty());
    require(!event.summary || (is_valid_utf8(*event.summary) && count_characters(*event.summary) <= 255));
    for (const auto& attendee : event.attendees) require(attendee.entity == 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ReadText text = read_components({reinterpret_cast<const char*>(data), size}, kLimits);
  require(text.warnings.size() <= kLimits.warnings);
  const std::string once = write_all(text.calendars);
  require(is_valid_utf8(once));
  const ReadText again = read_components(once);
  require(again.calendars == text.calendars && again.warnings.empty());
  for (const Component& calendar : text.calendars) {
    require(merge_properties(calendar, {}) == calendar);
    CalendarObject object = read_calendar(calendar);
    ZoneResolver zones(object.zones, {}, {1'700'000'000'000}, {1'750'000'000'000});
    for (const ItemGroup& group : group_items(
             object.items, [] { return std::string("made"); }, object.warnings)) {
      if (group.master != nullptr) check_item(*group.master, zones, object.warnings);
      for (const Item* item : group.overrides) check_item(*item, zones, object.warnings);
    }
  }
  check_feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
