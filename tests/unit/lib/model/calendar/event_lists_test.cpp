#include "agenda.hpp"

namespace gw::test {
namespace {

using calendar::ReadOptions;

class EventLists : public Agenda {
 protected:
  static ReadOptions july(bool expand = false) {
    return {.range = days("20240701", "20240801"), .expand = expand};
  }
};

TEST_F(EventLists, AFolderShowsWhatOverlapsTheRangeByStart) {
  put(meeting(kAnna, "b", "20240710T090000Z", "20240710T100000Z"));
  put(meeting(kAnna, "a", "Europe/Berlin:20240710T090000", "Europe/Berlin:20240710T100000"));
  put(meeting(kAnna, "early", "20240630T230000Z", "20240701T000000Z"));
  put(meeting(kAnna, "edge", "20240630T230000Z", "20240701T000100Z"));
  put(meeting(kAnna, "instant", "20240701T000000Z", "20240701T000000Z"));
  put(meeting(kAnna, "late", "20240801T000000Z", "20240801T010000Z"));
  EXPECT_EQ(summaries(calendar::list_folder(as(kAnna), home(kAnna), july())),
            (Names{"edge", "instant", "a", "b"}));
}

TEST_F(EventLists, RightsAreThoseOfTheFolder) {
  EXPECT_EQ(refusal([&] { calendar::list_folder(as(kBerta), home(kAnna), july()); }), "FLD-0003");
  share(home(kAnna), kBerta, {1, 0, 0, 0, false});
  EXPECT_EQ(refusal([&] { calendar::list_folder(as(kBerta), home(kAnna), july()); }), "CAL-4030");
}

TEST_F(EventLists, AllDayEventsCountInTheZoneOfTheViewer) {
  put(meeting(kAnna, "day", "20240710", "20240711"));
  const auto seen = [&](const char* zone, const char* from, const char* until) {
    model::UnitOfWork& work = as(kAnna);
    model::Caller caller = work.caller();
    caller.timezone = TimeZone::find(zone).value();
    work.replace_caller(caller);
    return calendar::list_folder(work, home(kAnna),
                                 {.range = calendar::TimeRange{instant(from), instant(until)}})
        .size();
  };
  EXPECT_EQ(seen("Asia/Tokyo", "20240709T140000Z", "20240709T150000Z"), 0U);
  EXPECT_EQ(seen("Asia/Tokyo", "20240709T150000Z", "20240709T160000Z"), 1U);
  EXPECT_EQ(seen("America/New_York", "20240709T150000Z", "20240709T160000Z"), 0U);
  EXPECT_EQ(seen("America/New_York", "20240711T030000Z", "20240711T040000Z"), 1U);
}

TEST_F(EventLists, SeriesAreExpandedWithTheirExceptionsInPlace) {
  EventData weekly = series(kAnna, "weekly", "Europe/Berlin:20240603T090000", "Europe/Berlin:20240603T100000",
                            "FREQ=WEEKLY");
  weekly.delete_exception_dates = {at("Europe/Berlin:20240715T090000")};
  put(weekly);
  EventData moved = exception(weekly, "20240708T070000Z");
  moved.summary = "moved";
  moved.start = at("Europe/Berlin:20240709T140000");
  moved.end = at("Europe/Berlin:20240709T150000");
  put(moved);
  // Moved out of the range: its slot stays empty.
  EventData gone = exception(weekly, "20240722T070000Z");
  gone.start = gone.end = at("Europe/Berlin:20250101T090000");
  put(gone);
  const auto seen = calendar::list_folder(as(kAnna), home(kAnna), july(true));
  EXPECT_EQ(starts(seen), (Names{"20240701T070000Z", "20240709T120000Z", "20240729T070000Z"}));
  EXPECT_EQ(summaries(seen), (Names{"weekly", "moved", "weekly"}));
  EXPECT_EQ(seen[0].event.id, weekly.id);
  EXPECT_EQ(format_recurrence_id(*seen[0].event.recurrence_id), "20240701T070000Z");
  EXPECT_TRUE(seen[0].has(EventFlag::Series));
  EXPECT_TRUE(seen[1].has(EventFlag::Overridden));
  EXPECT_EQ(seen[1].event.series, weekly.id);
  EXPECT_EQ(format_recurrence_id(*seen[1].event.recurrence_id), "20240708T070000Z");
}

TEST_F(EventLists, WithoutExpansionTheMasterComesWhenSomethingOfItLiesThere) {
  put(series(kAnna, "now", "20240603T090000Z", "20240603T100000Z", "FREQ=WEEKLY"));
  put(series(kAnna, "yearly", "20200201T090000Z", "20200201T100000Z", "FREQ=YEARLY"));
  const auto seen = calendar::list_folder(as(kAnna), home(kAnna), july());
  EXPECT_EQ(summaries(seen), (Names{"now"}));
  EXPECT_EQ(seen[0].event.rrule, "FREQ=WEEKLY");
}

TEST_F(EventLists, FirstAndLastOccurrencesAreTold) {
  put(series(kAnna, "s", "20240710T090000Z", "20240710T100000Z", "FREQ=DAILY;COUNT=3"));
  const auto seen = calendar::list_folder(as(kAnna), home(kAnna), july(true));
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_TRUE(seen[0].has(EventFlag::FirstOccurrence));
  EXPECT_FALSE(seen[0].has(EventFlag::LastOccurrence) || seen[1].has(EventFlag::FirstOccurrence) ||
               seen[1].has(EventFlag::LastOccurrence));
  EXPECT_TRUE(seen[2].has(EventFlag::LastOccurrence));
}

TEST_F(EventLists, WhatAnAttendeeHidOrWasTakenOutOfIsDeletedForHim) {
  EventData daily = series(kAnna, "s", "20240710T090000Z", "20240710T100000Z", "FREQ=DAILY;COUNT=4");
  invite(daily, kBerta);
  put(daily);
  EventData hidden = exception(daily, "20240711T090000Z");
  hidden.attendees[1].is_hidden = true;
  put(hidden);
  EventData without = exception(daily, "20240712T090000Z");
  without.attendees.pop_back();
  put(without);
  EXPECT_EQ(starts(calendar::list_folder(as(kAnna), home(kAnna), july(true))).size(), 4U);
  EXPECT_EQ(starts(calendar::list_folder(as(kBerta), home(kBerta), july(true))),
            (Names{"20240710T090000Z", "20240713T090000Z"}));
  const auto master = calendar::list_folder(as(kBerta), home(kBerta), july()).front().event;
  EXPECT_EQ(calendar::format_times(master.delete_exception_dates), "20240711T090000Z,20240712T090000Z");
  EXPECT_TRUE(master.change_exception_dates.empty());
  const auto of_anna = calendar::list_folder(as(kAnna), home(kAnna), july()).front().event;
  EXPECT_EQ(calendar::format_times(of_anna.change_exception_dates), "20240711T090000Z,20240712T090000Z");
}

TEST_F(EventLists, WhoIsInvitedToOneOccurrenceSeesThatOneAlone) {
  EventData daily = series(kAnna, "s", "20240710T090000Z", "20240710T100000Z", "FREQ=DAILY;COUNT=4");
  put(daily);
  EventData with_carl = exception(daily, "20240711T090000Z");
  invite(with_carl, kCarl);
  put(with_carl);
  EXPECT_EQ(starts(calendar::list_own(as(kCarl), july(true))), (Names{"20240711T090000Z"}));
}

TEST_F(EventLists, ReadersOfASharedCalendarSeeWhatClassesAllow) {
  share(home(kAnna), kBerta, kReadAll);
  put(meeting(kAnna, "open", "20240710T090000Z", "20240710T100000Z"));
  EventData block = meeting(kAnna, "block", "20240711T090000Z", "20240711T100000Z");
  block.classification = calendar::Classification::Confidential;
  block.location = "nowhere";
  put(block);
  EventData secret = meeting(kAnna, "secret", "20240712T090000Z", "20240712T100000Z");
  secret.classification = calendar::Classification::Private;
  put(secret);
  const auto seen = calendar::list_folder(as(kBerta), home(kAnna), july());
  EXPECT_EQ(summaries(seen), (Names{"open", "Private"}));
  EXPECT_TRUE(seen[0].has(EventFlag::OrganizerOnBehalf));
  EXPECT_TRUE(seen[1].has(EventFlag::Confidential));
  EXPECT_FALSE(seen[1].event.location || seen[1].has(EventFlag::OrganizerOnBehalf));
  EXPECT_EQ(seen[1].event.folder, home(kAnna));
  EXPECT_EQ(summaries(calendar::list_folder(as(kAnna), home(kAnna), july())),
            (Names{"open", "block", "secret"}));
}

TEST_F(EventLists, AlarmsAreThoseOfTheCalendarsOwner) {
  share(home(kAnna), kBerta, kReadAll);
  EventData event = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z");
  put(event);
  calendar::Alarm alarm;
  alarm.id = 77;
  as(kAdmin).write([&](model::Transaction& transaction) {
    calendar::store::replace_alarms(transaction.connection(), kContext, event.id, kAnna, std::array{alarm});
  });
  const auto seen = calendar::list_folder(as(kBerta), home(kAnna), july());
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].event.alarms.size(), 1U);
  EXPECT_TRUE(seen[0].has(EventFlag::Alarms));
}

