#include "push/stream_hub.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "support/database.hpp"

namespace gw::push {
namespace {

constexpr std::size_t kAll = 1'000'000;

class Hub : public ::testing::Test {
 protected:
  Hub() { make({}); }

  void make(HubOptions options) {
    options.epoch = "e";
    options.server = "here";
    hub.emplace(std::move(options), clock);
  }

  StreamRequest request(std::int32_t user, const std::string& connection) {
    StreamRequest request;
    request.user = {1, user};
    request.connection = connection;
    request.life = std::chrono::minutes(15);
    return request;
  }
  StreamId open(std::int32_t user, const std::string& connection, const std::string& last_id = {}) {
    StreamRequest wanted = request(user, connection);
    wanted.last_id = last_id;
    return hub->open(std::move(wanted)).value_or(0);
  }
  StreamId poll(std::int32_t user, const std::string& since, std::chrono::milliseconds life) {
    StreamRequest wanted = request(user, "poll");
    wanted.transport = Transport::Poll;
    wanted.last_id = since;
    wanted.life = life;
    return hub->open(std::move(wanted)).value_or(0);
  }

  void publish(std::vector<FolderAudience> audiences, const std::string& token = {},
               std::int32_t module = kContact) {
    EventRecord event;
    event.context = 1;
    event.module = module;
    event.stamp = ++stamp;
    event.source_token = token;
    event.audiences = std::move(audiences);
    hub->publish(std::move(event));
  }

  std::string take(StreamId id) { return hub->take(id, kAll).bytes; }
  /// What the stream says, without its greeting.
  std::string news(StreamId id) {
    std::string text = take(id);
    const std::size_t ready = text.find("event: ready");
    return ready == std::string::npos ? text : text.substr(text.find("\n\n", ready) + 2);
  }
  static bool names(const std::string& text, int folder) {
    return text.find("\"folder\":\"" + std::to_string(folder) + "\"") != std::string::npos;
  }
  static std::string last_id(const std::string& text) {
    const std::size_t at = text.rfind("id: ");
    return at == std::string::npos ? "" : text.substr(at + 4, text.find('\n', at) - at - 4);
  }

