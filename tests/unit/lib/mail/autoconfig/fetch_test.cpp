#include "mail/autoconfig/fetch.hpp"

#include <gtest/gtest.h>

#include "support/scripted_server.hpp"

namespace gw::mail::autoconfig {
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

}  // namespace
}  // namespace gw::mail::autoconfig