TEST_F(EventLists, TooManyEventsAreRefused) {
  put(series(kAnna, "s", "20200101T090000Z", "20200101T100000Z", "FREQ=DAILY"));
  ReadOptions options{.range = days("20200101", "20200601"), .expand = true, .most = 100};
  EXPECT_EQ(refusal([&] { calendar::list_folder(as(kAnna), home(kAnna), options); }), "CAL-5072");
  options.most = 0;
  EXPECT_EQ(calendar::list_folder(as(kAnna), home(kAnna), options).size(), 152U);
}

TEST_F(EventLists, OwnEventsAreWhereverOneTakesPart) {
  const FolderId open = public_folder(kAuthor);
  const FolderId second = second_calendar(kBerta);
  EventData invited = meeting(kAnna, "invited", "20240710T090000Z", "20240710T100000Z");
  invite(invited, kBerta);
  put(invited);
  EventData common = meeting(kAnna, "public", "20240711T090000Z", "20240711T100000Z", open);
  invite(common, kBerta);
  put(common);
  put(meeting(kAnna, "public of others", "20240711T090000Z", "20240711T100000Z", open));
  EventData alone = meeting(kBerta, "alone", "20240712T090000Z", "20240712T100000Z", second);
  alone.attendees.clear();
  alone.calendar_user = kBerta;
  put(alone);
  const auto seen = calendar::list_own(as(kBerta), july());
  EXPECT_EQ(summaries(seen), (Names{"invited", "public", "alone"}));
  EXPECT_EQ(seen[0].event.folder, home(kBerta));
  EXPECT_EQ(seen[1].event.folder, open);
  EXPECT_EQ(seen[2].event.folder, second);
}

