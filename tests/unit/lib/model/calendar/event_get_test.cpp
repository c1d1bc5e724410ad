#include "agenda.hpp"

namespace gw::test {
namespace {

using calendar::EventRef;

class EventGet : public Agenda {
 protected:
  EventGet() {
    daily_ = series(kAnna, "daily", "Europe/Berlin:20240710T090000", "Europe/Berlin:20240710T100000",
                    "FREQ=DAILY;COUNT=5");
    daily_.delete_exception_dates = {at("Europe/Berlin:20240711T090000")};
    invite(daily_, kBerta);
    put(daily_);
    changed_ = exception(daily_, "20240712T070000Z");
    changed_.summary = "changed";
    put(changed_);
    hidden_ = exception(daily_, "20240713T070000Z");
    hidden_.attendees[1].is_hidden = true;
    put(hidden_);
  }

  SeenEvent read(UserId user, ObjectId id, const std::string& recurrence_id = {}) {
    return calendar::get(as(user), ref(user, id, recurrence_id));
  }
  std::string refused(UserId user, ObjectId id, const std::string& recurrence_id = {}) {
    return refusal([&] { read(user, id, recurrence_id); });
  }
  EventRef ref(UserId user, ObjectId id, const std::string& recurrence_id = {}) {
    return {home(user), id, recurrence_id.empty() ? std::nullopt : std::optional(at(recurrence_id))};
  }

