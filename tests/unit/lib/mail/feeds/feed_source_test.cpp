#include "mail/feeds/feed_source.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/scripted_server.hpp"

namespace gw::mail::feeds {
namespace {

using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;
using web::FetchFailure;

class FeedClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return time; }
  Millis time{1'000};
};

ScriptedServer serve(const std::string& body) {
  return ScriptedServer(ScriptedServer::Repeat::Always, [body](ScriptedPeer& peer) {
    while (!peer.line().empty()) continue;
    peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n" + body);
  });
}

std::string address(const ScriptedServer& server, const std::string& path) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

const std::string kFeedText =
    "<rss><channel><title>T</title><item><link>../1</link></item><item><link>javascript:x</link></item>"
    "</channel></rss>";

TEST(FeedSource, AddressesAreSeenFromTheFeed) {
  const ScriptedServer server = serve(kFeedText);
  const FeedClock clock;
  FeedSource source({}, clock);
  const std::vector<std::string> urls = {address(server, "/a/b/feed")};
  const auto loaded = source.load(urls);
  ASSERT_TRUE(loaded.front().feed);
  EXPECT_EQ(loaded.front().feed->articles[0].url, address(server, "/a/1"));
  EXPECT_EQ(loaded.front().feed->articles[1].url, "");
}

TEST(FeedSource, KeepsWhatItReadForAWhile) {
  const ScriptedServer server = serve(kFeedText);
  FeedClock clock;
  FeedSource source({}, clock);
  const std::vector<std::string> urls = {address(server, "/")};
  const auto first = source.load(urls).front().feed;
  EXPECT_EQ(source.load(urls).front().feed, first);
  EXPECT_EQ(server.connections(), 1);
  clock.time.value += FeedSource::kKeptMillis;
  EXPECT_NE(source.load(urls).front().feed, nullptr);
  EXPECT_EQ(server.connections(), 2);
  EXPECT_EQ(source.kept(), 1U);
}

TEST(FeedSource, KeepsNoFailuresAndNothingLarge) {
  const ScriptedServer none = serve("<html/>");
  const ScriptedServer large = serve(kFeedText + std::string(FeedSource::kMaxBytesOfOne, '\n'));
  const FeedClock clock;
  FeedSource source({}, clock);
  const std::vector<std::string> urls = {address(none, "/"), address(large, "/"), "gopher://x.test/"};
  const auto loaded = source.load(urls);
  EXPECT_EQ(loaded[0].feed, nullptr);
  EXPECT_EQ(loaded[0].failure, FetchFailure::None);
  EXPECT_NE(loaded[1].feed, nullptr);
  EXPECT_EQ(loaded[2].failure, FetchFailure::BadAddress);
  EXPECT_EQ(source.kept(), 0U);
}

TEST(FeedSource, TheOldestGoesFirst) {
  const ScriptedServer server = serve(kFeedText);
  const FeedClock clock;
  FeedSource source({}, clock);
  std::vector<std::string> urls;
  for (std::size_t i = 0; i <= FeedSource::kMaxFeeds; ++i)
    urls.push_back(address(server, "/" + std::to_string(i)));
  for (const std::string& url : urls) source.load({&url, 1});
  EXPECT_EQ(source.kept(), FeedSource::kMaxFeeds);
  const int before = server.connections();
  source.load({&urls.back(), 1});
  EXPECT_EQ(server.connections(), before);
  source.load({&urls.front(), 1});
  EXPECT_EQ(server.connections(), before + 1);
}

}  // namespace
}  // namespace gw::mail::feeds