TEST_F(EventLists, UnansweredSeriesComeOnceUnlessAnOccurrenceWasMoved) {
  EventData daily = series(kAnna, "daily", "20240710T090000Z", "20240710T100000Z", "FREQ=DAILY;COUNT=4");
  invite(daily, kBerta);
  put(daily);
  put(exception(daily, "20240711T090000Z"));
  EventData moved = exception(daily, "20240712T090000Z");
  moved.summary = "moved";
  moved.start.local.seconds += 3'600;
  moved.end.local.seconds += 3'600;
  put(moved);
  EventData answered = meeting(kAnna, "answered", "20240710T090000Z", "20240710T100000Z");
  invite(answered, kBerta, PartStat::Tentative);
  put(answered);
  EXPECT_EQ(summaries(calendar::list_needs_action(as(kBerta), july(true))), (Names{"daily", "moved"}));
  EXPECT_EQ(summaries(calendar::list_needs_action(as(kAnna), july())), Names());
}

TEST_F(EventLists, SearchFindsWhatIsSeen) {
  share(home(kAnna), kBerta, kReadAll);
  const FolderId open = public_folder(kAuthor);
  put(meeting(kAnna, "Budget Müller", "20240710T090000Z", "20240710T100000Z"));
  put(meeting(kCarl, "Budget public", "20240711T090000Z", "20240711T100000Z", open));
  put(meeting(kCarl, "Budget of Carl", "20240711T090000Z", "20240711T100000Z"));
  EventData block = meeting(kAnna, "Budget secret", "20240711T090000Z", "20240711T100000Z");
  block.classification = calendar::Classification::Confidential;
  put(block);
  EventData invited = meeting(kAnna, "Budget invited", "20240712T090000Z", "20240712T100000Z");
  invite(invited, kBerta);
  put(invited);
  const auto find = [&](const char* pattern, const std::vector<FolderId>& folders = {}) {
    return summaries(calendar::search(as(kBerta), pattern, folders, {}));
  };
  EXPECT_EQ(find("budget"), (Names{"Budget Müller", "Budget public", "Budget invited", "Budget invited"}));
  EXPECT_EQ(find("*muller"), (Names{"Budget Müller"}));
  EXPECT_EQ(find("budget", {open}), (Names{"Budget public"}));
  EXPECT_EQ(find("Private"), Names());
  EXPECT_EQ(find("nothing"), Names());
  EXPECT_EQ(refusal([&] { find("budget", {home(kCarl)}); }), "FLD-0003");
  database.settings.limits.minimum_search_characters = 3;
  EXPECT_EQ(refusal([&] { find("b*"); }), "CAL-4062");
}

