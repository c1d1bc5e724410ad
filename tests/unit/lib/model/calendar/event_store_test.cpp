#include "model/calendar/event_store.hpp"

#include "agenda.hpp"

namespace gw::test {
namespace {

namespace store = calendar::store;
using calendar::Alarm;

class EventStore : public Agenda {
 protected:
  store::EventRow load(ObjectId id) {
    auto row = store::find(as(kAdmin).connection(), kContext, id);
    EXPECT_TRUE(row.has_value());
    return row.value_or(store::EventRow());
  }

  /// Every member has a value of its own.
  EventData full() {
    EventData event =
        meeting(kAnna, "Summary", "Europe/Berlin:20240701T090000", "America/New_York:20240701T053000");
    event.uid = "full@example.test";
    event.filename = "full.ics";
    event.sequence = 3;
    event.rrule = "FREQ=DAILY;COUNT=5";
    event.recurrence_dates = {at("Europe/Berlin:20240801T090000")};
    event.delete_exception_dates = {at("Europe/Berlin:20240702T090000")};
    event.location = "Room 7";
    event.description = "Long\ntext";
    event.color = "#112233";
    event.url = "https://example.test/x";
    event.categories = {"one", "two, with comma", "drei \"Zitate\""};
    event.geo = calendar::Geo{52.52, -13.405};
    event.classification = calendar::Classification::Confidential;
    event.status = calendar::EventStatus::Tentative;
    event.is_transparent = true;
    event.attendees_may_modify = true;
    event.organizer->uri = "mailto:anna@example.test";
    event.organizer->cn = "Alpha, Anna";
    event.organizer->email = "anna@example.test";
    event.organizer->sent_by_entity = kBerta.value;
    event.organizer->sent_by_uri = "mailto:berta@example.test";
    event.related_to = "other";
    event.extended = json("{'X-ONE':{'value':'1'}}");
    return event;
  }
};

TEST_F(EventStore, EveryMemberComesBack) {
  EventData event = full();
  event.attendees.front().is_transparent = false;
  event.attendees.front().rsvp = true;
  event.attendees.front().comment = "maybe";
  event.attendees.front().member = {"mailto:group@example.test"};
  event.attendees.front().parameters = {{"X-A", "1"}, {"X-B", "a;b"}};
  event.attendees.front().role = calendar::AttendeeRole::Optional;
  put(event);
  const EventData stored = load(event.id).event;
  EXPECT_EQ(stored.folder, event.folder);
  EXPECT_EQ(stored.series, event.id);
  EXPECT_EQ(stored.uid, event.uid);
  EXPECT_EQ(stored.filename, event.filename);
  EXPECT_EQ(stored.calendar_user, kAnna);
  EXPECT_EQ(stored.created_by, kAnna);
  EXPECT_EQ(stored.timestamp, event.timestamp);
  EXPECT_EQ(stored.created, event.created);
  EXPECT_EQ(stored.sequence, 3);
  EXPECT_EQ(stored.start, event.start);
  EXPECT_EQ(stored.end, event.end);
  EXPECT_EQ(stored.rrule, event.rrule);
  EXPECT_EQ(stored.recurrence_dates, event.recurrence_dates);
  EXPECT_EQ(stored.delete_exception_dates, event.delete_exception_dates);
  EXPECT_EQ(stored.summary, event.summary);
  EXPECT_EQ(stored.location, event.location);
  EXPECT_EQ(stored.description, event.description);
  EXPECT_EQ(stored.color, event.color);
  EXPECT_EQ(stored.url, event.url);
  EXPECT_EQ(stored.categories, event.categories);
  EXPECT_EQ(stored.geo, event.geo);
  EXPECT_EQ(stored.classification, event.classification);
  EXPECT_EQ(stored.status, event.status);
  EXPECT_TRUE(stored.is_transparent);
  EXPECT_TRUE(stored.attendees_may_modify);
  EXPECT_EQ(stored.organizer, event.organizer);
  EXPECT_EQ(stored.attendees, event.attendees);
  EXPECT_EQ(stored.related_to, event.related_to);
  EXPECT_TRUE(stored.extended.equals(event.extended));
}

TEST_F(EventStore, WhatIsAbsentStaysAbsent) {
  EventData event;
  event.start = event.end = at("20240701T090000Z");
  put(event);
  const EventData stored = load(event.id).event;
  EXPECT_FALSE(stored.summary || stored.location || stored.description || stored.geo || stored.organizer ||
               stored.recurrence_id || stored.rrule || stored.filename);
  EXPECT_TRUE(stored.categories.empty() && stored.attendees.empty() && stored.extended.is_missing());
}

TEST_F(EventStore, LongTextsAreLeftOutWhereNobodyAsks) {
  EventData event = full();
  put(event);
  const auto row =
      store::find(as(kAdmin).connection(), kContext, event.id, {.texts = false, .attendees = false});
  ASSERT_TRUE(row);
  EXPECT_FALSE(row->event.description);
  EXPECT_TRUE(row->event.attendees.empty());
  EXPECT_EQ(row->event.summary, "Summary");
}

TEST_F(EventStore, AChangeMovesTheTimesOfAttendeesAlong) {
  EventData event = full();
  put(event);
  event.rrule.reset();
  event.series = {};
  event.start = at("20250101T100000Z");
  event.end = at("20250101T110000Z");
  as(kAdmin).write([&](model::Transaction& transaction) {
    event.timestamp = transaction.stamp();
    store::update(transaction.connection(), kContext, event, store::Attendees::Keep);
  });
  sql::Query row = as(kAdmin).connection().query(
      "SELECT range_from,range_until,is_long,stamp FROM event_attendees WHERE cid=? AND event=?", kContext,
      event.id);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.millis(0), instant("20250101T100000Z"));
  EXPECT_EQ(row.millis(1), instant("20250101T110000Z"));
  EXPECT_EQ(row.integer(2), 0);
  EXPECT_EQ(row.millis(3), event.timestamp);
}

TEST_F(EventStore, OneAttendeeAnswers) {
  EventData event = meeting(kAnna, "a", "20240701T090000Z", "20240701T100000Z");
  invite(event, kBerta);
  put(event);
  event.attendees[1].part_stat = PartStat::Declined;
  event.attendees[1].is_hidden = true;
  as(kAdmin).write([&](model::Transaction& transaction) {
    event.timestamp = transaction.stamp();
    store::update_attendee(transaction.connection(), kContext, event, 1);
  });
  const EventData stored = load(event.id).event;
  EXPECT_EQ(stored.attendees, event.attendees);
  EXPECT_EQ(stored.timestamp, event.timestamp);
}

TEST_F(EventStore, AlarmsBelongToOneUser) {
  EventData event = meeting(kAnna, "a", "20240701T090000Z", "20240701T100000Z");
  put(event);
  Alarm alarm;
  alarm.id = 77;
  alarm.uid = "alarm-uid";
  alarm.offset_seconds = -900;
  alarm.is_related_to_end = true;
  alarm.acknowledged = Millis{5};
  alarm.related_uid = "snoozed";
  alarm.description = "wake up";
  alarm.attendees.emplace_back().uri = "mailto:x@example.test";
  alarm.rest = json("{'X-Y':'1'}");
  Alarm fixed;
  fixed.id = 78;
  fixed.at = Millis{99};
  as(kAdmin).write([&](model::Transaction& transaction) {
    store::replace_alarms(transaction.connection(), kContext, event.id, kAnna, std::array{alarm, fixed});
    store::replace_alarms(transaction.connection(), kContext, event.id, kBerta, {});
  });
  sql::Connection& connection = as(kAdmin).connection();
  auto of_anna = store::load_alarms(connection, kContext, kAnna, std::array{event.id})[event.id];
  ASSERT_EQ(of_anna.size(), 2U);
  EXPECT_EQ(of_anna[0].offset_seconds, -900);
  EXPECT_TRUE(of_anna[0].is_related_to_end);
  EXPECT_EQ(of_anna[0].acknowledged, Millis{5});
  EXPECT_EQ(of_anna[0].related_uid, "snoozed");
  EXPECT_EQ(of_anna[0].attendees.front().uri, "mailto:x@example.test");
  EXPECT_TRUE(of_anna[0].rest.equals(alarm.rest));
  EXPECT_EQ(of_anna[1].at, Millis{99});
  EXPECT_TRUE(store::load_alarms(connection, kContext, kBerta, std::array{event.id}).empty());
  EXPECT_EQ(store::load_alarms(connection, kContext, event.id).size(), 1U);
  const auto owned = store::find_alarm(connection, kContext, 77);
  ASSERT_TRUE(owned);
  EXPECT_EQ(owned->user, kAnna);
  EXPECT_EQ(owned->event, event.id);
  EXPECT_FALSE(store::find_alarm(connection, kContext, 79));
}

TEST_F(EventStore, AUidIsTakenByOwnCopiesAndByMeetings) {
  EventData event = meeting(kAnna, "a", "20240701T090000Z", "20240701T100000Z");
  event.uid = "one";
  invite(event, kBerta);
  put(event);
  sql::Connection& connection = as(kAdmin).connection();
  const auto taken = [&](UserId user, ObjectId except = {}) {
    return store::is_uid_taken(connection, kContext, "one", std::array{user}, except);
  };
  EXPECT_TRUE(taken(kAnna));
  EXPECT_TRUE(taken(kBerta));
  EXPECT_FALSE(taken(kCarl));
  EXPECT_FALSE(taken(kAnna, event.id));
  EXPECT_FALSE(store::is_uid_taken(connection, kContext, "ONE", std::array{kAnna}, {}));
  EXPECT_EQ(store::find_uid(connection, kContext, "one").size(), 1U);
}

TEST_F(EventStore, ExceptionsAreSortedAndTellWhoSeesThem) {
  EventData master =
      series(kAnna, "s", "Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "FREQ=DAILY");
  invite(master, kBerta);
  put(master);
  EventData late = exception(master, "20240705T070000Z");
  late.attendees[1].is_hidden = true;
  put(late);
  EventData early = exception(master, "20240703T070000Z");
  early.attendees.pop_back();
  put(early);
  sql::Connection& connection = as(kAdmin).connection();
  const auto rows = store::exceptions_of(connection, kContext, std::array{master.id});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].event.id, early.id);
  EXPECT_EQ(format_time(*rows[0].event.recurrence_id), "Europe/Berlin:20240703T090000");
  const auto seen = [&](UserId user) {
    std::vector<bool> found;
    auto marks = store::exception_marks(connection, kContext, user, std::array{master.id});
    for (const auto& mark : marks[master.id]) found.push_back(mark.is_seen);
    return found;
  };
  EXPECT_EQ(seen(kAnna), (std::vector{true, true}));
  EXPECT_EQ(seen(kBerta), (std::vector{false, false}));
}

