// Finding events by several conditions.
#include "agenda.hpp"
#include "model/attachments/attachment_store.hpp"
#include "model/calendar/event_query.hpp"

namespace gw::test {
namespace {

using calendar::EventQuery;
using calendar::EventText;

class EventFind : public Agenda {
 protected:
  Names found(UserId user, const EventQuery& query, const calendar::ReadOptions& options = {}) {
    Names names = summaries(calendar::find(as(user), query, options));
    std::sort(names.begin(), names.end());
    return names;
  }
  static EventQuery words(std::vector<EventText> in, const std::string& pattern) {
    return {.words = {{std::move(in), pattern}}};
  }
  void attach(const EventData& event, const std::string& name) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      model::attachments::Attachment file;
      file.id = transaction.next_id();
      file.attached = event.id.value;
      file.module = static_cast<std::int64_t>(model::attachments::ParentModule::Appointment);
      file.filename = name;
      file.file_mimetype = "text/plain";
      file.file_id = "x";
      model::attachments::store::insert(transaction.connection(), kContext, file);
      calendar::store::set_attachments(transaction.connection(), kContext, event.id, 1, {}, kAdmin,
                                       transaction.stamp());
    });
  }
  static EventQuery with(UserId user) {
    EventQuery query;
    query.participants.emplace_back().users = {user.value};
    return query;
  }
};

TEST_F(EventFind, EachTextIsLookedForWhereItIsAskedFor) {
  EventData a = meeting(kAnna, "Caf\xC3\xA9", "20240710T090000Z", "20240710T100000Z");
  a.location = "Gr\xC3\xBCner Weg 1";
  EventData b = meeting(kAnna, "b", "20240711T090000Z", "20240711T100000Z");
  b.description = "See the caf\xC3\xA9 100%";
  EventData c = meeting(kAnna, "c", "20240712T090000Z", "20240712T100000Z");
  c.categories = {"Private", "Cafe"};
  for (EventData* event : {&a, &b, &c}) put(*event);
  EXPECT_EQ(found(kAnna, words({EventText::Summary}, "CAFE")), (Names{"Caf\xC3\xA9"}));
  EXPECT_EQ(found(kAnna, words({EventText::Location}, "gruner")), (Names{"Caf\xC3\xA9"}));
  EXPECT_EQ(found(kAnna, words({EventText::Description}, "cafe")), (Names{"b"}));
  EXPECT_EQ(found(kAnna, words({EventText::Description}, "0%")), (Names{"b"}));
  EXPECT_EQ(found(kAnna, words({EventText::Summary, EventText::Description, EventText::Categories}, "cafe")),
            (Names{"Caf\xC3\xA9", "b", "c"}));
  EventQuery both = words({EventText::Summary}, "cafe");
  both.words.push_back({{EventText::Location}, "weg"});
  EXPECT_EQ(found(kAnna, both), (Names{"Caf\xC3\xA9"}));
  both.words.push_back({{EventText::Location}, "street"});
  EXPECT_EQ(found(kAnna, both), Names());
  EXPECT_EQ(found(kAnna, words({EventText::Summary}, "_")), Names());
  EXPECT_EQ(found(kBerta, words({EventText::Summary}, "cafe")), Names());
  // A change is found by its new words, not by its old ones.
  b.description = "nothing";
  rewrite(b);
  EXPECT_EQ(found(kAnna, words({EventText::Description}, "cafe")), Names());
  EXPECT_EQ(found(kAnna, words({EventText::Description}, "noth")), (Names{"b"}));
}

TEST_F(EventFind, PeopleAnswersSeriesAndTimesAreConditions) {
  EventData together = meeting(kAnna, "together", "20240710T090000Z", "20240710T100000Z");
  invite(together, kBerta, PartStat::Declined);
  put(together);
  EventData outside = meeting(kAnna, "outside", "20240711T090000Z", "20240711T100000Z");
  calendar::Attendee guest;
  guest.uri = "mailto:Jo@Elsewhere.test";
  guest.email = "Jo@Elsewhere.test";
  guest.cn = "Jo O'Neill";
  outside.attendees.push_back(guest);
  put(outside);
  put(series(kAnna, "weekly", "20240603T090000Z", "20240603T100000Z", "FREQ=WEEKLY"));

  EXPECT_EQ(found(kAnna, with(kBerta)), (Names{"together"}));
  EXPECT_EQ(found(kAnna, with(kCarl)), Names());
  EXPECT_EQ(found(kAnna, with(kAnna)), (Names{"outside", "together", "weekly"}));
  EventQuery by_address, by_name;
  by_address.participants.emplace_back().add_address("JO@elsewhere.test");
  by_name.participants.emplace_back().add_piece("o'ne");
  EXPECT_EQ(found(kAnna, by_address), (Names{"outside"}));
  EXPECT_EQ(found(kAnna, by_name), (Names{"outside"}));

  EXPECT_EQ(found(kBerta, {.answers = {PartStat::Declined}}), (Names{"together"}));
  EXPECT_EQ(found(kBerta, {.answers = {PartStat::Accepted}}), Names());
  EXPECT_EQ(found(kAnna, {.is_series = true}), (Names{"weekly"}));
  EXPECT_EQ(found(kAnna, {.is_series = false}), (Names{"outside", "together"}));
  EXPECT_EQ(found(kAnna, {}, {.range = days("20240711", "20240712")}), (Names{"outside"}));
  EXPECT_EQ(found(kAnna, {}, {.range = days("20240101", "20240601")}), Names());
}

