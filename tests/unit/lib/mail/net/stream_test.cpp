#include "mail/net/stream.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "core/errors/mail.hpp"
#include "support/scripted_server.hpp"

namespace gw::mail::net {
namespace {

using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

Server server_at(int port) {
  Server server;
  server.host = "127.0.0.1";
  server.port = port;
  server.encryption = Encryption::None;
  server.ca_file = gw::test::server_certificate();
  server.read_timeout = std::chrono::milliseconds(5'000);
  return server;
}

/// The code that the work ends with; empty when it does not throw.
template <class Work>
std::string code_of(const Work& work) {
  try {
    work();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(Stream, LinesAndCountedBytesComeInTheirOrder) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send("one\r\ntw");
    peer.send("o\nabc");
    peer.send("def\r\n");
    peer.expect("hello");
  }});
  Stream stream(server_at(server.port()));
  EXPECT_EQ(stream.read_line(100), "one");
  EXPECT_EQ(stream.read_line(100), "two");
  EXPECT_EQ(stream.read_bytes(6), "abcdef");
  EXPECT_EQ(stream.read_line(100), "");
  stream.write("hel");
  stream.write("lo\r\n");
  stream.flush();
}

TEST(Stream, ALineBeyondItsLimitIsAProtocolError) {
  ScriptedServer server({[](ScriptedPeer& peer) { peer.send(std::string(200, 'x') + "\r\n"); }});
  Stream stream(server_at(server.port()));
  EXPECT_EQ(code_of([&] { stream.read_line(100); }), "MSG-1027");
}

TEST(Stream, SilenceEndsWithinTheTimeOutAndIsNoEndOfTheConnection) {
  ScriptedServer server({[](ScriptedPeer& peer) { peer.wait_for_end(); }});
  Server at = server_at(server.port());
  at.read_timeout = std::chrono::milliseconds(50);
  Stream stream(at);
  try {
    stream.read_line(100);
    FAIL();
  } catch (const ConnectionClosed&) {
    FAIL() << "a time-out must not look like a closed connection";
  } catch (const ApiError& error) {
    EXPECT_EQ(error.code(), errors::msg::kConnectionLost);
  }
}

TEST(Stream, AServerThatHangsUpIsTold) {
  ScriptedServer server({[](ScriptedPeer& peer) { peer.send("half a li"); }});
  Stream stream(server_at(server.port()));
  EXPECT_THROW(stream.read_line(100), ConnectionClosed);
}

TEST(Stream, ASinkThatSaysStopEndsTheTransfer) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send(std::string(100'000, 'x'));
    peer.wait_for_end();
  }});
  Stream stream(server_at(server.port()));
  std::size_t seen = 0;
  EXPECT_FALSE(stream.read_counted(100'000, [&](std::string_view piece) {
    seen += piece.size();
    return seen < 1'000;
  }));
  EXPECT_LT(seen, 100'000U);
}

TEST(Stream, UnreachableServersHaveTheirOwnCodes) {
  int closed_port = 0;
  {
    ScriptedServer gone({});
    closed_port = gone.port();
  }
  EXPECT_EQ(code_of([&] { Stream stream(server_at(closed_port)); }), "MSG-1016");
  Server unknown = server_at(143);
  unknown.host = "no-such-host.invalid";
  EXPECT_EQ(code_of([&] { Stream stream(unknown); }), "MSG-1022");
  Server bad_port = server_at(0);
  EXPECT_EQ(code_of([&] { Stream stream(bad_port); }), "MSG-1019");
}

TEST(Stream, TlsNeedsATrustedCertificateWithTheHostsName) {
  const auto shake = [](ScriptedPeer& peer) {
    peer.start_tls();
    peer.send("secret\r\n");
    peer.wait_for_end();
  };
  ScriptedServer server({shake, shake, shake});
  Server at = server_at(server.port());
  at.encryption = Encryption::Tls;
  EXPECT_EQ(Stream(at).read_line(100), "secret");
  at.ca_file.clear();
  EXPECT_EQ(code_of([&] { Stream stream(at); }), "MSG-1016");
  at.verifies_certificate = false;
  EXPECT_EQ(Stream(at).read_line(100), "secret");
}