  EventData daily_, changed_, hidden_;
};

TEST_F(EventGet, TheMasterIsReadWithoutARecurrenceId) {
  const SeenEvent seen = read(kAnna, daily_.id);
  EXPECT_EQ(seen.event.rrule, daily_.rrule);
  EXPECT_EQ(seen.event.folder, home(kAnna));
  EXPECT_EQ(seen.event.attendees.size(), 2U);
  EXPECT_EQ(calendar::format_times(seen.event.change_exception_dates),
            "Europe/Berlin:20240712T090000,Europe/Berlin:20240713T090000");
  EXPECT_EQ(read(kBerta, daily_.id).event.folder, home(kBerta));
}

TEST_F(EventGet, OccurrencesAreReadByTheSeries) {
  const SeenEvent seen = read(kAnna, daily_.id, "20240714T070000Z");
  EXPECT_EQ(format_time(seen.event.start), "Europe/Berlin:20240714T090000");
  EXPECT_FALSE(seen.event.rrule);
  EXPECT_TRUE(seen.has(EventFlag::LastOccurrence));
  EXPECT_EQ(read(kAnna, daily_.id, "Europe/Berlin:20240714T090000").event.start, seen.event.start);
  EXPECT_EQ(refused(kAnna, daily_.id, "20240711T070000Z"), "CAL-4042");
  EXPECT_EQ(refused(kAnna, daily_.id, "20240714T080000Z"), "CAL-4042");
  EXPECT_EQ(refused(kAnna, daily_.id, "20240720T070000Z"), "CAL-4042");
}

TEST_F(EventGet, ExceptionsAreReadByTheSeriesAndByThemselves) {
  EXPECT_EQ(read(kAnna, daily_.id, "20240712T070000Z").event.id, changed_.id);
  EXPECT_EQ(read(kAnna, changed_.id).event.summary, "changed");
  EXPECT_EQ(read(kAnna, changed_.id, "20240712T070000Z").event.summary, "changed");
  EXPECT_EQ(refused(kAnna, changed_.id, "20240714T070000Z"), "CAL-4042");
  EXPECT_EQ(read(kAnna, daily_.id, "20240713T070000Z").event.id, hidden_.id);
  EXPECT_EQ(refused(kBerta, daily_.id, "20240713T070000Z"), "CAL-4042");
}

TEST_F(EventGet, RefusalsTellNoMoreThanTheCallerKnows) {
  EXPECT_EQ(refused(kAnna, ObjectId(99'999)), "CAL-4040");
  EXPECT_EQ(refused(kCarl, daily_.id), "CAL-4040");
  const FolderId second = second_calendar(kAnna);
  EXPECT_EQ(refusal([&] { calendar::get(as(kAnna), {second, daily_.id, {}}); }), "CAL-4041");
  EXPECT_EQ(refusal([&] { calendar::get(as(kCarl), {home(kAnna), daily_.id, {}}); }), "FLD-0003");
  share(home(kAnna), kCarl, kOwnOnly);
  EXPECT_EQ(refusal([&] { calendar::get(as(kCarl), {home(kAnna), daily_.id, {}}); }), "CAL-4030");
}

TEST_F(EventGet, PrivateOnesDoNotExistForOthers) {
  share(home(kAnna), kCarl, kReadAll);
  share(home(kAnna), kBerta, kOwnOnly);
  EventData secret = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z");
  secret.classification = calendar::Classification::Private;
  put(secret);
  EXPECT_EQ(refusal([&] { calendar::get(as(kCarl), {home(kAnna), secret.id, {}}); }), "CAL-4040");
  EXPECT_EQ(refusal([&] { calendar::get(as(kBerta), {home(kAnna), secret.id, {}}); }), "CAL-4040");
  EXPECT_EQ(calendar::get(as(kAnna), {home(kAnna), secret.id, {}}).event.summary, "x");
}

TEST_F(EventGet, WhoTakesPartReadsWithoutSeeingTheFolder) {
  const FolderId closed = public_folder({0, 0, 0, 0, false});
  EventData event = meeting(kAnna, "x", "20240710T090000Z", "20240710T100000Z", closed);
  put(event);
  EXPECT_EQ(calendar::get(as(kAnna), {closed, event.id, {}}).event.folder, closed);
  EXPECT_EQ(refusal([&] { calendar::get(as(kBerta), {closed, event.id, {}}); }), "FLD-0003");
}

TEST_F(EventGet, ListsKeepTheOrderAndSkipWhatCannotBeRead) {
  const std::vector<EventRef> refs{ref(kBerta, daily_.id, "20240714T070000Z"),
                                   ref(kBerta, ObjectId(99'999)),
                                   ref(kBerta, daily_.id, "20240712T070000Z"),
                                   ref(kBerta, daily_.id, "20240713T070000Z"),
                                   ref(kAnna, daily_.id),
                                   ref(kBerta, daily_.id),
                                   ref(kBerta, daily_.id, "20240711T070000Z")};
  const auto seen = calendar::list_refs(as(kBerta), refs, calendar::EventFields::all());
  EXPECT_EQ(summaries(seen), (Names{"daily", "changed", "daily"}));
  EXPECT_EQ(starts(seen), (Names{"20240714T070000Z", "20240712T070000Z", "20240710T070000Z"}));
}

TEST_F(EventGet, UidsAndIdsAreResolvedFromOnesOwnView) {
  const auto find = [&](UserId user, const std::string& name) {
    return calendar::resolve(as(user), name, calendar::EventFields::all());
  };
  ASSERT_TRUE(find(kBerta, daily_.uid));
  EXPECT_EQ(find(kBerta, daily_.uid)->event.folder, home(kBerta));
  EXPECT_EQ(find(kBerta, daily_.uid)->event.id, daily_.id);
  EXPECT_EQ(find(kAnna, std::to_string(changed_.id.value))->event.id, changed_.id);
  EXPECT_FALSE(find(kCarl, daily_.uid));
  EXPECT_FALSE(find(kAnna, "nothing"));
  share(home(kAnna), kCarl, kReadAll);
  EXPECT_EQ(find(kCarl, daily_.uid)->event.folder, home(kAnna));
}

TEST_F(EventGet, OfCopiesOfOneMeetingEveryoneGetsHisOwn) {
  for (const UserId user : {kAnna, kBerta}) {
    EventData copy = meeting(user, "outside", "20240710T090000Z", "20240710T100000Z");
    copy.uid = "outside";
    copy.organizer->entity = 0;
    put(copy);
  }
  share(home(kAnna), kBerta, kReadAll);
  EXPECT_EQ(calendar::resolve(as(kBerta), "outside", calendar::EventFields::all())->event.folder,
            home(kBerta));
}

TEST_F(EventGet, ExceptionsOfASeriesAreListedAsTheFolderShowsThem) {
  EXPECT_EQ(calendar::list_exceptions(as(kAnna), home(kAnna), daily_.id, calendar::EventFields::all()).size(),
            2U);
  const auto of_berta =
      calendar::list_exceptions(as(kBerta), home(kBerta), daily_.id, calendar::EventFields::all());
  EXPECT_EQ(summaries(of_berta), (Names{"changed"}));
}

}  // namespace
}  // namespace gw::test
