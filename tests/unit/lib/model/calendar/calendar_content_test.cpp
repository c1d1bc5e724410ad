#include "agenda.hpp"

namespace gw::test {
namespace {

class CalendarContentTest : public Agenda {
 protected:
  std::int64_t rows(const std::string& table) {
    const sql::Lease lease = database.pool->acquire();
    sql::Query row = lease->query("SELECT COUNT(*) FROM " + table + " WHERE cid=?", kContext);
    return row.next() ? row.integer(0) : -1;
  }
  std::int64_t readable(UserId user, FolderId folder, const model::Rights& rights) {
    return calendar::calendar_folder_content().count_readable(as(user), folder, rights);
  }
};

TEST_F(CalendarContentTest, CountsAreTheReaders) {
  put(meeting(kAnna, "a", "20240710T090000Z", "20240710T100000Z"));
  EventData secret = meeting(kAnna, "b", "20240710T090000Z", "20240710T100000Z");
  secret.classification = calendar::Classification::Private;
  put(secret);
  share(home(kAnna), kBerta, kReadAll);
  EXPECT_EQ(readable(kAnna, home(kAnna), {64, 64, 64, 64, true}), 2);
  EXPECT_EQ(readable(kBerta, home(kAnna), kReadAll), 1);
  EXPECT_EQ(readable(kBerta, home(kAnna), {2, 1, 1, 1, false}), 0);
  EXPECT_EQ(readable(kBerta, home(kAnna), {}), 0);
}

TEST_F(CalendarContentTest, ADeletedUserLeavesOthersTheirMeetings) {
  EventData own = meeting(kBerta, "of berta", "20240710T090000Z", "20240710T100000Z");
  invite(own, kAnna);
  put(own);
  EventData invited = meeting(kAnna, "of anna", "20240711T090000Z", "20240711T100000Z");
  invite(invited, kBerta);
  put(invited);
  const FolderId open = public_folder(kAuthor);
  EventData common = meeting(kBerta, "public", "20240712T090000Z", "20240712T100000Z", open);
  put(common);
  {
    model::UnitOfWork work(*database.environment, model::contexts::provisioning_caller(kContext));
    model::users::delete_user(work, kBerta);
  }
  EXPECT_EQ(summaries(calendar::list_own(as(kAnna), {})), (Names{"of anna"}));
  const auto left = calendar::list_folder(as(kAnna), open, {});
  EXPECT_EQ(summaries(left), (Names{"public"}));
  EXPECT_EQ(left[0].event.created_by, kAdmin);
  sql::Query row = as(kAnna).connection().query(
      "SELECT COUNT(*) FROM event_attendees WHERE cid=? AND kind=1 AND entity=?", kContext, kBerta);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 0);
}

TEST_F(CalendarContentTest, ADeletedContextLeavesNothing) {
  put(series(kAnna, "a", "20240710T090000Z", "20240710T100000Z", "FREQ=DAILY"));
  model::UnitOfWork work(*database.environment, model::contexts::provisioning_caller(kContext));
  model::contexts::delete_context(work);
  EXPECT_EQ(rows("events"), 0);
  EXPECT_EQ(rows("event_attendees"), 0);
}

TEST_F(CalendarContentTest, TheIndexOfTimesFollowsTheZoneData) {
  EventData event = meeting(kAnna, "a", "Europe/Berlin:20240710T090000", "Europe/Berlin:20240710T100000");
  put(event);
  const auto outdated = [&] { return calendar::count_outdated(as(kAnna).connection(), kContext); };
  EXPECT_EQ(outdated(), 0);
  {
    const sql::Lease lease = database.pool->acquire();
    for (const char* statement :
         {"UPDATE events SET tzdata='1999a',range_from=0,range_until=1 WHERE cid=? AND id=?",
          "UPDATE event_attendees SET range_from=0,range_until=1 WHERE cid=? AND event=?"})
      lease->execute(statement, kContext, event.id);
  }
  EXPECT_EQ(outdated(), 1);
  const auto july = [&] {
    return calendar::list_own(as(kAnna), {.range = days("20240701", "20240801")}).size();
  };
  EXPECT_EQ(july(), 0U);
  EXPECT_EQ(calendar::reindex_zones(as(kAdmin), 10), 1U);
  EXPECT_EQ(outdated(), 0);
  EXPECT_EQ(july(), 1U);
  EXPECT_EQ(calendar::reindex_zones(as(kAdmin), 10), 0U);
}

TEST_F(CalendarContentTest, DueTimesFollowTheZoneDataPieceByPiece) {
  std::vector<EventData> events;
  for (const char* name : {"a", "b", "c"}) {
    EventData event = meeting(kAnna, name, "Europe/Berlin:20240710T090000", "Europe/Berlin:20240710T100000");
    put(event);
    events.push_back(event);
  }
  calendar::Alarm alarm;
  alarm.id = 1'000'000;
  alarm.offset_seconds = -900;
  const std::string action = "DISPLAY";
  as(kAdmin).write([&](model::Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    calendar::store::replace_alarms(connection, kContext, events[0].id, kAnna, std::array{alarm});
    const calendar::store::Trigger wrong{kAnna, alarm.id, events[0].id, "", {1}, action, home(kAnna)};
    calendar::store::replace_triggers(connection, kContext, events[0].id, std::array{wrong});
    connection.execute("UPDATE events SET tzdata='1999a' WHERE cid=?", kContext);
  });
  EXPECT_EQ(calendar::reindex_zones(as(kAdmin), 2), 2U);
  EXPECT_EQ(calendar::count_outdated(as(kAnna).connection(), kContext), 1);
  EXPECT_EQ(calendar::reindex_zones(as(kAdmin), 2), 1U);
  EXPECT_EQ(calendar::count_outdated(as(kAnna).connection(), kContext), 0);
  const auto due = calendar::store::due_triggers(as(kAnna).connection(), kContext, kAnna, {INT64_MAX},
                                                 std::array{action}, 10);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].at, instant("20240710T064500Z"));
}

TEST_F(CalendarContentTest, TheQuotaCountsEvents) {
  EventData event = meeting(kAnna, "a", "20240710T090000Z", "20240710T100000Z");
  put(event);
  EXPECT_EQ(calendar::count_in_context(as(kAnna).connection(), kContext), 1);
  const auto check = [&] {
    return refusal([&] {
      as(kAnna).write([&](model::Transaction& transaction) { calendar::check_quota(transaction, event.id); });
    });
  };
  EXPECT_EQ(check(), "");
  database.settings.limits.events_per_context = 1;
  EXPECT_EQ(check(), "QUOTA-0003");
  database.settings.limits.events_per_context = -1;
  EXPECT_EQ(check(), "");
}

}  // namespace
}  // namespace gw::test