TEST(Stream, WhatTlsHasReadAheadIsInput) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.start_tls();
    peer.send("one\r\n");
    peer.send("two\r\n");
    peer.wait_for_end();
  }});
  Server at = server_at(server.port());
  at.encryption = Encryption::Tls;
  Stream stream(at);
  EXPECT_EQ(stream.read_line(100), "one");
  const Deadline deadline(std::chrono::seconds(10));
  while (!stream.has_input() && deadline.left().count() > 0) std::this_thread::yield();
  EXPECT_TRUE(stream.has_input());
  EXPECT_EQ(stream.read_line(100), "two");
}

TEST(Stream, AMissingFileOfAuthoritiesIsNoReasonToTrust) {
  ScriptedServer server({[](ScriptedPeer& peer) { peer.wait_for_end(); }});
  Server at = server_at(server.port());
  at.encryption = Encryption::Tls;
  at.ca_file = "/nonexistent.pem";
  EXPECT_EQ(code_of([&] { Stream stream(at); }), "MSG-1016");
}

TEST(Stream, WhatWasSentBeforeTlsIsDropped) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.expect("go");
    peer.send("ready\r\ninjected\r\n");
    peer.start_tls();
    peer.send("safe\r\n");
    peer.wait_for_end();
  }});
  Stream stream(server_at(server.port()));
  stream.write("go\r\n");
  stream.flush();
  EXPECT_EQ(stream.read_line(100), "ready");
  stream.start_tls();
  EXPECT_TRUE(stream.is_encrypted());
  EXPECT_EQ(stream.read_line(100), "safe");
}

TEST(Stream, AnAnswerEndsAsAWholeHoweverManyLinesCome) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    std::string lines;
    while (lines.size() < 16'384) lines += "* OK still at it\r\n";
    // Far more than comes through in that time; once the client is gone each is refused at once.
    for (int i = 0; i < 200'000; ++i) peer.send(lines);
  }});
  Server at = server_at(server.port());
  at.read_timeout = std::chrono::milliseconds(20);
  Stream stream(at);
  try {
    for (;;) stream.read_line(100);
  } catch (const ConnectionClosed&) {
    FAIL() << "the server went first";
  } catch (const ApiError& error) {
    EXPECT_EQ(error.code(), errors::msg::kConnectionLost);
  }
}

TEST(Stream, TheTimeOfWhoTakesTheBytesIsNotTheServers) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    peer.send(std::string(1'000, 'x') + "the next line\r\n");
    peer.wait_for_end();
  }});
  Server at = server_at(server.port());
  at.read_timeout = std::chrono::milliseconds(10);
  Stream stream(at);
  EXPECT_TRUE(stream.read_counted(1'000, [&](std::string_view) {
    const Deadline busy(at.read_timeout * (Stream::kLongestAnswer + 5));
    while (busy.left().count() > 0) {
    }
    return true;
  }));
  EXPECT_EQ(stream.read_line(100), "the next line");
}

TEST(Stream, DeflateWorksBothWays) {
  ScriptedServer server({[](ScriptedPeer& peer) {
    Deflate deflate;
    peer.send(deflate.compress("hello\r\n"));
    peer.send(deflate.compress(std::string(300'000, 'a') + "\r\n"));
    peer.bytes(1);
    peer.send("garbage that is no deflate");
    peer.wait_for_end();
  }});
  Stream stream(server_at(server.port()));
  stream.start_deflate();
  EXPECT_EQ(stream.read_line(100), "hello");
  EXPECT_EQ(stream.read_line(400'000).size(), 300'000U);
  stream.write("go\r\n");
  stream.flush();
  EXPECT_EQ(code_of([&] { stream.read_line(100); }), "MSG-1027");
}

TEST(Wipe, LeavesNothing) {
  std::string secret = "secret";
  wipe(secret);
  EXPECT_TRUE(secret.empty());
}

}  // namespace
}  // namespace gw::mail::net
