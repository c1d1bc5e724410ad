#include "calendars/birthdays/birthday_calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "calendars/birthdays/birthday_event.hpp"
#include "calendars/calendars.hpp"
#include "model/folders/account_folders.hpp"
#include "unit/lib/model/calendar/agenda.hpp"

namespace gw::calendars::birthdays {
namespace {

using namespace gw::test;
namespace contacts = model::contacts;

constexpr FolderId kFolder = folders::kBirthdayFolder;

class Birthdays : public Agenda {
 protected:
  FolderId book(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).contacts_folder;
  }
  ObjectId born(UserId user, const std::string& name, const std::string& day, const std::string& more = "") {
    const Date date = *parse_iso_date(day);
    const std::string text = "{'folder_id':'" + std::to_string(book(user).value) + "','display_name':'" +
                             name + "','birthday':" + std::to_string(date.to_millis()) + more + "}";
    return contacts::create(as(user), contacts::parse_contact(json(text), true)).id;
  }
  std::vector<SeenEvent> list(UserId user, const std::string& from, const std::string& until,
                              bool expand = true) {
    return birthdays_.list(as(user), kFolder, {.range = days(from, until), .expand = expand});
  }
  Names shown(UserId user, const std::string& from, const std::string& until) {
    return summaries(list(user, from, until));
  }