TEST_F(EventStore, RemovalLeavesNoRowBehind) {
  EventData event = full();
  put(event);
  as(kAdmin).write([&](model::Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    Alarm alarm;
    alarm.id = 77;
    store::replace_alarms(connection, kContext, event.id, kAnna, std::array{alarm});
    store::replace_triggers(
        connection, kContext, event.id,
        std::array{store::Trigger{kAnna, 77, event.id, "", Millis{5}, "DISPLAY", home(kAnna)}});
    store::store_original(connection, kContext, event.id, "BEGIN:VEVENT");
  });
  EXPECT_EQ(store::find_original(as(kAdmin).connection(), kContext, event.id), "BEGIN:VEVENT");
  as(kAdmin).write([&](model::Transaction& transaction) {
    store::remove(transaction.connection(), kContext, std::array{event.id});
  });
  for (const char* table :
       {"events", "event_attendees", "event_alarms", "event_triggers", "event_originals"}) {
    sql::Query row = as(kAdmin).connection().query(
        "SELECT COUNT(*) FROM " + std::string(table) + " WHERE cid=?", kContext);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), 0) << table;
  }
}

TEST_F(EventStore, GuardsAreWrittenOnceForEachResource) {
  for (int i = 0; i < 2; ++i)
    as(kAdmin).write([&](model::Transaction& transaction) {
      store::guard_resources(transaction.connection(), kContext,
                             {ResourceId(9), ResourceId(3), ResourceId(9)}, transaction.stamp());
    });
  sql::Query row = as(kAdmin).connection().query(
      "SELECT COUNT(*),MIN(stamp),MAX(stamp) FROM resource_guards WHERE cid=?", kContext);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 2);
  EXPECT_EQ(row.integer(1), row.integer(2));
}

}  // namespace
}  // namespace gw::test
