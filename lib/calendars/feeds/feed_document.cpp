#include "calendars/feeds/feed_document.hpp"

#include <algorithm>
#include <utility>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "formats/ical/component_reader.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/event_reader.hpp"

namespace gw::calendars::feeds {
namespace {

namespace calendar = model::calendar;
namespace ical = formats::ical;

constexpr std::int64_t kSecondsOfMinute = 60;
/// Names of properties and zones around the events; each of those is bounded by the size of the document.
constexpr std::size_t kMostSuggested = 255;

std::string digest_of(std::string_view text) { return to_hex(sha256(text)); }

/// The moment of the export says nothing of the event: with it everything would change at every reading.
void forget_export(ical::Item& item) { item.source.remove("DTSTAMP"); }

/// The order in the document counts for nothing.
void name_items(std::vector<ical::Item>& items) {
  for (ical::Item& item : items) {
    forget_export(item);
    if (!item.uid || item.uid->empty()) item.uid = "feed-" + digest_of(ical::format_component(item.source));
  }
}

class FeedReader {
 public:
  FeedReader(FeedDocument& document, ical::ZoneResolver& zones) : document_(document), zones_(zones) {}

  void add(const ical::ItemGroup& group) {
    if (group.master == nullptr) return add_orphans(group);
    auto master = read(*group.master, group.uid);
    if (!master) return;
    calendar::FeedSeries series{std::move(*master), {}};
    for (const ical::Item* part : group.overrides)
      if (auto item = read(*part, group.uid)) series.parts.push_back(std::move(*item));
    document_.series.push_back(std::move(series));
  }

 private:
  /// Occurrences without their series are events of their own; two of them cannot share the uid.
  void add_orphans(const ical::ItemGroup& group) {
    for (const ical::Item* part : group.overrides) {
      auto item = read(*part, group.uid);
      if (!item) continue;
      item->input.event.recurrence_id.reset();
      if (part != group.overrides.front()) item->input.event.uid = "feed-" + item->digest;
      document_.series.push_back({std::move(*item), {}});
    }
  }

  std::optional<calendar::FeedItem> read(const ical::Item& item, const std::string& uid) {
    auto event = ical::read_event(item, zones_, warnings_);
    if (event) {
      calendar::FeedItem made;
      made.digest = digest_of(event->original);
      made.input.event = std::move(event->event);
      made.input.sent = event->sent;
      made.input.event.uid = uid;
      if (calendar::fit_feed_item(made.input)) return made;
    }
    ++document_.left_out;
    return std::nullopt;
  }

  FeedDocument& document_;
  ical::ZoneResolver& zones_;
  std::vector<ical::Warning> warnings_;
};

std::optional<std::string> suggestion(const ical::Text& text) {
  if (!text || text->empty()) return std::nullopt;
  return std::string(first_characters(*text, kMostSuggested));
}

void read_head(FeedDocument& document, const ical::CalendarObject& object) {
  if (!document.title) document.title = suggestion(object.name);
  if (!document.description) document.description = suggestion(object.description);
  if (!document.color) document.color = suggestion(object.color);
  if (document.refresh_minutes == 0 && object.refresh_interval)
    document.refresh_minutes =
        std::max<std::int64_t>(0, object.refresh_interval->total_seconds() / kSecondsOfMinute);
}

/// What was cut off on the way would look as if its events were gone.
bool is_whole(const ical::ReadText& read) {
  return std::none_of(read.warnings.begin(), read.warnings.end(), [](const ical::Warning& warning) {
    return warning.kind == ical::WarningKind::MissingEnd;
  });
}

}  // namespace

std::optional<FeedDocument> read_feed(std::string_view text, const TimeZone& zone) {
  const ical::ReadText read = ical::read_components(text);
  if (read.error != ical::ReadError::None || !is_whole(read)) return std::nullopt;
  FeedDocument document;
  bool is_calendar = false;
  std::size_t events = 0;
  for (const ical::Component& component : read.calendars) {
    // Only what says so is one: the reader makes one for components that lie outside.
    is_calendar = is_calendar || component.find("VERSION") != nullptr ||
                  component.find("PRODID") != nullptr || !component.components.empty();
    ical::CalendarObject object = ical::read_calendar(component);
    read_head(document, object);
    std::erase_if(object.items, [](const ical::Item& item) { return item.kind != ical::ItemKind::Event; });
    events += object.items.size();
    if (events > calendar::kMostFeedEvents) return std::nullopt;
    name_items(object.items);
    const auto years = ical::years_of(object.items);
    ical::ZoneResolver zones(object.zones, {zone}, years.from, years.until);
    FeedReader reader(document, zones);
    std::vector<ical::Warning> warnings;
    for (const ical::ItemGroup& group : ical::group_items(
             object.items, [] { return std::string(); }, warnings))
      reader.add(group);
  }
  if (!is_calendar) return std::nullopt;
  return document;
}

}  // namespace gw::calendars::feeds
