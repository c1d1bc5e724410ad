// When users can be reached: times as a whole, and the gaps between them.
#include "model/availability/availability_service.hpp"

#include <array>

#include "model/calendar/event_time.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::test {
namespace {

namespace availability = model::availability;
namespace calendar = model::calendar;
using availability::AvailableTime;

class Availability : public SampleContext {
 protected:
  Availability() : SampleContext({}) {}

  static calendar::EventTime time(const std::string& text) { return calendar::parse_time(text).value(); }
  static Millis instant(const std::string& text) { return calendar::instant_of(time(text), TimeZone::utc()); }
  static AvailableTime working_days(std::string uid = "") {
    AvailableTime made;
    made.uid = std::move(uid);
    made.start = time("Europe/Berlin:20240701T090000");
    made.end = time("Europe/Berlin:20240701T170000");
    made.rrule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
    return made;
  }
  std::vector<std::pair<Millis, Millis>> gaps(UserId user, const std::string& from,
                                              const std::string& until) {
    std::vector<std::pair<Millis, Millis>> found;
    auto all = availability::unavailable(as(user), std::array{user}, {instant(from), instant(until)});
    for (const auto& gap : all[user]) found.emplace_back(gap.from, gap.until);
    return found;
  }
};

TEST_F(Availability, TimesAreReplacedAsAWholeAndKeepTheirIds) {
  availability::replace_own(as(kAnna), {working_days("a"), working_days("b"), working_days()});
  const auto first = availability::list_own(as(kAnna));
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0].start, time("Europe/Berlin:20240701T090000"));
  EXPECT_FALSE(first[2].uid.empty());
  EXPECT_TRUE(availability::list_own(as(kBerta)).empty());
  availability::replace_own(as(kAnna), {working_days("b")});
  const auto second = availability::list_own(as(kAnna));
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].id, first[1].id);
  EXPECT_EQ(second[0].created, first[1].created);
  availability::replace_own(as(kAnna), {});
  EXPECT_TRUE(availability::list_own(as(kAnna)).empty());
}

TEST_F(Availability, WhatLiesOutsideIsUnavailable) {
  EXPECT_TRUE(gaps(kAnna, "20240701", "20240702").empty());
  availability::replace_own(as(kAnna), {working_days()});
  EXPECT_EQ(gaps(kAnna, "20240701", "20240702"),
            (std::vector<std::pair<Millis, Millis>>{{instant("20240701"), instant("20240701T070000Z")},
                                                    {instant("20240701T150000Z"), instant("20240702")}}));
  EXPECT_TRUE(gaps(kAnna, "20240701T080000Z", "20240701T090000Z").empty());
  EXPECT_EQ(gaps(kAnna, "20240706", "20240707").size(), 1U);
}

TEST_F(Availability, WrongTimesAreRefusedAndChangeNothing) {
  availability::replace_own(as(kAnna), {working_days("a")});
  AvailableTime backwards = working_days(), mixed = working_days(), odd = working_days(),
                hourly = working_days();
  backwards.end = time("Europe/Berlin:20240701T080000");
  mixed.end = time("20240702");
  odd.rrule = "FREQ=NEVER";
  hourly.rrule = "FREQ=HOURLY";
  EXPECT_EQ(refusal([&] { availability::replace_own(as(kAnna), {backwards}); }), "CAL-4221");
  EXPECT_EQ(refusal([&] { availability::replace_own(as(kAnna), {mixed}); }), "CAL-4229");
  EXPECT_EQ(refusal([&] { availability::replace_own(as(kAnna), {odd}); }), "CAL-4002");
  EXPECT_EQ(refusal([&] { availability::replace_own(as(kAnna), {hourly}); }), "CAL-4223");
  EXPECT_EQ(refusal([&] {
              availability::replace_own(as(kAnna), std::vector(availability::kMostTimes + 1, working_days()));
            }),
            "CAL-4006");
  EXPECT_EQ(availability::list_own(as(kAnna)).size(), 1U);
}

}  // namespace
}  // namespace gw::test