  BirthdayCalendar birthdays_;
};

TEST_F(Birthdays, ComeEveryYearWithTheAge) {
  born(kAnna, "Zoe", "1990-03-01");
  born(kAnna, "Ann", "2000-12-31");
  born(kAnna, "Old", "1604-06-01");
  born(kAnna, "Leap", "1996-02-29");
  EXPECT_EQ(shown(kAnna, "20240101T000000Z", "20250101T000000Z"),
            (Names{"Leap (28)", "Zoe (34)", "Old", "Ann (24)"}));
  EXPECT_EQ(starts(list(kAnna, "20250201T000000Z", "20250302T000000Z")), (Names{"20250228", "20250301"}));
  EXPECT_EQ(starts(list(kAnna, "20240201T000000Z", "20240301T000000Z")), (Names{"20240229"}));
  // Over the end of a year, and before anybody was born.
  EXPECT_EQ(shown(kAnna, "20241230T000000Z", "20250102T000000Z"), (Names{"Ann (24)"}));
  EXPECT_EQ(shown(kAnna, "19500101T000000Z", "19510101T000000Z"), (Names{"Old"}));
  // Series, where occurrences are not asked for.
  const auto series = list(kAnna, "20240201T000000Z", "20240302T000000Z", false);
  ASSERT_EQ(series.size(), 2U);
  for (const SeenEvent& seen : series) {
    EXPECT_TRUE(seen.event.rrule && seen.event.is_transparent);
    EXPECT_EQ(seen.event.series, seen.event.id);
    EXPECT_TRUE(seen.has(EventFlag::Series) && seen.has(EventFlag::Transparent));
  }
}

TEST_F(Birthdays, AreThoseOfContactsThatTheUserReads) {
  const ObjectId own = born(kAnna, "Own", "1990-05-01");
  const ObjectId hidden = born(kBerta, "Hidden", "1990-05-01", ",'private_flag':true");
  const ObjectId others = born(kBerta, "Others", "1990-05-01");
  EXPECT_EQ(shown(kAnna, "20240501T000000Z", "20240502T000000Z"), (Names{"Own (34)"}));
  share(book(kBerta), kAnna, kReadAll);
  EXPECT_EQ(shown(kAnna, "20240501T000000Z", "20240502T000000Z"), (Names{"Own (34)", "Others (34)"}));

  const calendar::EventRef ref{kFolder, own, at("20240501")};
  EXPECT_EQ(birthdays_.get(as(kAnna), ref, calendar::EventFields::all()).event.summary, "Own (34)");
  EXPECT_EQ(birthdays_.get(as(kAnna), {kFolder, own, {}}, calendar::EventFields::all()).event.summary, "Own");
  EXPECT_EQ(refusal([&] { birthdays_.get(as(kAnna), {kFolder, hidden, {}}, {}); }), "CAL-4040");
  EXPECT_EQ(refusal([&] { birthdays_.get(as(kAnna), {kFolder, own, at("20240502")}, {}); }), "CAL-4042");
  const std::array refs{calendar::EventRef{kFolder, others, {}}, calendar::EventRef{kFolder, hidden, {}},
                        ref};
  EXPECT_EQ(summaries(birthdays_.list_refs(as(kAnna), refs, calendar::EventFields::all())),
            (Names{"Others", "Own (34)"}));
}

TEST_F(Birthdays, UpdatesFollowTheContacts) {
  const ObjectId stays = born(kAnna, "Stays", "1990-05-01");
  const ObjectId goes = born(kAnna, "Goes", "1990-06-01");
  const ObjectId loses = born(kAnna, "Loses", "1990-07-01");
  database.clock.advance(1'000);
  const Millis since = model::last_stamp(as(kAnna).connection(), kContext);
  EXPECT_TRUE(birthdays_.updates(as(kAnna), kFolder, since, {}).changed.empty());
  const auto change = [&](ObjectId id, const std::string& text) {
    contacts::update(as(kAnna), {book(kAnna), id}, contacts::parse_contact(json(text), false),
                     contacts::kAnyVersion);
  };
  change(stays, "{'display_name':'Changed'}");
  change(loses, "{'birthday':null}");
  contacts::remove(as(kAnna), std::array{contacts::ContactRef{book(kAnna), goes}}, contacts::kAnyVersion);
  const auto updates = birthdays_.updates(as(kAnna), kFolder, since, {});
  EXPECT_EQ(summaries(updates.changed), (Names{"Changed"}));
  std::vector<ObjectId> removed;
  for (const calendar::EventRef& ref : updates.removed) removed.push_back(ref.event);
  std::sort(removed.begin(), removed.end());
  EXPECT_EQ(removed, (std::vector{goes, loses}));
  EXPECT_GT(updates.timestamp, since);
}

TEST_F(Birthdays, RemindTheirReader) {
  const ObjectId id = born(kAnna, "Ann", "1990-12-01");
  const calendar::EventRef ref{kFolder, id, {}};
  calendar::Alarm alarm;
  alarm.offset_seconds = -86'400;
  const auto result = birthdays_.update_alarms(as(kAnna), ref, std::array{alarm}, {});
  ASSERT_EQ(result.updated.at(0).event.alarms.size(), 1U);
  const std::int64_t number = result.updated[0].event.alarms[0].id;
  EXPECT_TRUE(result.updated[0].has(EventFlag::Alarms));
  const Calendars all{std::nullopt};
  const Names actions{"DISPLAY"};
  const auto pending = [&] {
    return all.pending_alarms(as(kAnna), {database.clock.now().value + 400LL * 86'400'000}, actions);
  };
  // The clock stands at 14 November 2023.
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_EQ(pending()[0].folder, kFolder);
  EXPECT_EQ(pending()[0].at, instant("20231130T000000Z"));
  birthdays_.snooze_alarm(as(kAnna), ref, number, Milliseconds(60'000));
  ASSERT_EQ(pending().size(), 2U);
  database.clock.advance(20LL * 86'400'000);
  birthdays_.acknowledge_alarm(as(kAnna), ref, number);
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_EQ(pending()[0].at, instant("20241130T000000Z"));
  EXPECT_EQ(refusal([&] { birthdays_.acknowledge_alarm(as(kAnna), ref, 999'999); }), "CAL-4049");
  contacts::remove(as(kAnna), std::array{contacts::ContactRef{book(kAnna), id}}, contacts::kAnyVersion);
  EXPECT_TRUE(pending().empty());
}

TEST_F(Birthdays, KeepTheirSettings) {
  EXPECT_EQ(refusal([&] { birthdays_.create(as(kAnna), {}); }), "CAL-4228");
  CalendarInput input;
  input.is_subscribed = false;
  input.properties = json("{'color':{'value':'red'}}");
  birthdays_.change(as(kAnna), kFolder, input);
  EXPECT_FALSE(birthdays_.folder_node(as(kAnna), "de_DE").is_subscribed);
  EXPECT_EQ(birthdays_.folder_node(as(kAnna), "de_DE").title, "Geburtstage");
  EXPECT_TRUE(birthdays_.folder_node(as(kBerta), "en_US").is_subscribed);
  EXPECT_EQ(calendar::list_properties(as(kAnna).connection(), kContext, kAnna)[kFolder].color, "red");
  input.properties = json("{'scheduleTransp':{'value':'OPAQUE'}}");
  EXPECT_EQ(refusal([&] { birthdays_.change(as(kAnna), kFolder, input); }), "CAL-4228");
}

}  // namespace
}  // namespace gw::calendars::birthdays
