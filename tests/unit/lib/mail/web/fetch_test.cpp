#include "mail/web/fetch.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "support/scripted_server.hpp"

namespace gw::mail::web {
namespace {

using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

std::string url_of(const ScriptedServer& server) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + "/v1/x.test";
}

/// Answers one request.
void answer(ScriptedPeer& peer, const std::string& head, const std::string& body) {
  while (!peer.line().empty()) continue;
  peer.send(head + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
            body);
}

TEST(Fetch, GivesTheDocument) {
  ScriptedServer server({[](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 200 OK", "<a/>"); }});
  EXPECT_EQ(fetch_document(url_of(server), {}), "<a/>");
}

TEST(Fetch, NothingElseIsADocument) {
  ScriptedServer server({
      [](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 404 None", "<a/>"); },
      [](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 302 Found\r\nLocation: /other", ""); },
      [](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 200 OK", std::string(262'145, ' ')); },
  });
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(fetch_document(url_of(server), {})) << i;
  EXPECT_FALSE(fetch_document("file:///etc/passwd", {}));
}

TEST(Fetch, DeniedAddressesAreNotConnectedTo) {
  ScriptedServer server(ScriptedServer::Repeat::Always, [](ScriptedPeer&) {});
  FetchRules rules;
  rules.denied = std::make_shared<const net::NetworkList>(net::NetworkList::internal());
  EXPECT_FALSE(fetch_document(url_of(server), rules));
  EXPECT_EQ(server.connections(), 0);
}

std::string at(const ScriptedServer& server, const std::string& path) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

TEST(FetchAll, FollowsAsManyRedirectsAsAllowedAndTellsWhereItEnded) {
  const auto moved = [](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 302 Found\r\nLocation: /b", ""); };
  ScriptedServer server({moved, moved,
                         [](ScriptedPeer& peer) {
                           answer(peer, "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=x", "<a/>");
                         },
                         moved, moved, moved});
  FetchRules rules;
  rules.max_redirects = 2;
  const std::string url = at(server, "/a");
  const Fetched found = fetch_all({&url, 1}, rules).front();
  EXPECT_EQ(found.failure, FetchFailure::None);
  EXPECT_EQ(found.bytes, "<a/>");
  EXPECT_EQ(found.url, at(server, "/b"));
  EXPECT_EQ(found.content_type, "text/xml; charset=x");
  const Fetched lost = fetch_all({&url, 1}, rules).front();
  EXPECT_EQ(lost.failure, FetchFailure::Status);
  EXPECT_EQ(lost.status, 302);
}

TEST(FetchAll, EachDocumentTellsItsOwnFailure) {
  ScriptedServer good({[](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 200 OK", "good"); }});
  ScriptedServer cut({[](ScriptedPeer& peer) {
    while (!peer.line().empty()) continue;
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    peer.reset();
  }});
  ScriptedServer large(
      {[](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 200 OK", std::string(2'000, 'x')); }});
  ScriptedServer elsewhere(
      {[](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/", ""); }});
  const std::vector<std::string> urls = {at(good, "/"),
                                         at(cut, "/"),
                                         at(large, "/"),
                                         at(elsewhere, "/"),
                                         "http://user:secret@127.0.0.1/",
                                         "ftp://127.0.0.1/",
                                         "www.example.test",
                                         "http://localhost:" + std::to_string(good.port()) + "/"};
  FetchRules rules;
  rules.max_bytes = 1'000;
  rules.max_redirects = 1;
  rules.hosts = {"127.0.0.1", ".example.test"};
  rules.ports = {good.port(), cut.port(), large.port(), elsewhere.port(), 80, 21};
  const auto found = fetch_all(urls, rules);
  std::vector<FetchFailure> failures;
  for (const Fetched& each : found) failures.push_back(each.failure);
  using enum FetchFailure;
  EXPECT_EQ(failures, (std::vector<FetchFailure>{None, Unreachable, TooLarge, Denied, BadAddress, BadAddress,
                                                 BadAddress, Denied}));
  EXPECT_EQ(found[0].bytes, "good");
  EXPECT_EQ(found[1].bytes, "");
}

TEST(FetchAll, ARedirectIntoADeniedNetworkIsNotFollowed) {
  ScriptedServer inside(ScriptedServer::Repeat::Always, [](ScriptedPeer&) {});
  const std::string target = "http://127.0.0.2:" + std::to_string(inside.port()) + "/";
  ScriptedServer outside(
      {[&](ScriptedPeer& peer) { answer(peer, "HTTP/1.1 301 Moved\r\nLocation: " + target, ""); }});
  FetchRules rules;
  rules.max_redirects = 3;
  rules.denied = std::make_shared<const net::NetworkList>(*net::NetworkList::parse("127.0.0.2"));
  const std::string url = at(outside, "/");
  EXPECT_EQ(fetch_all({&url, 1}, rules).front().failure, FetchFailure::Denied);
  EXPECT_EQ(inside.connections(), 0);
}

TEST(FetchAll, TheTimeHoldsForAllOfADocument) {
  ScriptedServer slow(ScriptedServer::Repeat::Always, [](ScriptedPeer& peer) { peer.wait_for_end(); });
  FetchRules rules;
  rules.timeout = net::Timeout(50);
  const std::string url = at(slow, "/");
  EXPECT_EQ(fetch_all({&url, 1}, rules).front().failure, FetchFailure::Unreachable);
}

TEST(FetchOne, AsksForWhatChangedAndTellsHowToAskAgain) {
  std::string asked;
  ScriptedServer server({
      [](ScriptedPeer& peer) {
        answer(peer, "HTTP/1.1 200 OK\r\nETag: \"7\"\r\nLast-Modified: yesterday", "x");
      },
      [&](ScriptedPeer& peer) {
        for (std::string line = peer.line(); !line.empty(); line = peer.line()) asked += line + '\n';
        peer.send("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
      },
  });
  const Fetched first = fetch_one({.url = at(server, "/")}, {});
  EXPECT_EQ(first.etag, "\"7\"");
  EXPECT_EQ(first.modified, "yesterday");
  const Fetched second =
      fetch_one({.url = at(server, "/"), .etag = first.etag, .modified = "a\r\nX-Evil: 1"}, {});
  EXPECT_EQ(second.failure, FetchFailure::Status);
  EXPECT_EQ(second.status, 304);
  EXPECT_NE(asked.find("If-None-Match: \"7\""), std::string::npos) << asked;
  EXPECT_EQ(asked.find("Evil"), std::string::npos) << asked;
}

TEST(FetchOne, APasswordGoesToNobodyElse) {
  std::string here, there;
  const auto read = [](ScriptedPeer& peer, std::string& into) {
    for (std::string line = peer.line(); !line.empty(); line = peer.line()) into += line + '\n';
  };
  ScriptedServer elsewhere({[&](ScriptedPeer& peer) {
    read(peer, there);
    peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
  }});
  ScriptedServer server({[&](ScriptedPeer& peer) {
    read(peer, here);
    peer.send("HTTP/1.1 302 Found\r\nLocation: " + at(elsewhere, "/") +
              "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }});
  FetchRules rules;
  rules.max_redirects = 1;
  EXPECT_EQ(fetch_one({.url = at(server, "/"), .login = "a", .password = "b"}, rules).bytes, "x");
  EXPECT_NE(here.find("Authorization: Basic YTpi"), std::string::npos) << here;
  EXPECT_EQ(there.find("Authorization"), std::string::npos) << there;
}

TEST(FetchOne, EndsWhenItIsCancelled) {
  std::atomic<bool> is_cancelled{true};
  ScriptedServer slow(ScriptedServer::Repeat::Always, [](ScriptedPeer& peer) { peer.wait_for_end(); });
  FetchRules rules;
  rules.is_cancelled = &is_cancelled;
  EXPECT_EQ(fetch_one({.url = at(slow, "/")}, rules).failure, FetchFailure::Unreachable);
}

TEST(ResolveReference, IsSeenFromTheBase) {
  EXPECT_EQ(resolve_reference("http://a.test/x/feed.xml", "../b?c=1"), "http://a.test/b?c=1");
  EXPECT_EQ(resolve_reference("https://a.test/", "http://b.test/y"), "http://b.test/y");
  EXPECT_EQ(resolve_reference("https://a.test/x", "//b.test/y"), "https://b.test/y");
  EXPECT_FALSE(resolve_reference("https://a.test/", "javascript:alert(1)"));
  EXPECT_FALSE(resolve_reference("nothing", "b"));
}

}  // namespace
}  // namespace gw::mail::web