TEST_F(EventFind, NothingHiddenIsFoundByWhatItSays) {
  EventData secret = meeting(kAnna, "secret", "20240710T090000Z", "20240710T100000Z");
  secret.classification = calendar::Classification::Private;
  secret.location = "Room";
  put(secret);
  EventData shown = meeting(kAnna, "shown", "20240711T090000Z", "20240711T100000Z");
  shown.location = "Room";
  put(shown);
  share(home(kAnna), kBerta, {2, 2, 0, 0, false});
  const EventQuery room = words({EventText::Location}, "room");
  EXPECT_EQ(found(kAnna, room), (Names{"secret", "shown"}));
  EXPECT_EQ(found(kBerta, room), (Names{"shown"}));
  EXPECT_EQ(found(kBerta, with(kAnna)), (Names{"shown"}));
  EventQuery there = room;
  there.folders.emplace({home(kAnna)});
  EXPECT_EQ(found(kBerta, there), (Names{"shown"}));
  there.folders.emplace();
  EXPECT_EQ(found(kAnna, there), Names());
  there.folders.emplace({home(kAnna)});
  EXPECT_EQ(refusal([&] { found(kCarl, there); }), "FLD-0003");
}

TEST_F(EventFind, NamesOfFilesAreSearchedWhereTheEventIsSeenWhole) {
  EventData plan = meeting(kAnna, "plan", "20240710T090000Z", "20240710T100000Z");
  EventData weekly = series(kAnna, "weekly", "20240603T090000Z", "20240603T100000Z", "FREQ=WEEKLY");
  EventData block = meeting(kAnna, "block", "20240711T090000Z", "20240711T100000Z");
  block.classification = calendar::Classification::Confidential;
  for (EventData* event : {&plan, &weekly, &block}) put(*event);
  EventData moved = exception(weekly, "20240610T090000Z");
  moved.summary = "moved";
  put(moved);
  attach(plan, "Budg\xC3\xA9t 2024.ods");
  attach(weekly, "agenda.txt");
  attach(block, "budget secret.ods");
  const auto named = [&](const std::string& pattern) { return words({EventText::Attachments}, pattern); };
  EXPECT_EQ(found(kAnna, named("BUDGET")), (Names{"block", "plan"}));
  EXPECT_EQ(found(kAnna, named("agenda")), (Names{"moved", "weekly"}));
  EXPECT_EQ(found(kAnna, words({EventText::Summary, EventText::Attachments}, "budget")),
            (Names{"block", "plan"}));
  EXPECT_EQ(found(kAnna, words({EventText::Summary, EventText::Attachments}, "week")), (Names{"weekly"}));
  EXPECT_EQ(found(kAnna, words({EventText::Summary}, "budget")), Names());
  EXPECT_EQ(found(kAnna, named("2%4")), Names());
  EventQuery both = named("agenda");
  both.words.push_back({{EventText::Summary}, "mov"});
  EXPECT_EQ(found(kAnna, both), (Names{"moved"}));
  share(home(kAnna), kBerta, kReadAll);
  EXPECT_EQ(found(kBerta, named("budget")), (Names{"plan"}));
  // Rows of before the names were kept folded.
  database.pool->acquire()->execute("UPDATE attachments SET filename_fold=NULL WHERE cid=?", kContext);
  EXPECT_EQ(found(kAnna, named("budget")), (Names{"block", "plan"}));
  EXPECT_EQ(found(kAnna, named("nothing")), Names());
}

TEST_F(EventFind, ShortPatternsAndTooManyEventsAreRefused) {
  for (int i = 0; i < 3; ++i) put(meeting(kAnna, "e", "20240710T090000Z", "20240710T100000Z"));
  EXPECT_EQ(refusal([&] { found(kAnna, {}, {.most = 2}); }), "CAL-5072");
  EXPECT_EQ(found(kAnna, {}, {.most = 3}).size(), 3U);
  database.settings.limits.minimum_search_characters = 3;
  EXPECT_EQ(refusal([&] { found(kAnna, words({EventText::Summary}, "ab*")); }), "CAL-4062");
}

}  // namespace
}  // namespace gw::test
