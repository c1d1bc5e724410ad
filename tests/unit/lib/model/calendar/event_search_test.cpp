#include "model/calendar/event_search.hpp"

#include "agenda.hpp"
#include "core/text.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/event_places.hpp"

namespace gw::test {
namespace {

namespace store = calendar::store;

/// Passes everything on and keeps what is read.
class SpyConnection final : public sql::Connection {
 public:
  explicit SpyConnection(sql::Connection& real) : real_(real) {}
  [[nodiscard]] sql::Engine engine() const override { return real_.engine(); }
  sql::Statement& prepare(std::string_view sql) override {
    if (sql.starts_with("SELECT")) read.emplace_back(sql);
    return real_.prepare(sql);
  }
  void run_script(std::string_view sql) override { real_.run_script(sql); }
  void begin(sql::TransactionMode mode) override { real_.begin(mode); }
  void commit() override { real_.commit(); }
  void rollback() noexcept override { real_.rollback(); }
  [[nodiscard]] bool in_transaction() const override { return real_.in_transaction(); }
  [[nodiscard]] bool broken() const override { return real_.broken(); }
  bool ping() noexcept override { return real_.ping(); }
  std::vector<std::string> read;

 private:
  sql::Connection& real_;
};

class EventSearch : public Agenda {
 protected:
  /// Summaries, ascending.
  Names found(const store::Places& places, const store::Condition& condition) {
    Names summaries;
    for (const auto& hit : store::search(as(kAdmin).connection(), kContext, places, condition, {}))
      summaries.push_back(hit.row.event.summary.value_or("-"));
    std::sort(summaries.begin(), summaries.end());
    return summaries;
  }
  Names found(UserId user, const calendar::TimeRange& range) {
    return found({.takers = {user.value}}, {.range = range});
  }

  /// Rows that the engine fetched for one search of MySQL; 0 on SQLite.
  std::int64_t rows_read(sql::Connection& connection) {
    std::int64_t rows = 0;
    sql::Query row = connection.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
    while (row.next()) rows += parse_integer(row.text(1)).value_or(0);
    return rows;
  }

  /// Two events on each of so many days from 2023 on, of Anna: one in the folder, one of her own. The stamps
  /// ascend with the days. Gives the first one.
  Millis fill(FolderId folder, int number_of_days) {
    Millis first{};
    as(kAdmin).write([&](model::Transaction& transaction) {
      first = transaction.stamp(2 * number_of_days);
      for (int i = 0; i < 2 * number_of_days; ++i) {
        const std::int64_t day = i / 2;
        EventData event;
        event.id = ObjectId(transaction.next_id());
        event.folder = i % 2 == 0 ? folder : FolderId();
        event.uid = "u" + std::to_string(i);
        event.start = at("20230101T090000Z");
        event.start.local.seconds += day * LocalTime::kDaySeconds;
        event.end = event.start;
        event.end.local.seconds += 3'600;
        event.timestamp = Millis{first.value + day};
        event.attendees.resize(1);
        event.attendees[0].entity = kAnna.value;
        event.attendees[0].folder = event.folder ? FolderId() : FolderId(99);
        store::insert(transaction.connection(), kContext, event);
      }
    });
    return first;
  }

  /// How many are found, and that the engine reads little else: each hit once in the index and once as a row,
  /// a few more at the borders. SQLite names the index and what bounds it in its plan.
  std::size_t read_plainly(const store::Places& places, const store::Condition& condition,
                           const std::string& index) {
    sql::Connection& connection = as(kAnna).connection();
    SpyConnection spy(connection);
    const bool is_mysql = connection.engine() == sql::Engine::Mysql;
    const std::int64_t before = is_mysql ? rows_read(connection) : 0;
    const auto hits = store::search(spy, kContext, places, condition, {.texts = false, .attendees = false});
    if (is_mysql)
      EXPECT_LT(rows_read(connection) - before, 250);
    else
      EXPECT_NE(plan_of(connection, spy.read.at(0)).find(index), std::string::npos)
          << plan_of(connection, spy.read.at(0));
    return hits.size();
  }

