#include "model/calendar/event_flags.hpp"

#include <set>

#include "agenda.hpp"

namespace gw::test {
namespace {

using calendar::FlagContext;

class EventFlags : public Agenda {
 protected:
  static std::set<std::string> names(const EventData& event, const FlagContext& context) {
    const std::uint32_t bits = flags_of(event, context);
    std::set<std::string> found;
    for (unsigned i = 0; i < static_cast<unsigned>(EventFlag::Count_); ++i)
      if ((bits >> i & 1U) != 0) found.emplace(name_of(static_cast<EventFlag>(i)));
    return found;
  }
};

TEST_F(EventFlags, TheySpeakOfTheCalendarUser) {
  EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
  invite(event, kBerta, PartStat::Tentative);
  EXPECT_EQ(names(event, {.calendar_user = kAnna, .viewer = kAnna}),
            (std::set<std::string>{"scheduled", "organizer", "attendee", "accepted"}));
  EXPECT_EQ(names(event, {.calendar_user = kAnna, .viewer = kBerta}),
            (std::set<std::string>{"scheduled", "organizer_on_behalf", "attendee_on_behalf", "accepted"}));
  EXPECT_EQ(names(event, {.calendar_user = kBerta, .viewer = kBerta}),
            (std::set<std::string>{"scheduled", "attendee", "tentative"}));
  EXPECT_EQ(names(event, {.calendar_user = kCarl, .viewer = kCarl}), (std::set<std::string>{"scheduled"}));
}

TEST_F(EventFlags, TheyTellOfTheEvent) {
  EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
  event.attendees.clear();
  event.organizer.reset();
  event.id = event.series = ObjectId(5);
  event.classification = calendar::Classification::Private;
  event.status = calendar::EventStatus::Cancelled;
  event.is_transparent = true;
  EXPECT_EQ(names(event, {.has_attachments = true, .has_alarms = true, .is_first = true, .is_last = true}),
            (std::set<std::string>{"attachments", "alarms", "private", "transparent", "event_cancelled",
                                   "series", "first_occurrence", "last_occurrence"}));
  event.id = ObjectId(6);
  event.classification = calendar::Classification::Confidential;
  event.status = calendar::EventStatus::Confirmed;
  EXPECT_EQ(names(event, {}),
            (std::set<std::string>{"confidential", "transparent", "event_confirmed", "overridden"}));
}

TEST_F(EventFlags, BeingFreeIsPersonal) {
  EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
  event.attendees[0].is_transparent = true;
  EXPECT_TRUE(names(event, {.calendar_user = kAnna}).contains("transparent"));
  EXPECT_FALSE(names(event, {.calendar_user = kBerta}).contains("transparent"));
}

TEST_F(EventFlags, EveryAnswerHasItsFlag) {
  const std::pair<PartStat, const char*> answers[] = {{PartStat::NeedsAction, "needs_action"},
                                                      {PartStat::Accepted, "accepted"},
                                                      {PartStat::Declined, "declined"},
                                                      {PartStat::Tentative, "tentative"},
                                                      {PartStat::Delegated, "delegated"}};
  for (const auto& [part_stat, name] : answers) {
    EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
    event.attendees[0].part_stat = part_stat;
    EXPECT_TRUE(names(event, {.calendar_user = kAnna, .viewer = kAnna}).contains(name)) << name;
  }
}

}  // namespace
}  // namespace gw::test
