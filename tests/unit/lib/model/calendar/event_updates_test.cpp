#include "agenda.hpp"
#include "model/calendar/event_audience.hpp"

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
  /// As the services write it, with what others are told.
  void become(EventData& event, const std::function<void(EventData&)>& change) {
    const EventData before = event;
    change(event);
    as(kAdmin).write([&](model::Transaction& transaction) {
      event.timestamp = transaction.stamp();
      calendar::store::update(transaction.connection(), kContext, event, calendar::store::Attendees::Replace);
      calendar::settle_tombstones(transaction, &before, &event);
    });
  }
  void erase(const EventData& event) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      calendar::store::remove(transaction.connection(), kContext, std::array{event.id});
      calendar::settle_tombstones(transaction, &event, nullptr);
    });
  }
  static void make_private(EventData& event) { event.classification = calendar::Classification::Private; }
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

TEST_F(EventUpdatesTest, WhatBecamePrivateIsGoneForReadersOnce) {
  const FolderId place = home(kAnna);
  share(place, kBerta, kReadAll);
  EventData event = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z");
  put(event);
  const Millis before = since(kBerta, place, {}).timestamp;
  become(event, make_private);
  const auto found = since(kBerta, place, before);
  EXPECT_TRUE(found.changed.empty());
  EXPECT_EQ(ids(found), (std::vector{event.id}));
  // It is there for its owner, wherever in time he looks.
  const auto own = since(kAnna, place, before);
  EXPECT_EQ(summaries(own.changed), (Names{"x"}));
  EXPECT_TRUE(own.removed.empty());
  EXPECT_TRUE(
      calendar::updates(as(kAnna), place, before, {.range = days("20250101", "20250102")}).removed.empty());
  // Whatever becomes of it now is nothing to readers.
  become(event, [](EventData& changed) { changed.summary = "y"; });
  EXPECT_TRUE(since(kBerta, place, found.timestamp).removed.empty());
  erase(event);
  EXPECT_TRUE(since(kBerta, place, found.timestamp).removed.empty());
  EXPECT_EQ(ids(since(kAnna, place, own.timestamp)), (std::vector{event.id}));
  // Who has not asked since it was public still learns that it went.
  EXPECT_EQ(ids(since(kBerta, place, before)), (std::vector{event.id}));
}

TEST_F(EventUpdatesTest, PrivateEventsOfOthersAreNeverNamed) {
  const FolderId place = home(kAnna);
  share(place, kBerta, kReadAll);
  share(place, kCarl, kReadAll);
  EventData secret = meeting(kAnna, "secret", "20240710T090000Z", "20240710T100000Z");
  make_private(secret);
  invite(secret, kCarl);
  put(secret);
  EventData shown = meeting(kAnna, "shown", "20240711T090000Z", "20240711T100000Z");
  put(shown);
  const auto nothing = [&](Millis stamp) {
    const auto found = since(kBerta, place, stamp);
    return found.changed.empty() && found.removed.empty() && found.timestamp == stamp;
  };
  const Millis start = since(kBerta, place, {}).timestamp;
  EXPECT_EQ(start, shown.timestamp);
  become(secret, [](EventData& changed) { changed.summary = "changed"; });
  EXPECT_TRUE(nothing(start));
  const Millis carls = since(kCarl, place, {}).timestamp;
  // He takes part no longer: here it is gone for him, though it stays.
  become(secret, [](EventData& changed) { changed.attendees.pop_back(); });
  EXPECT_TRUE(nothing(start));
  EXPECT_EQ(ids(since(kCarl, place, carls)), (std::vector{secret.id}));
  EXPECT_EQ(ids(since(kCarl, home(kCarl), carls)), (std::vector{secret.id}));
  EXPECT_EQ(ids(calendar::updates_own(as(kCarl), carls, {})), (std::vector{secret.id}));
  const Millis annas = since(kAnna, place, {}).timestamp;
  erase(secret);
  EXPECT_TRUE(nothing(start));
  EXPECT_EQ(ids(since(kAnna, place, annas)), (std::vector{secret.id}));
  EXPECT_EQ(ids(calendar::updates_own(as(kAnna), annas, {})), (std::vector{secret.id}));
}

TEST_F(EventUpdatesTest, WhatIsPrivateNoLongerComesBackForReaders) {
  const FolderId place = home(kAnna);
  share(place, kBerta, kReadAll);
  EventData event = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z");
  put(event);
  const Millis start = since(kBerta, place, {}).timestamp;
  become(event, make_private);
  become(event, [](EventData& changed) { changed.classification = calendar::Classification::Public; });
  const auto found = since(kBerta, place, start);
  EXPECT_EQ(summaries(found.changed), (Names{"x"}));
  EXPECT_TRUE(found.removed.empty());
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
