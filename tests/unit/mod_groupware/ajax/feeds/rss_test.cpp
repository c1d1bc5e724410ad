#include <gtest/gtest.h>

#include <string>

#include "mail/feeds/feed_source.hpp"
#include "support/scripted_server.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using gw::test::code_of;
using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;
using gw::test::TestApi;

TEST(Rss, IsDisabledWithoutASource) {
  TestApi api;
  EXPECT_EQ(code_of(api.user("user1").put("rss", R"(["http://x.test/"])")), "SVL-0015");
}

TEST(Rss, OneFailingFeedIsAWarningBesideTheOthers) {
  const std::string body =
      "<rss><channel><title>T</title><item><title>a</title><description>&lt;img "
      "src=\"http://x.test/i.png\"&gt;y"
      "</description></item></channel></rss>";
  ScriptedServer server({[&](ScriptedPeer& peer) {
    while (!peer.line().empty()) continue;
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }});
  TestApi api;
  mail::feeds::FeedSource source({}, api.database.clock);
  api.runtime->feeds = &source;
  auto user = api.user("user1");
  const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
  const Json answer = user.put("rss", R"({"feedUrl":["ftp://x.test/",")" + url + R"("]})");
  EXPECT_EQ(std::string(answer.get("warnings").get("code").as_string()), "RSS-0006") << answer.dump();
  ASSERT_EQ(answer.get("data").size(), 1U) << answer.dump();
  const Json article = answer.get("data").at(0);
  EXPECT_EQ(article.get("feedUrl").as_string(), url);
  EXPECT_EQ(article.get("body").as_string().find("x.test"), std::string_view::npos) << article.dump();
  // From what is kept: the server answers once.
  const std::string shown = user.put("rss?forceImages=true&feedUrl=" + url, "").dump();
  EXPECT_NE(shown.find("x.test/i.png"), std::string::npos) << shown;
}

TEST(Rss, WrongWishesAreRefused) {
  TestApi api;
  mail::feeds::FeedSource source({}, api.database.clock);
  api.runtime->feeds = &source;
  auto user = api.user("user1");
  EXPECT_EQ(code_of(user.put("rss", "")), "SVL-0002");
  EXPECT_EQ(code_of(user.put("rss", "[{}]")), "SVL-0028");
  EXPECT_EQ(code_of(user.put("rss", "[")), "SVL-0029");
  EXPECT_EQ(code_of(user.put("rss?sort=x", R"(["http://x.test/"])")), "SVL-0010");
}

}  // namespace
}  // namespace gw::ajax