TEST_F(EventLists, AlarmsAreDueInTheirOrder) {
  EventData event = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z");
  put(event);
  using calendar::store::Trigger;
  const FolderId place = home(kAnna);
  as(kAdmin).write([&](model::Transaction& transaction) {
    calendar::store::replace_triggers(
        transaction.connection(), kContext, event.id,
        std::array{Trigger{kAnna, 1, event.id, "", Millis{30}, "DISPLAY", place},
                   Trigger{kAnna, 2, event.id, "20240710T090000Z", Millis{20}, "AUDIO", place},
                   Trigger{kAnna, 3, event.id, "", Millis{10}, "EMAIL", place},
                   Trigger{kBerta, 4, event.id, "", Millis{10}, "DISPLAY", place},
                   Trigger{kAnna, 5, event.id, "", Millis{40}, "DISPLAY", place}});
  });
  const auto due = [&](const std::vector<std::string>& actions) {
    std::vector<std::int64_t> ids;
    for (const auto& pending : calendar::pending_alarms(as(kAnna), Millis{40}, actions))
      ids.push_back(pending.alarm);
    return ids;
  };
  EXPECT_EQ(due({"DISPLAY", "AUDIO"}), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(due({}), (std::vector<std::int64_t>{3, 2, 1}));
  const auto pending = calendar::pending_alarms(as(kAnna), Millis{25}, std::array<std::string, 1>{"AUDIO"});
  ASSERT_EQ(pending.size(), 1U);
  EXPECT_EQ(pending[0].recurrence_id, at("20240710T090000Z"));
  EXPECT_EQ(pending[0].folder, place);
  EXPECT_EQ(pending[0].action, "AUDIO");
}

}  // namespace
}  // namespace gw::test