  test::FixedClock clock;
  std::optional<StreamHub> hub;
  std::int64_t stamp = 1'000;
};

TEST_F(Hub, GreetsWithRetryAndReady) {
  const std::string text = take(open(3, "tab"));
  EXPECT_EQ(text.rfind("retry: 5000\n\nid: e-", 0), 0U) << text;
  EXPECT_NE(text.find("event: ready\ndata: {\"connection\":\"tab\",\"server\":\"here\",\"heartbeat\":25000}"),
            std::string::npos)
      << text;
}

TEST_F(Hub, TellsThoseWhoMaySeeTheFolderAndNobodyElse) {
  const StreamId first = open(3, "a"), second = open(4, "b"), stranger = open(5, "c");
  for (const StreamId id : {first, second, stranger}) take(id);
  publish({{31, {3, 4}}, {32, {3}}});
  const std::string told = take(first);
  EXPECT_TRUE(names(told, 31) && names(told, 32)) << told;
  const std::string less = take(second);
  EXPECT_TRUE(names(less, 31) && !names(less, 32)) << less;
  EXPECT_EQ(take(stranger), "");
}

TEST_F(Hub, TheSameUserNumberInAnotherContextHearsNothing) {
  StreamRequest other = request(3, "a");
  other.user.context = 2;
  const StreamId id = *hub->open(std::move(other));
  take(id);
  publish({{31, {3}}});
  EXPECT_EQ(take(id), "");
}

TEST_F(Hub, WhatIsForEverybodyReachesEachStreamOfTheContextButThoseOfGuests) {
  StreamRequest elsewhere = request(3, "x"), of_guest = request(9, "g");
  elsewhere.user.context = 2;
  of_guest.is_guest = true;
  const StreamId first = open(3, "a"), second = open(3, "b"), third = open(4, "c"),
                 other = *hub->open(std::move(elsewhere)), guest = *hub->open(std::move(of_guest));
  for (const StreamId id : {first, second, third, other, guest}) take(id);
  publish({{6, {kEverybody}}});
  for (const StreamId id : {first, second, third}) EXPECT_TRUE(names(take(id), 6)) << id;
  for (const StreamId id : {other, guest}) EXPECT_EQ(take(id), "") << id;
}

TEST_F(Hub, WhoComesBackIsToldOfWhatWasForEverybodyMeanwhile) {
  const std::string id = last_id(take(open(3, "a")));
  publish({{6, {kEverybody}}});
  EXPECT_TRUE(names(take(open(3, "a", id)), 6));
  StreamRequest guest = request(9, "g");
  guest.is_guest = true;
  guest.last_id = id;
  EXPECT_FALSE(names(take(*hub->open(std::move(guest))), 6));
}

TEST_F(Hub, KeepsAClientsOwnChangesFromIt) {
  const StreamId own = open(3, "mine"), other = open(3, "other");
  take(own);
  take(other);
  publish({{31, {3}}}, "mine");
  EXPECT_EQ(take(own), "");
  EXPECT_TRUE(names(take(other), 31));
  EXPECT_EQ(hub->counters().suppressed, 1U);
}

TEST_F(Hub, AsksForTopics) {
  StreamRequest wanted = request(3, "a");
  wanted.interests = *Interests::parse("ox:folders:*");
  const StreamId id = *hub->open(std::move(wanted));
  take(id);
  publish({{31, {3}}});
  EXPECT_EQ(take(id), "");
  publish({{31, {3}}}, "", kFolder);
  EXPECT_TRUE(names(take(id), 31));
}

TEST_F(Hub, AClientThatComesBackGetsWhatItMissed) {
  const StreamId first = open(3, "a");
  publish({{31, {3}}});
  const std::string id = last_id(take(first));
  hub->close(first);
  publish({{32, {3}}});
  publish({{33, {4}}});
  publish({{34, {3}}}, "a");
  publish({{35, {3}}});
  const std::string missed = news(open(3, "a", id));
  EXPECT_TRUE(names(missed, 32) && names(missed, 35)) << missed;
  EXPECT_FALSE(names(missed, 31) || names(missed, 33) || names(missed, 34)) << missed;
  EXPECT_EQ(missed.find("resync"), std::string::npos);
}

TEST_F(Hub, AnotherProcessThatHeardTheSameContinuesToo) {
  StreamHub other({.epoch = "e", .server = "there"}, clock);
  EventRecord event;
  event.context = 1;
  event.module = kContact;
  event.stamp = 5;
  event.audiences = {{31, {3}}};
  const StreamId here = open(3, "a");
  hub->publish(EventRecord(event));
  other.publish(EventRecord(event));
  const std::string id = last_id(take(here));
  event.audiences = {{32, {3}}};
  other.publish(std::move(event));
  StreamRequest wanted = request(3, "a");
  wanted.last_id = id;
  const std::string text = other.take(*other.open(std::move(wanted)), kAll).bytes;
  EXPECT_TRUE(names(text, 32) && !names(text, 31)) << text;
}

TEST_F(Hub, WhatCannotBeContinuedIsReloaded) {
  const auto reloads = [&](const std::string& id) {
    return news(open(3, "a", id)).find("event: resync") != std::string::npos;
  };
  publish({{31, {3}}});
  EXPECT_TRUE(reloads("e-00000000000000ff"));
  EXPECT_TRUE(reloads("other-00000000000000ff"));
  EXPECT_TRUE(reloads("nonsense"));
  EXPECT_FALSE(reloads(""));
  const std::string id = last_id(take(open(3, "b")));
  EXPECT_FALSE(reloads(id));
  clock.advance(301'000);
  hub->tick();
  EXPECT_FALSE(reloads(id));  // nothing has happened since
  publish({{32, {3}}});
  publish({{32, {3}}});
  clock.advance(301'000);
  hub->tick();
  EXPECT_TRUE(reloads(id));
}

TEST_F(Hub, MoreThanTheLimitOfMissedEventsIsReloaded) {
  make({.resumed_events = 2});
  const std::string id = last_id(take(open(3, "a")));
  publish({{31, {3}}});
  publish({{32, {3}}});
  EXPECT_EQ(news(open(3, "a", id)).find("resync"), std::string::npos);
  publish({{33, {3}}});
  const std::string text = news(open(3, "a", id));
  EXPECT_NE(text.find("resync"), std::string::npos);
  EXPECT_FALSE(names(text, 31)) << text;
}

TEST_F(Hub, ALossIsToldToEverybody) {
  const StreamId id = open(3, "a");
  take(id);
  publish({{31, {3}}});
  hub->lose();
  const std::string text = take(id);
  EXPECT_NE(text.find("event: resync"), std::string::npos);
  EXPECT_FALSE(names(text, 31)) << text;
  // From here on it can be continued again.
  EXPECT_EQ(news(open(3, "a", last_id(text))).find("resync"), std::string::npos);
}

TEST_F(Hub, TheNinthStreamOfAUserReplacesTheOldest) {
  std::vector<StreamId> ids;
  for (int i = 0; i < 8; ++i) ids.push_back(open(3, "tab" + std::to_string(i)));
  const StreamId other = open(4, "tab");
  for (const StreamId id : ids) take(id);
  take(other);
  open(3, "tab8");
  const Output output = hub->take(ids[0], kAll);
  EXPECT_EQ(output.bytes, "event: replaced\ndata: {}\n\n");
  EXPECT_TRUE(output.is_last);
  EXPECT_FALSE(hub->has_output(ids[1]));
  EXPECT_FALSE(hub->has_output(other));
  EXPECT_EQ(hub->counters().replaced, 1U);
}

TEST_F(Hub, AClientThatComesAgainTakesItsOwnPlace) {
  const StreamId before = open(3, "tab");
  take(before);
  open(3, "tab");
  const Output output = hub->take(before, kAll);
  EXPECT_EQ(output.bytes, "");
  EXPECT_TRUE(output.is_last);
  EXPECT_EQ(hub->counters().replaced, 0U);
}

TEST_F(Hub, RefusesAboveTheLimitOfTheProcessAndWhileItStops) {
  make({.streams = 2});
  const StreamId first = open(3, "a");
  open(4, "b");
  EXPECT_FALSE(hub->open(request(5, "c")));
  hub->close(first);
  EXPECT_TRUE(hub->open(request(5, "c")));
  EXPECT_EQ(hub->size(), 2U);
  EXPECT_EQ(hub->counters().refused, 1U);
  make({});
  const StreamId running = open(3, "a");
  take(running);
  hub->stop();
  const Output output = hub->take(running, kAll);
  EXPECT_EQ(output.bytes.rfind("retry: ", 0), 0U);
  EXPECT_TRUE(output.is_last);
  EXPECT_FALSE(hub->open(request(3, "b")));
}

TEST_F(Hub, HeartbeatsComeEvery25SecondsAndMoveTheClientOn) {
  const StreamId id = open(3, "a");
  take(id);
  clock.advance(19'000);
  EXPECT_TRUE(hub->tick().empty());
  clock.advance(12'000);
  EXPECT_EQ(hub->tick(), std::vector<StreamId>{id});
  EXPECT_EQ(take(id), ":\n\n");
  publish({{31, {4}}});
  clock.advance(31'000);
  hub->tick();
  const std::string beat = take(id);
  EXPECT_EQ(beat.rfind(":\nid: e-", 0), 0U);
  publish({{32, {3}}});
  const std::string missed = news(open(3, "a", last_id(beat)));
  EXPECT_TRUE(names(missed, 32)) << missed;
}

TEST_F(Hub, AStreamLastsAQuarterOfAnHourMoreOrLess) {
  const StreamId id = open(3, "a");
  take(id);
  clock.advance(11 * 60'000);
  hub->tick();
  EXPECT_FALSE(hub->take(id, kAll).is_last);
  clock.advance(8 * 60'000);
  hub->tick();
  const Output output = hub->take(id, kAll);
  EXPECT_TRUE(output.is_last);
  EXPECT_EQ(output.bytes.rfind("retry: ", 0), 0U) << output.bytes;
  const std::int64_t retry = std::stoll(output.bytes.substr(7));
  EXPECT_GE(retry, 1'000);
  EXPECT_LE(retry, 10'000);
}

TEST_F(Hub, AnEndedSessionEndsItsStream) {
  const StreamId id = open(3, "a");
  take(id);
  hub->end(id, EndReason::SessionInvalid);
  EXPECT_EQ(hub->end_of(id), EndReason::SessionInvalid);
  EXPECT_EQ(hub->take(id, kAll).bytes, "event: session:invalid\ndata: {}\n\n");
  EXPECT_EQ(hub->counters().invalid, 1U);
}

TEST_F(Hub, AClientThatDoesNotReadIsGivenUp) {
  const StreamId id = open(3, "a");
  for (int folder = 1; folder < 1'000; ++folder) publish({{folder, {3}}});
  EXPECT_EQ(hub->end_of(id), EndReason::Slow);
  EXPECT_EQ(hub->counters().slow, 1U);
  EXPECT_TRUE(hub->take(id, kAll).is_last);
}

TEST_F(Hub, APollWithoutIdGetsOneAtOnce) {
  const Output output = hub->take(poll(3, "", std::chrono::seconds(25)), kAll);
  EXPECT_TRUE(output.is_last);
  EXPECT_NE(output.bytes.find(R"("topic":"ready")"), std::string::npos) << output.bytes;
}

TEST_F(Hub, APollWaitsForNewsOrItsEnd) {
  const std::string since = last_id(take(open(3, "a")));
  const StreamId waiting = poll(3, since, std::chrono::seconds(25));
  EXPECT_FALSE(hub->has_output(waiting));
  publish({{31, {3}}});
  const Output output = hub->take(waiting, kAll);
  EXPECT_TRUE(output.is_last);
  EXPECT_TRUE(names(output.bytes, 31)) << output.bytes;
  hub->close(waiting);

  const StreamId late = poll(3, since, std::chrono::seconds(25));
  EXPECT_TRUE(names(hub->take(late, kAll).bytes, 31));
  hub->close(late);

  const StreamId idle = poll(3, last_id(take(open(3, "b"))), std::chrono::seconds(25));
  clock.advance(25'000);
  hub->tick();
  EXPECT_NE(hub->take(idle, kAll).bytes.find(R"({"data":[],)"), std::string::npos);
}

TEST_F(Hub, ListsEachStreamWithOutputOnce) {
  const StreamId id = open(3, "a");
  EXPECT_EQ(hub->take_ready(), std::vector<StreamId>{id});
  EXPECT_TRUE(hub->take_ready().empty());
  take(id);
  publish({{31, {3}}});
  publish({{32, {3}}});
  EXPECT_EQ(hub->take_ready(), std::vector<StreamId>{id});
}

TEST_F(Hub, ManyThreadsMayUseIt) {
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number)
    threads.emplace_back([this, number] {
      for (int i = 0; i < 200; ++i) {
        const StreamId id = open(number + 10, "t" + std::to_string(i % 3));
        EventRecord event;
        event.context = 1;
        event.module = kContact;
        event.stamp = i;
        event.audiences = {{31, {10, 11, 12, 13}}};
        hub->publish(std::move(event));
        hub->wait(id, std::chrono::milliseconds(1));
        hub->take(id, kAll);
        hub->take_ready();
        hub->tick();
        hub->close(id);
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(hub->size(), 0U);
  EXPECT_EQ(hub->counters().streams, 0U);
  EXPECT_EQ(hub->counters().events, 800U);
}

}  // namespace
}  // namespace gw::push
