#include "agenda.hpp"
#include "model/calendar/calendar_properties.hpp"

namespace gw::test {
namespace {

using calendar::Attendee;
using calendar::AttendeeBusy;
using calendar::BusyType;

class FreeBusy : public Agenda {
 protected:
  static Attendee asked(UserId user) {
    Attendee attendee;
    attendee.entity = user.value;
    return attendee;
  }
  std::vector<AttendeeBusy> ask(UserId caller, const std::vector<Attendee>& attendees, ObjectId masked = {},
                                bool is_merged = false) {
    return calendar::free_busy(as(caller), attendees, days("20240701", "20240801"), masked, is_merged);
  }
  static Names texts(const AttendeeBusy& busy) {
    Names texts;
    for (const auto& slot : busy.slots)
      texts.push_back(format_basic_utc(slot.from) + ":" + std::to_string(static_cast<int>(slot.type)) +
                      (slot.event ? ":" + slot.event->event.summary.value_or("-") : ""));
    return texts;
  }
};

TEST_F(FreeBusy, SlotsAreSeenByAllAndDetailsByReaders) {
  put(meeting(kAnna, "public", "20240710T090000Z", "20240710T100000Z"));
  EventData block = meeting(kAnna, "confidential", "20240711T090000Z", "20240711T100000Z");
  block.classification = calendar::Classification::Confidential;
  put(block);
  EventData secret = meeting(kAnna, "private", "20240712T090000Z", "20240712T100000Z");
  secret.classification = calendar::Classification::Private;
  put(secret);
  EXPECT_EQ(texts(ask(kBerta, {asked(kAnna)})[0]), (Names{"20240710T090000Z:2", "20240711T090000Z:2"}));
  EXPECT_EQ(
      texts(ask(kAnna, {asked(kAnna)})[0]),
      (Names{"20240710T090000Z:2:public", "20240711T090000Z:2:confidential", "20240712T090000Z:2:private"}));
  share(home(kAnna), kBerta, kReadAll);
  EXPECT_EQ(texts(ask(kBerta, {asked(kAnna)})[0]),
            (Names{"20240710T090000Z:2:public", "20240711T090000Z:2"}));
}

TEST_F(FreeBusy, AnswersAndStatusGiveTheType) {
  const auto with = [&](const char* start, PartStat part_stat, auto change) {
    EventData event = meeting(kAnna, "x", start, start);
    event.end.local.seconds += 3'600;
    invite(event, kBerta, part_stat);
    change(event);
    put(event);
  };
  with("20240701T090000Z", PartStat::Accepted, [](EventData&) {});
  with("20240702T090000Z", PartStat::Tentative, [](EventData&) {});
  with("20240703T090000Z", PartStat::Declined, [](EventData&) {});
  with("20240704T090000Z", PartStat::NeedsAction,
       [](EventData& event) { event.status = calendar::EventStatus::Tentative; });
  with("20240705T090000Z", PartStat::Accepted, [](EventData& event) { event.is_transparent = true; });
  with("20240706T090000Z", PartStat::Accepted, [](EventData& event) {
    event.is_transparent = true;
    event.attendees[1].is_transparent = false;
  });
  with("20240707T090000Z", PartStat::Accepted,
       [](EventData& event) { event.status = calendar::EventStatus::Cancelled; });
  EXPECT_EQ(texts(ask(kCarl, {asked(kBerta)})[0]),
            (Names{"20240701T090000Z:2", "20240702T090000Z:1", "20240704T090000Z:1", "20240705T090000Z:0",
                   "20240706T090000Z:2"}));
}

TEST_F(FreeBusy, SeriesAreExpandedAndMayBeMasked) {
  EventData daily = series(kAnna, "daily", "Europe/Berlin:20240710T090000", "Europe/Berlin:20240710T100000",
                           "FREQ=DAILY;COUNT=4");
  daily.delete_exception_dates = {at("Europe/Berlin:20240711T090000")};
  put(daily);
  EventData moved = exception(daily, "20240712T070000Z");
  moved.start.local.seconds += 3'600;
  moved.end.local.seconds += 3'600;
  put(moved);
  EXPECT_EQ(texts(ask(kBerta, {asked(kAnna)})[0]),
            (Names{"20240710T070000Z:2", "20240712T080000Z:2", "20240713T070000Z:2"}));
  EXPECT_EQ(texts(ask(kBerta, {asked(kAnna)}, daily.id)[0]), Names());
}

TEST_F(FreeBusy, MergedSlotsTellNoEvents) {
  put(meeting(kAnna, "a", "20240710T090000Z", "20240710T100000Z"));
  put(meeting(kAnna, "b", "20240710T093000Z", "20240710T110000Z"));
  const auto merged = ask(kAnna, {asked(kAnna)}, {}, true)[0];
  EXPECT_EQ(texts(merged), (Names{"20240710T090000Z:2"}));
  EXPECT_EQ(merged.slots[0].until, instant("20240710T110000Z"));
}

TEST_F(FreeBusy, RoomsAreTakenWhateverFor) {
  const sql::Lease lease = database.pool->acquire();
  lease->execute(
      "INSERT INTO resources (cid,id,name,display_name,mail,available,last_modified,created) VALUES "
      "(?,9,'room','Room','room@example.test',1,0,0)",
      kContext);
  EventData event = meeting(kAnna, "secret", "20240710T090000Z", "20240710T100000Z");
  event.classification = calendar::Classification::Private;
  book(event, 9);
  put(event);
  Attendee room;
  room.entity = 9;
  room.cu_type = calendar::CuType::Resource;
  const auto found = ask(kBerta, {room})[0];
  EXPECT_EQ(texts(found), (Names{"20240710T090000Z:2"}));
  EXPECT_FALSE(found.warning);
}

TEST_F(FreeBusy, ACalendarMayLeaveItsOwnerFree) {
  const FolderId second = second_calendar(kAnna);
  EventData event = meeting(kAnna, "free", "20240710T090000Z", "20240710T100000Z");
  invite(event, kBerta, PartStat::Accepted);
  event.attendees.front().folder = second;
  put(event);
  const auto set = [&](std::optional<bool> is_transparent) {
    as(kAnna).write([&](model::Transaction& transaction) {
      calendar::PropertyChange change;
      change.is_transparent = is_transparent;
      calendar::change_properties(transaction, second, change);
    });
  };
  set(true);
  EXPECT_EQ(texts(ask(kCarl, {asked(kAnna)})[0]), (Names{}));
  // Others who take part are as busy as ever, and so is she with her other calendar.
  EXPECT_EQ(texts(ask(kCarl, {asked(kBerta)})[0]), (Names{"20240710T090000Z:2"}));
  put(meeting(kAnna, "busy", "20240711T090000Z", "20240711T100000Z"));
  EXPECT_EQ(texts(ask(kCarl, {asked(kAnna)})[0]), (Names{"20240711T090000Z:2"}));
  set(std::nullopt);
  EXPECT_EQ(ask(kCarl, {asked(kAnna)})[0].slots.size(), 2U);
}

TEST_F(FreeBusy, OutsidersAndUnknownOnesGetAWarning) {
  Attendee outside;
  outside.uri = "mailto:somebody@elsewhere.test";
  Attendee by_mail;
  by_mail.uri = "mailto:anna@example.test";
  put(meeting(kAnna, "a", "20240710T090000Z", "20240710T100000Z"));
  const auto found = ask(kBerta, {outside, asked(UserId(999)), by_mail});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].warning && found[1].warning);
  EXPECT_TRUE(found[0].slots.empty());
  EXPECT_FALSE(found[2].warning);
  EXPECT_EQ(found[2].attendee.entity, kAnna.value);
  EXPECT_EQ(texts(found[2]), (Names{"20240710T090000Z:2"}));
}

}  // namespace
}  // namespace gw::test
