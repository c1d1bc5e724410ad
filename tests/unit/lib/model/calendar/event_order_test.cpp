#include "model/calendar/event_order.hpp"

#include <gtest/gtest.h>

#include "agenda.hpp"

namespace gw::test {
namespace {

std::string ordered(EventField field, bool is_descending = false) {
  std::vector<SeenEvent> events(4);
  const char* summaries[] = {"b", "A", "ä", nullptr};
  const char* times[] = {"20240704T090000Z", "20240702T090000Z", "20240703", "20240702T090000Z"};
  for (std::size_t i = 0; i < events.size(); ++i) {
    EventData& event = events[i].event;
    event.id = ObjectId(static_cast<std::int64_t>(i) + 1);
    if (summaries[i] != nullptr) event.summary = summaries[i];
    event.start = event.end = at(times[i]);
  }
  model::Caller caller;
  caller.locale = "de_DE";
  sort_events(events, field, is_descending, caller);
  std::string ids;
  for (const SeenEvent& seen : events) ids += std::to_string(seen.event.id.value);
  return ids;
}

TEST(EventOrder, EventsAreSortedByOneMember) {
  EXPECT_EQ(ordered(EventField::StartDate), "2431");
  EXPECT_EQ(ordered(EventField::StartDate, true), "1324");
  EXPECT_EQ(ordered(EventField::Id, true), "4321");
  EXPECT_EQ(ordered(EventField::Summary), "2314");
  EXPECT_EQ(ordered(EventField::Categories), ordered(EventField::StartDate));
}

}  // namespace
}  // namespace gw::test
