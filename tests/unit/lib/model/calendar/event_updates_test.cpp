#include "agenda.hpp"

namespace gw::test {
namespace {

class EventUpdatesTest : public Agenda {
 protected:
  calendar::EventUpdates since(UserId user, FolderId folder, Millis stamp) {
    return calendar::updates(as(user), folder, stamp, {});
  }
  static std::vector<ObjectId> ids(const calendar::EventUpdates& found) {
    std::vector<ObjectId> removed;
    for (const auto& ref : found.removed) removed.push_back(ref.event);
    return removed;
  }
};

TEST_F(EventUpdatesTest, ChangesAreNeitherMissedNorRepeated) {
  const FolderId place = home(kAnna);
  EventData first = meeting(kAnna, "first", "20240710T090000Z", "20240710T100000Z");
  put(first);
  const auto start = since(kAnna, place, {});
  EXPECT_EQ(summaries(start.changed), (Names{"first"}));
  EXPECT_EQ(start.timestamp, first.timestamp);
  EXPECT_TRUE(since(kAnna, place, start.timestamp).changed.empty());
  EventData second = meeting(kAnna, "second", "20240711T090000Z", "20240711T100000Z");
  put(second);
  first.summary = "renamed";
  rewrite(first);
  const auto next = since(kAnna, place, start.timestamp);
  EXPECT_EQ(summaries(next.changed), (Names{"renamed", "second"}));
  EXPECT_EQ(next.timestamp, first.timestamp);
  remove(second, place);
  const auto last = since(kAnna, place, next.timestamp);
  EXPECT_TRUE(last.changed.empty());
  EXPECT_EQ(ids(last), (std::vector{second.id}));
  EXPECT_GT(last.timestamp, next.timestamp);
  EXPECT_TRUE(since(kAnna, place, last.timestamp).removed.empty());
}

TEST_F(EventUpdatesTest, WhatBecamePrivateIsGoneForReaders) {
  share(home(kAnna), kBerta, kReadAll);
  EventData event = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z");
  put(event);
  const Millis before = since(kBerta, home(kAnna), {}).timestamp;
  event.classification = calendar::Classification::Private;
  rewrite(event);
  const auto found = since(kBerta, home(kAnna), before);
  EXPECT_TRUE(found.changed.empty());
  EXPECT_EQ(ids(found), (std::vector{event.id}));
  EventData secret = meeting(kAnna, "never seen", "20240710T090000Z", "20240710T100000Z");
  secret.classification = calendar::Classification::Private;
  put(secret);
  EXPECT_TRUE(since(kBerta, home(kAnna), found.timestamp).removed.empty());
}

TEST_F(EventUpdatesTest, StampsBeforeTheKeptHistoryAskForAllAgain) {
  const FolderId place = home(kAnna);
  const Millis now = database.clock.now();
  as(kAdmin).write([&](model::Transaction& transaction) {
    model::prune_tombstones(transaction.connection(), kContext, now);
  });
  EXPECT_EQ(refusal([&] { since(kAnna, place, Millis{now.value - 1}); }), "CAL-5000");
  EXPECT_EQ(refusal([&] { since(kAnna, place, {}); }), "");
}

TEST_F(EventUpdatesTest, OwnUpdatesCoverAllCalendarsAndMeetings) {
  const FolderId open = public_folder(kAuthor);
  const FolderId second = second_calendar(kBerta);
  EventData invited = meeting(kAnna, "invited", "20240710T090000Z", "20240710T100000Z");
  invite(invited, kBerta);
  put(invited);
  EventData common = meeting(kAnna, "public", "20240711T090000Z", "20240711T100000Z", open);
  invite(common, kBerta);
  put(common);
  put(meeting(kAnna, "of others", "20240711T090000Z", "20240711T100000Z", open));
  EventData moved = meeting(kBerta, "second", "20240712T090000Z", "20240712T100000Z");
  moved.attendees[0].folder = second;
  put(moved);
  const auto found = calendar::updates_own(as(kBerta), {}, {});
  EXPECT_EQ(summaries(found.changed), (Names{"invited", "public", "second"}));
  remove(moved, second);
  const auto gone = calendar::updates_own(as(kBerta), found.timestamp, {});
  ASSERT_EQ(gone.removed.size(), 1U);
  EXPECT_EQ(gone.removed[0].folder, second);
  EXPECT_EQ(gone.removed[0].event, moved.id);
}

TEST_F(EventUpdatesTest, SeriesCanBeExpanded) {
  put(series(kAnna, "s", "20240710T090000Z", "20240710T100000Z", "FREQ=DAILY;COUNT=4"));
  const auto found =
      calendar::updates(as(kAnna), home(kAnna), {}, {.range = days("20240711", "20240713"), .expand = true});
  EXPECT_EQ(starts(found.changed), (Names{"20240711T090000Z", "20240712T090000Z"}));
}

}  // namespace
}  // namespace gw::test