  static std::string plan_of(sql::Connection& connection, std::string statement) {
    std::replace(statement.begin(), statement.end(), '?', '1');
    std::string plan;
    sql::Query row = connection.query("EXPLAIN QUERY PLAN " + statement);
    while (row.next()) plan += row.string(3) + "\n";
    return plan;
  }
};

TEST_F(EventSearch, RangesFindShortLongAndEndlessEvents) {
  put(meeting(kAnna, "short", "20240710T090000Z", "20240710T100000Z"));
  put(meeting(kAnna, "month", "20240601", "20240901"));
  put(series(kAnna, "endless", "20200101T090000Z", "20200101T100000Z", "FREQ=DAILY"));
  put(meeting(kAnna, "before", "20240630T090000Z", "20240630T100000Z"));
  put(meeting(kAnna, "after", "20240801T000000Z", "20240801T100000Z"));
  put(meeting(kBerta, "foreign", "20240710T090000Z", "20240710T100000Z"));
  EXPECT_EQ(found(kAnna, days("20240701", "20240801")), (Names{"endless", "month", "short"}));
  EXPECT_EQ(found(kAnna, days("20300101", "20300102")), (Names{"endless"}));
  EXPECT_EQ(found(kCarl, days("20240701", "20240801")), Names());
}

TEST_F(EventSearch, FloatingEventsAreFoundForEveryZone) {
  put(meeting(kAnna, "day", "20240710", "20240711"));
  EXPECT_EQ(found(kAnna, {instant("20240709T110000Z"), instant("20240709T120000Z")}), (Names{"day"}));
  EXPECT_EQ(found(kAnna, {instant("20240711T110000Z"), instant("20240711T120000Z")}), (Names{"day"}));
  EXPECT_EQ(found(kAnna, {instant("20240711T130000Z"), instant("20240711T140000Z")}), Names());
}

TEST_F(EventSearch, FoldersHoldWhatLiesInThemAndWhatTheirOwnersSeeThere) {
  const FolderId open = public_folder(kAuthor);
  const FolderId second = second_calendar(kAnna);
  put(meeting(kAnna, "public", "20240710T090000Z", "20240710T100000Z", open));
  EventData moved = meeting(kAnna, "second", "20240710T090000Z", "20240710T100000Z");
  moved.attendees[0].folder = second;
  put(moved);
  EventData alone = meeting(kAnna, "alone", "20240710T090000Z", "20240710T100000Z", second);
  alone.attendees.clear();
  put(alone);
  const auto in = [&](FolderId folder) {
    return found(calendar::places_of(
                     calendar::load_calendar_folder(as(kAnna).connection(), as(kAnna).caller(), folder)),
                 {.range = days("20240701", "20240801")});
  };
  EXPECT_EQ(in(open), (Names{"public"}));
  EXPECT_EQ(in(second), (Names{"alone", "second"}));
  EXPECT_EQ(in(home(kAnna)), Names());
}

TEST_F(EventSearch, ConditionsNarrow) {
  EventData asked = meeting(kAnna, "Jour fixe", "20240710T090000Z", "20240710T100000Z");
  invite(asked, kBerta);
  put(asked);
  EventData hidden = meeting(kAnna, "Hidden", "20240710T090000Z", "20240710T100000Z");
  invite(hidden, kBerta);
  hidden.attendees[1].is_hidden = true;
  put(hidden);
  const store::Places berta{.takers = {kBerta.value}};
  EXPECT_EQ(found(berta, {}), (Names{"Jour fixe"}));
  EXPECT_EQ(found(berta, {.part_stat = PartStat::NeedsAction}), (Names{"Jour fixe"}));
  EXPECT_EQ(found(berta, {.part_stat = PartStat::Accepted}), Names());
  EXPECT_EQ(found(berta, {.pieces = {"our fi"}}), (Names{"Jour fixe"}));
  EXPECT_EQ(found(berta, {.pieces = {"our_fi"}}), Names());
  EXPECT_EQ(found(berta, {.changed_after = Millis{asked.timestamp.value - 1}}), (Names{"Jour fixe"}));
  EXPECT_EQ(found(berta, {.changed_after = asked.timestamp}), Names());
}

TEST_F(EventSearch, TheLimitStopsWithOneMore) {
  for (int i = 0; i < 5; ++i) put(meeting(kAnna, "e", "20240710T090000Z", "20240710T100000Z"));
  EXPECT_EQ(found({.takers = {kAnna.value}}, {.range = days("20240701", "20240801"), .most = 3}).size(), 4U);
}

TEST_F(EventSearch, ResourcesAndUsersWithOneNumberAreApart) {
  EventData event = meeting(kAnna, "room", "20240710T090000Z", "20240710T100000Z");
  book(event, kBerta.value);
  put(event);
  EXPECT_EQ(found(kBerta, days("20240701", "20240801")), Names());
  EXPECT_EQ(found({.takers = {kBerta.value}, .kind = store::Kind::Resource},
                  {.range = days("20240701", "20240801")}),
            (Names{"room"}));
}

TEST_F(EventSearch, AMonthTouchesOnlyWhatLiesInIt) {
  const FolderId open = public_folder(kAuthor);
  fill(open, 600);
  const store::Condition month{.range = days("20230601", "20230701")};
  EXPECT_EQ(read_plainly({.folders = {open}}, month, "is_long=? AND range_until>? AND range_until<?"), 30U);
  EXPECT_EQ(read_plainly({.takers = {kAnna.value}}, month, "is_long=? AND range_until>? AND range_until<?"),
            60U);
}

TEST_F(EventSearch, UpdatesTouchOnlyWhatChanged) {
  const FolderId open = public_folder(kAuthor);
  const Millis first = fill(open, 600);
  const store::Condition late{.changed_after = Millis{first.value + 579}};
  EXPECT_EQ(read_plainly({.folders = {open}}, late, "events_stamp (cid=? AND folder_id=? AND stamp>?)"), 20U);
  EXPECT_EQ(read_plainly({.takers = {kAnna.value}}, late,
                         "event_attendees_stamp (cid=? AND kind=? AND entity=? AND stamp>?)"),
            40U);
}

TEST_F(EventSearch, AFolderIsCountedAsItsReaderSeesIt) {
  const FolderId place = home(kAnna);
  put(meeting(kAnna, "mine", "20240710T090000Z", "20240710T100000Z"));
  EventData secret = meeting(kAnna, "secret", "20240710T090000Z", "20240710T100000Z");
  secret.classification = calendar::Classification::Private;
  put(secret);
  EventData foreign = meeting(kBerta, "foreign", "20240710T090000Z", "20240710T100000Z");
  invite(foreign, kAnna);
  put(foreign);
  const auto count = store::count_folder(as(kAdmin).connection(), kContext, place, kBerta);
  EXPECT_EQ(count.all, 3);
  EXPECT_EQ(count.own, 1);
  EXPECT_EQ(count.all_open, 2);
  EXPECT_EQ(count.own_open, 1);
}

}  // namespace
}  // namespace gw::test
