#include "model/calendar/event_order.hpp"

#include <algorithm>

#include "model/sort_key.hpp"

namespace gw::model::calendar {
namespace {

std::string order_key(const EventData& event, EventField field, const Collator& collator,
                      const TimeZone& viewer) {
  KeyBuilder key;
  switch (field) {
    case EventField::Id:
      return key.number(event.id.value).take();
    case EventField::Folder:
      return key.number(event.folder.value).take();
    case EventField::SeriesId:
      return key.number(event.series.value).take();
    case EventField::Uid:
      return key.text(collator, event.uid).take();
    case EventField::CreatedBy:
      return key.number(event.created_by.value).take();
    case EventField::ModifiedBy:
      return key.number(event.modified_by.value).take();
    case EventField::Created:
      return key.number(event.created.value).take();
    case EventField::LastModified:
      return key.number(event.last_modified.value).take();
    case EventField::Timestamp:
      return key.number(event.timestamp.value).take();
    case EventField::Sequence:
      return key.number(event.sequence).take();
    case EventField::EndDate:
      return key.number(instant_of(event.end, viewer).value).take();
    case EventField::Summary:
      return key.text(collator, event.summary).take();
    case EventField::Location:
      return key.text(collator, event.location).take();
    case EventField::Class:
      return key.number(static_cast<int>(event.classification)).take();
    case EventField::Status:
      return key.number(static_cast<int>(event.status)).take();
    default:
      return {};
  }
}

struct Position {
  std::string key;
  Millis start;
  ObjectId id;
  std::size_t index;
};

}  // namespace

void sort_events(std::vector<SeenEvent>& events, EventField field, bool is_descending, const Caller& caller) {
  const Collator collator(caller.locale);
  std::vector<Position> order;
  order.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i)
    order.push_back({order_key(events[i].event, field, collator, caller.timezone),
                     instant_of(events[i].event.start, caller.timezone), events[i].event.id, i});
  std::sort(order.begin(), order.end(), [is_descending](const Position& a, const Position& b) {
    const Position& first = is_descending ? b : a;
    const Position& second = is_descending ? a : b;
    if (const int keys = first.key.compare(second.key); keys != 0) return keys < 0;
    if (first.start != second.start) return first.start < second.start;
    return a.id < b.id;
  });
  std::vector<SeenEvent> sorted;
  sorted.reserve(events.size());
  for (const Position& position : order) sorted.push_back(std::move(events[position.index]));
  events = std::move(sorted);
}

}  // namespace gw::model::calendar
