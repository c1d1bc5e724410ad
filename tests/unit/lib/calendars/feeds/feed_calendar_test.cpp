// Feeds from a server that says what the test wants, into the tables.
#include "calendars/feeds/feed_calendar.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "model/folders/account_folders.hpp"
#include "model/folders/folder_service.hpp"
#include "support/scripted_server.hpp"
#include "unit/lib/model/calendar/agenda.hpp"

namespace gw::calendars::feeds {
namespace {

using namespace gw::test;

/// The head of a request, then the answer.
Script answers(const std::string& head, const std::string& body, std::string* asked = nullptr) {
  return [=](ScriptedPeer& peer) {
    for (std::string line = peer.line(); !line.empty(); line = peer.line())
      if (asked != nullptr) *asked += line + "\n";
    peer.send("HTTP/1.1 " + head + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n" + body);
  };
}

std::string feed(const std::vector<std::string>& events) {
  std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nREFRESH-INTERVAL:PT1H\r\n";
  for (const std::string& event : events) text += "BEGIN:VEVENT\r\n" + event + "END:VEVENT\r\n";
  return text + "END:VCALENDAR\r\n";
}
std::string single(const std::string& uid, const std::string& summary) {
  return "UID:" + uid + "\r\nDTSTART:20240701T090000Z\r\nDTEND:20240701T100000Z\r\nSUMMARY:" + summary +
         "\r\n";
}

class Feed : public Agenda {
 protected:
  static std::string uri(const ScriptedServer& server) {
    return "http://127.0.0.1:" + std::to_string(server.port()) + "/x.ics";
  }
  FolderId subscribe(const ScriptedServer& server, const std::string& more = "") {
    CalendarInput input;
    input.title = "Feed";
    input.config = json("{'uri':'" + uri(server) + "'" + more + "}");
    return feeds_.create(as(kAnna), input);
  }
  Names shown(FolderId folder, bool expand = true) {
    return summaries(feeds_.list(as(kAnna), folder,
                                 {.range = days("20240601T000000Z", "20240901T000000Z"), .expand = expand}));
  }
  calendar::AccountRow account(FolderId folder) {
    return *calendar::find_account(as(kAnna).connection(), kContext, folder);
  }

  FeedCalendar feeds_{mail::web::FetchRules{}};
};

TEST_F(Feed, IsReadOnceAndAskedForChangesOnly) {
  std::string second;
  ScriptedServer server({answers("200 OK\r\nETag: \"1\"\r\nLast-Modified: Mon, 01 Jul 2024 00:00:00 GMT",
                                 feed({single("a", "A"), single("b", "B")})),
                         answers("304 Not Modified", "", &second),
                         answers("200 OK", feed({single("a", "A2"), single("c", "C")}))});
  const FolderId folder = subscribe(server, ",'login':'anna','password':'secret'");
  EXPECT_TRUE(folders::is_account_folder(folder));
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  EXPECT_EQ(shown(folder), (Names{"A", "B"}));
  const auto before = feeds_.list(as(kAnna), folder, {});
  // Not due: nobody is asked.
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  EXPECT_EQ(server.connections(), 1);

  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  EXPECT_NE(second.find("If-None-Match: \"1\""), std::string::npos) << second;
  EXPECT_NE(second.find("If-Modified-Since: Mon, 01 Jul 2024"), std::string::npos) << second;
  EXPECT_NE(second.find("Authorization: Basic YW5uYTpzZWNyZXQ="), std::string::npos) << second;
  EXPECT_EQ(account(folder).freshness.next.value, database.clock.now().value + 3'600'000);

  const Millis since = model::last_stamp(as(kAnna).connection(), kContext);
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  EXPECT_EQ(shown(folder), (Names{"A2", "C"}));
  const auto updates = feeds_.updates(as(kAnna), folder, since, {});
  EXPECT_EQ(summaries(updates.changed), (Names{"A2", "C"}));
  ASSERT_EQ(updates.removed.size(), 1U);
  EXPECT_EQ(updates.removed[0].event, before[1].event.id);
  EXPECT_EQ(updates.changed[0].event.id, before[0].event.id);
  // Neither the stored configuration nor the answer has the password.
  EXPECT_EQ(account(folder).account.config.dump().find("secret"), std::string::npos);
  EXPECT_EQ(account(folder).account.sealed_password.find("secret"), std::string::npos);
}

TEST_F(Feed, FailuresAreToldUntilThereIsSomethingToShow) {
  ScriptedServer server({answers("401 No", ""), answers("200 OK", "<html>"), answers("500 Broken", ""),
                         answers("200 OK", feed({single("a", "A")})), answers("404 None", "")});
  const FolderId folder = subscribe(server);
  const auto refused = [&](Refresh how) { return refusal([&] { feeds_.refresh(as(kAnna), folder, how); }); };
  EXPECT_EQ(refused(Refresh::WhenDue), "CAL-4010");
  // Known to fail for an hour: nobody is asked again, unless the user wants it.
  EXPECT_EQ(refused(Refresh::WhenDue), "CAL-4010");
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(refused(Refresh::Now), "CAL-4006");
  EXPECT_EQ(refused(Refresh::Now), "CAL-5031");
  database.clock.advance(3'600'001);
  EXPECT_EQ(refused(Refresh::WhenDue), "");
  EXPECT_EQ(refused(Refresh::Now), "CAL-5031");
  EXPECT_EQ(shown(folder), (Names{"A"}));
  EXPECT_EQ(refused(Refresh::WhenDue), "");
}

TEST_F(Feed, WhatIsDueIsReadBehindTheBackOfWhoLooks) {
  ScriptedServer server(
      {answers("200 OK", feed({single("a", "A")})), answers("200 OK", feed({single("a", "New")}))});
  const FolderId folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  database.clock.advance(3'600'001);
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  feeds_.queue().wait_until_idle();
  EXPECT_EQ(shown(folder), (Names{"New"}));
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(Feed, WhatIsReadLaterNeedsNothingOfTheRequestThatAskedForIt) {
  std::promise<void> request_ended;
  const Script waits = [&](ScriptedPeer& peer) {
    request_ended.get_future().wait();
    answers("200 OK", feed({single("a", "New")}))(peer);
  };
  ScriptedServer server({answers("200 OK", feed({single("a", "A")})), waits});
  const FolderId folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  database.clock.advance(3'600'001);
  {
    // As the dispatcher has one for each request: the address sanitizer sees who uses it afterwards.
    auto environment = std::make_unique<model::Environment>(*database.environment);
    model::UnitOfWork request(*environment, as(kAnna).caller());
    feeds_.refresh(request, folder, Refresh::WhenDue);
  }
  request_ended.set_value();
  feeds_.queue().wait_until_idle();
  EXPECT_EQ(shown(folder), (Names{"New"}));
}

/// Does something when it is asked for the time for the first time.
class InterruptedClock final : public Clock {
 public:
  InterruptedClock(const Clock& clock, std::function<void()> interruption)
      : clock_(clock), interruption_(std::move(interruption)) {}
  [[nodiscard]] Millis now() const override {
    if (auto interruption = std::exchange(interruption_, nullptr)) interruption();
    return clock_.now();
  }

 private:
  const Clock& clock_;
  mutable std::function<void()> interruption_;
};

TEST_F(Feed, WhatSomebodyReadBetweenLookAndClaimIsNotReadAgain) {
  ScriptedServer server({answers("200 OK", feed({single("a", "A")}))});
  const FolderId folder = subscribe(server);
  const model::Environment& usual = *database.environment;
  const InterruptedClock clock(usual.clock, [&] { feeds_.refresh(as(kAnna), folder, Refresh::WhenDue); });
  model::Environment environment{usual.settings, usual.pool, clock, usual.events, usual.contents};
  model::UnitOfWork late(environment, as(kAnna).caller());
  feeds_.refresh(late, folder, Refresh::WhenDue);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(account(folder).freshness.claimed_until.value, 0);
  EXPECT_EQ(shown(folder), (Names{"A"}));
}

TEST_F(Feed, WhoComesSecondWaitsNoLongerThanHisPatienceAndTheProcess) {
  ScriptedServer server({answers("200 OK", feed({single("a", "A")}))});
  const FolderId folder = subscribe(server);
  const Millis now = database.clock.now();
  // Another process is at it.
  as(kAnna).write([&](model::Transaction& transaction) {
    ASSERT_TRUE(calendar::claim_reading(transaction, folder, now, {now.value + 60'000}));
  });
  const auto refused = [&](const FeedCalendar& feeds, Refresh how) {
    return refusal([&] { feeds.refresh(as(kAnna), folder, how); });
  };
  const FeedCalendar hasty{mail::web::FetchRules{}, Milliseconds(0)};
  EXPECT_EQ(refused(hasty, Refresh::WhenDue), "CAL-5031");
  EXPECT_EQ(refused(hasty, Refresh::Now), "CAL-5031");
  // Would wait for a day, if the process did not end.
  const FeedCalendar patient{mail::web::FetchRules{}, Milliseconds(86'400'000)};
  std::thread end_of_process([&] { patient.stop(); });
  EXPECT_EQ(refused(patient, Refresh::WhenDue), "CAL-5031");
  end_of_process.join();
  EXPECT_EQ(server.connections(), 0);
  database.clock.advance(60'001);
  EXPECT_EQ(refused(hasty, Refresh::WhenDue), "");
  EXPECT_EQ(shown(folder), (Names{"A"}));
}

TEST_F(Feed, SeriesComeWithTheirExceptions) {
  const std::string master =
      "UID:s\r\nDTSTART:20240701T090000Z\r\nDTEND:20240701T100000Z\r\nSUMMARY:S\r\n"
      "RRULE:FREQ=WEEKLY;COUNT=3\r\n";
  const std::string moved =
      "UID:s\r\nRECURRENCE-ID:20240708T090000Z\r\nDTSTART:20240709T090000Z\r\nSUMMARY:Moved\r\n";
  const std::string nowhere =
      "UID:s\r\nRECURRENCE-ID:20240710T090000Z\r\nDTSTART:20240710T090000Z\r\nSUMMARY:Nowhere\r\n";
  ScriptedServer server({answers("200 OK", feed({master, moved, nowhere})), answers("200 OK", feed({master})),
                         answers("200 OK", feed({master, moved}))});
  const FolderId folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  EXPECT_EQ(shown(folder), (Names{"S", "Moved", "S"}));
  const Millis since = model::last_stamp(as(kAnna).connection(), kContext);
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  EXPECT_EQ(shown(folder), (Names{"S", "S", "S"}));
  // The series is told, for clients that keep its occurrences.
  EXPECT_EQ(summaries(feeds_.updates(as(kAnna), folder, since, {}).changed), (Names{"S"}));
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  EXPECT_EQ(shown(folder), (Names{"S", "Moved", "S"}));
}

TEST_F(Feed, NobodyWritesIntoIt) {
  ScriptedServer server({answers("200 OK", feed({single("a", "A")}))});
  const FolderId folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  const ObjectId id = feeds_.list(as(kAnna), folder, {})[0].event.id;
  calendar::EventInput input;
  input.event = meeting(kAnna, "new", "20240701T090000Z", "20240701T100000Z");
  input.sent = {EventField::Summary, EventField::StartDate, EventField::EndDate};
  EXPECT_EQ(refusal([&] { calendar::create(as(kAnna), folder, input, {}); }), "CAL-4228");
  EXPECT_EQ(refusal([&] { calendar::update(as(kAnna), {folder, id, {}}, input, {}); }), "CAL-4228");
  EXPECT_EQ(refusal([&] { calendar::move(as(kAnna), {folder, id, {}}, home(kAnna), {}); }), "CAL-4228");
  const auto own = calendar::create(as(kAnna), home(kAnna), input, {});
  EXPECT_EQ(refusal([&] {
              calendar::move(as(kAnna), {home(kAnna), own.created.at(0).event.id, {}}, folder, {});
            }),
            "CAL-4228");
  EXPECT_EQ(
      calendar::remove(as(kAnna), std::array{calendar::EventRef{folder, id, {}}}, {})[0].error->code().number,
      4228);
  EXPECT_EQ(refusal([&] { feeds_.update_alarms(as(kAnna), {folder, id, {}}, {}, {}); }), "CAL-4228");
  // The same uid is no conflict with what one keeps oneself, and "all my events" are not those of others.
  input.event.uid = "a";
  input.sent.set(EventField::Uid);
  EXPECT_EQ(refusal([&] { calendar::create(as(kAnna), home(kAnna), input, {}); }), "");
  EXPECT_EQ(calendar::list_own(as(kAnna), {}).size(), 2U);
  // Others see nothing of it.
  EXPECT_EQ(refusal([&] { feeds_.refresh(as(kBerta), folder, Refresh::Now); }), "CAL-4044");
  EXPECT_EQ(refusal([&] { calendar::list_folder(as(kBerta), folder, {}); }), "FLD-0003");
}

TEST_F(Feed, LeavesItsOwnerFreeUnlessHeSaysOtherwise) {
  ScriptedServer server({answers("200 OK", feed({single("a", "A")}))});
  const FolderId folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  calendar::Attendee anna;
  anna.entity = kAnna.value;
  const auto slots = [&] {
    return calendar::free_busy(as(kBerta), std::array{anna}, days("20240701T000000Z", "20240702T000000Z"))
        .at(0)
        .slots;
  };
  EXPECT_TRUE(slots().empty());
  CalendarInput input;
  input.properties = json("{'scheduleTransp':{'value':'OPAQUE'}}");
  feeds_.change(as(kAnna), folder, input);
  ASSERT_EQ(slots().size(), 1U);
  EXPECT_FALSE(slots()[0].event);
}

TEST_F(Feed, AnotherDocumentIsReadAtOnceAndWithoutTheOldPassword) {
  std::string asked;
  ScriptedServer server({answers("200 OK\r\nETag: \"1\"", feed({single("a", "A")})),
                         answers("200 OK", feed({single("z", "Z")}), &asked)});
  const FolderId folder = subscribe(server, ",'login':'anna','password':'secret'");
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  CalendarInput input;
  input.config = json("{'uri':'" + uri(server) + "?other','login':'anna','refreshInterval':30}");
  feeds_.change(as(kAnna), folder, input);
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  EXPECT_EQ(asked.find("If-None-Match"), std::string::npos);
  EXPECT_EQ(asked.find("YW5uYTpzZWNyZXQ="), std::string::npos) << asked;
  EXPECT_EQ(shown(folder), (Names{"Z"}));
  EXPECT_EQ(account(folder).freshness.next.value, database.clock.now().value + 30 * 60'000);
}

TEST_F(Feed, WhatWasReadForAnotherDocumentDoesNotCount) {
  FolderId folder;
  const Script old_document = [&](ScriptedPeer& peer) {
    CalendarInput input;
    input.config = json("{'uri':'http://127.0.0.1:1/other.ics'}");
    feeds_.change(as(kAnna), folder, input);
    answers("200 OK\r\nETag: \"old\"", feed({single("a", "A")}))(peer);
  };
  ScriptedServer server({old_document});
  folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::WhenDue);
  const calendar::Freshness known = account(folder).freshness;
  EXPECT_EQ(known.etag, "");
  EXPECT_EQ(known.fetched.value, 0);
  EXPECT_EQ(known.next.value, 0);
}

TEST_F(Feed, GoesWithItsFolderAndTwentyAreEnough) {
  ScriptedServer server({answers("200 OK", feed({single("a", "A")}))});
  const FolderId folder = subscribe(server);
  feeds_.refresh(as(kAnna), folder, Refresh::Now);
  for (int i = 1; i < FeedCalendar::kMostAccounts; ++i) subscribe(server);
  EXPECT_EQ(refusal([&] { subscribe(server); }), "CAL-5075");
  EXPECT_EQ(refusal([&] { folders::clear_folder(as(kAnna), std::to_string(folder.value)); }), "FLD-0090");
  folders::delete_folder(as(kAnna), "cal://" + std::to_string(folders::account_of(folder)) + "/0");
  sql::Connection& connection = as(kAnna).connection();
  EXPECT_FALSE(calendar::find_account(connection, kContext, folder));
  EXPECT_EQ(calendar::list_accounts(connection, kContext, kAnna).size(), 19U);
  sql::Query items = connection.query("SELECT COUNT(*) FROM calendar_feed_items WHERE cid=1");
  ASSERT_TRUE(items.next());
  EXPECT_EQ(items.integer(0), 0);
}

TEST_F(Feed, OffMeansThatNobodyIsAsked) {
  ScriptedServer server(ScriptedServer::Repeat::Always, [](ScriptedPeer&) {});
  const FolderId folder = subscribe(server);
  const FeedCalendar off{std::nullopt};
  EXPECT_EQ(refusal([&] { off.refresh(as(kAnna), folder, Refresh::WhenDue); }), "CAL-5030");
  CalendarInput input;
  input.config = json("{'uri':'" + uri(server) + "'}");
  EXPECT_EQ(refusal([&] { off.create(as(kAnna), input); }), "CAL-5030");
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace gw::calendars::feeds
