// Sender and BusClient against real Unix sockets.
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>
#include <string>
#include <thread>

#include "push/bus_client.hpp"
#include "push/sender.hpp"
#include "push/unix_address.hpp"

namespace gw::push {
namespace {

EventRecord numbered(std::int64_t object) {
  return {.context = 1, .module = kContact, .kind = kCreated, .object = object, .audiences = {{42, {3, 7}}}};
}

class SocketsTest : public ::testing::Test {
 protected:
  SocketsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gwpushXXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~SocketsTest() override {
    shut();
    std::filesystem::remove_all(folder_);
  }

  std::string path() const { return folder_ + "/s"; }

  void bind_as(int type) {
    shut();
    std::filesystem::remove(path());
    socket_ = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    const auto address = unix_address(path());
    ASSERT_EQ(bind(socket_, address->get(), address->size), 0);
    if (type == SOCK_SEQPACKET) {
      ASSERT_EQ(listen(socket_, 4), 0);
    }
  }

  void shut() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

  std::optional<EventRecord> receive() {
    std::string buffer(kLongestRecord, '\0');
    const ssize_t got = recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    return got < 0 ? std::nullopt : decode_event({buffer.data(), static_cast<std::size_t>(got)});
  }

  std::string folder_;
  int socket_ = -1;
};

TEST_F(SocketsTest, AnEventArrivesAsItWasSent) {
  bind_as(SOCK_DGRAM);
  Sender sender(path());
  EXPECT_TRUE(sender.send(numbered(1)));
  EXPECT_EQ(receive(), numbered(1));
  EXPECT_EQ(sender.sent(), 1u);
}

TEST_F(SocketsTest, WithoutAChildTheEventIsLostAndCounted) {
  Sender sender(path());
  EXPECT_FALSE(sender.send(numbered(1)));
  EXPECT_EQ(sender.dropped(), 1u);
  bind_as(SOCK_DGRAM);
  EXPECT_TRUE(sender.send(numbered(2)));
  EXPECT_EQ(receive(), numbered(2));
}

TEST_F(SocketsTest, AReplacedSocketIsFound) {
  bind_as(SOCK_DGRAM);
  Sender sender(path());
  EXPECT_TRUE(sender.send(numbered(1)));
  shut();
  EXPECT_FALSE(sender.send(numbered(2)));  // ECONNREFUSED: the file stays, nobody owns it
  bind_as(SOCK_DGRAM);
  EXPECT_TRUE(sender.send(numbered(3)));
  EXPECT_EQ(receive(), numbered(3));
}

TEST_F(SocketsTest, WhatTheKernelDoesNotTakeWaitsInOrder) {
  bind_as(SOCK_DGRAM);
  Sender sender(path());
  constexpr std::int64_t kMany = 2'000;
  for (std::int64_t i = 1; i <= kMany; ++i) ASSERT_TRUE(sender.send(numbered(i)));
  EXPECT_TRUE(sender.has_backlog());
  for (std::int64_t i = 1; i <= kMany; ++i) {
    sender.flush();
    const auto event = receive();
    ASSERT_TRUE(event);
    ASSERT_EQ(event->object, i);
  }
  EXPECT_FALSE(sender.has_backlog());
  EXPECT_EQ(sender.sent(), static_cast<std::uint64_t>(kMany));
  EXPECT_EQ(sender.dropped(), 0u);
}

TEST_F(SocketsTest, TheBacklogIsBounded) {
  bind_as(SOCK_DGRAM);
  Sender sender(path());
  std::uint64_t refused = 0;
  for (std::size_t i = 0; i < Sender::kLongestBacklog + 2'000; ++i)
    refused += sender.send(numbered(1)) ? 0 : 1;
  EXPECT_GT(refused, 0u);
  EXPECT_EQ(sender.dropped(), refused);
}

TEST_F(SocketsTest, ManyThreadsSendThroughOneSender) {
  bind_as(SOCK_DGRAM);
  Sender sender(path());
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  std::atomic<int> running{kThreads};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) sender.send(numbered(thread * kEach + i));
      --running;
    });
  }
  std::set<std::int64_t> seen;
  while (running > 0 || sender.has_backlog() || seen.size() < kThreads * kEach) {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, 5'000) <= 0) break;
    if (const auto event = receive()) seen.insert(event->object);
    sender.flush();
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kThreads * kEach));
}

TEST_F(SocketsTest, APathTooLongIsLostNotFatal) {
  Sender sender(std::string(200, 'x'));
  EXPECT_FALSE(sender.send(numbered(1)));
  BusClient client(std::string(200, 'x'));
  EXPECT_FALSE(client.connect());
}

TEST_F(SocketsTest, TheBusGivesEventsGapsAndItsEnd) {
  bind_as(SOCK_SEQPACKET);
  BusClient client(path());
  EventRecord event;
  EXPECT_EQ(client.next(event), BusClient::Read::Closed);
  ASSERT_TRUE(client.connect());
  const int server = accept(socket_, nullptr, nullptr);
  ASSERT_GE(server, 0);
  EXPECT_EQ(client.next(event), BusClient::Read::Empty);
  for (const std::string& bytes :
       {encode_event(numbered(5))[0], std::string("of another version"), encode_gap()})
    ASSERT_EQ(send(server, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  EXPECT_EQ(client.next(event), BusClient::Read::Event);
  EXPECT_EQ(event, numbered(5));
  EXPECT_EQ(client.next(event), BusClient::Read::Gap);
  EXPECT_EQ(client.next(event), BusClient::Read::Empty);
  close(server);
  EXPECT_EQ(client.next(event), BusClient::Read::Closed);
  EXPECT_EQ(client.fd(), -1);
  EXPECT_TRUE(client.connect()) << "the parent's socket listens on";
}

TEST_F(SocketsTest, WithoutABusConnectSaysSo) {
  BusClient client(path());
  EXPECT_FALSE(client.connect());
  EXPECT_EQ(client.fd(), -1);
}

}  // namespace
}  // namespace gw::push
