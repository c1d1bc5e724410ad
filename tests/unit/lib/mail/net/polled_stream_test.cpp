#include "mail/net/polled_stream.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include "support/scripted_server.hpp"

namespace gw::mail::net {
namespace {

using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

PolledAddress address_at(int port, bool is_tls = false) {
  return {.address = "127.0.0.1",
          .port = port,
          .host = "localhost",
          .policy = {true, gw::test::server_certificate()},
          .begins_encrypted = is_tls};
}

/// As an event loop does. Returns: false when nothing happened for ten seconds.
bool turn(PolledStream& stream) {
  pollfd wanted{stream.descriptor(), 0, 0};
  if (stream.wants_read()) wanted.events |= POLLIN;
  if (stream.wants_write()) wanted.events |= POLLOUT;
  EXPECT_NE(wanted.events, 0);
  if (poll(&wanted, 1, 10'000) <= 0) return false;
  stream.advance();
  return true;
}

/// Everything until the text ends so, or the connection.
std::string read_until(PolledStream& stream, const std::string& end) {
  std::string text;
  while (!text.ends_with(end) && stream.problem().empty() && turn(stream)) text += stream.take_input();
  return text + stream.take_input();
}

void write_all(PolledStream& stream, std::string_view bytes) {
  stream.write(bytes);
  while (stream.has_output() && stream.problem().empty() && turn(stream)) continue;
}

TEST(PolledStream, BytesGoBothWaysAndTheEndIsTold) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send("hello\r\n");
    peer.expect("one");
    peer.expect("two");
    peer.send("bye\r\n");
  }});
  PolledStream stream(address_at(server.port()));
  EXPECT_EQ(read_until(stream, "\n"), "hello\r\n");
  EXPECT_TRUE(stream.is_open());
  EXPECT_FALSE(stream.is_encrypted());
  stream.write("one\r\n");
  stream.write("two\r\n");
  EXPECT_EQ(read_until(stream, "never"), "bye\r\n");
  EXPECT_EQ(stream.problem(), "it closed the connection");
  EXPECT_FALSE(stream.wants_read());
  EXPECT_FALSE(stream.wants_write());
}

TEST(PolledStream, WhatIsLargePassesInParts) {
  const std::string large(3'000'000, 'x');
  for (const bool is_tls : {false, true}) {
    ScriptedServer server({[&](ScriptedPeer& peer) {
      if (is_tls) peer.start_tls();
      EXPECT_EQ(peer.bytes(large.size()), large);
      peer.send(large + "\n");
      peer.wait_for_end();
    }});
    PolledStream stream(address_at(server.port(), is_tls));
    write_all(stream, large);
    std::string text;
    while (!text.ends_with('\n') && stream.problem().empty() && turn(stream)) {
      const std::string piece = stream.take_input();
      EXPECT_LE(piece.size(), PolledStream::kMostUnread + 16 * 1024);
      text += piece;
    }
    EXPECT_EQ(text, large + "\n");
    EXPECT_EQ(stream.is_encrypted(), is_tls);
  }
}

TEST(PolledStream, NothingIsReadAboveWhatIsNotTaken) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send(std::string(1'000'000, 'x'));
    peer.wait_for_end();
  }});
  PolledStream stream(address_at(server.port()));
  while (stream.problem().empty() && (!stream.is_open() || stream.wants_read()) && turn(stream)) continue;
  EXPECT_FALSE(stream.wants_read());
  EXPECT_FALSE(stream.wants_write());
  EXPECT_GE(stream.take_input().size(), PolledStream::kMostUnread);
  EXPECT_TRUE(stream.wants_read());
}

TEST(PolledStream, TlsNeedsATrustedCertificateWithTheHostsName) {
  const auto shake = [](ScriptedPeer& peer) {
    peer.start_tls();
    peer.send("secret\r\n");
    peer.wait_for_end();
  };
  ScriptedServer server({shake, shake, shake});
  PolledAddress to = address_at(server.port(), true);
  {
    PolledStream trusted(to);
    EXPECT_EQ(read_until(trusted, "\n"), "secret\r\n");
  }
  to.host = "elsewhere.example.org";
  {
    PolledStream other(to);
    EXPECT_EQ(read_until(other, "\n"), "");
    EXPECT_TRUE(other.problem().starts_with("its certificate is not accepted")) << other.problem();
  }
  to.policy.verifies_certificate = false;
  PolledStream careless(to);
  EXPECT_EQ(read_until(careless, "\n"), "secret\r\n");
}

TEST(PolledStream, WhatWasSentBeforeTlsIsDropped) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send("ready\r\n");
    peer.expect("go");
    peer.send("injected\r\n");
    peer.start_tls();
    peer.expect("hello");
    peer.send("safe\r\n");
    peer.wait_for_end();
  }});
  PolledStream stream(address_at(server.port()));
  EXPECT_EQ(read_until(stream, "\n"), "ready\r\n");
  // Past the stream, which could else read the answer at once.
  ASSERT_EQ(send(stream.descriptor(), "go\r\n", 4, MSG_NOSIGNAL), 4);
  ASSERT_TRUE(turn(stream)) << "the injected line comes in";
  stream.start_tls();
  stream.write("hello\r\n");
  EXPECT_EQ(read_until(stream, "safe\r\n"), "safe\r\n");
  EXPECT_TRUE(stream.is_encrypted());
}

TEST(PolledStream, AServerThatHangsUpInTheHandshakeIsToldOf) {
  ScriptedServer server({[](ScriptedPeer& peer) { peer.send("no TLS here\r\n"); }});
  PolledStream stream(address_at(server.port(), true));
  EXPECT_EQ(read_until(stream, "\n"), "");
  EXPECT_FALSE(stream.problem().empty());
}

TEST(PolledStream, WhatCannotBeConnectedToIsToldOf) {
  int closed_port = 0;
  {
    ScriptedServer gone({});
    closed_port = gone.port();
  }
  PolledStream refused(address_at(closed_port));
  EXPECT_EQ(read_until(refused, "\n"), "");
  EXPECT_EQ(refused.problem(), "Connection refused");
  PolledAddress named = address_at(143);
  named.address = "localhost";
  EXPECT_EQ(PolledStream(named).problem(), "no address: localhost") << "a name would have to be looked up";
  EXPECT_FALSE(PolledStream(address_at(0)).problem().empty());
  EXPECT_FALSE(PolledStream(address_at(65'536)).problem().empty());
}

}  // namespace
}  // namespace gw::mail::net
