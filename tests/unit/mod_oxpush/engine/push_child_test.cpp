// The whole child in a thread, with real sockets: what the parts do together.
#include "mod_oxpush/engine/push_child.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "mod_oxpush/bind.hpp"
#include "push/bus_client.hpp"
#include "push/command_client.hpp"
#include "push/sender.hpp"

namespace oxpush {
namespace {

volatile std::sig_atomic_t child_stop = 0;
extern "C" void raise_child_stop(int) { child_stop = 1; }

using gw::push::BusClient;
using gw::push::EventRecord;

class PushChildTest : public ::testing::Test {
 protected:
  PushChildTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gwchildXXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    struct sigaction action {};
    action.sa_handler = raise_child_stop;
    sigaction(SIGUSR2, &action, &before_);
    setup_.settings.is_udp_on = true;
    setup_.settings.delay = milliseconds{0};
    setup_.events_descriptor = bind_unix(folder_ + "/events", UnixKind::Datagram, {});
    setup_.bus_descriptor = bind_unix(folder_ + "/bus", UnixKind::Listener, {});
    port_ = bound(bind_udp({*parse_address("127.0.0.1"), 0}));
    setup_.state_file = folder_ + "/registrations";
    client_ = bind_udp({*parse_address("127.0.0.1"), 0});
  }
  ~PushChildTest() override {
    end();
    sigaction(SIGUSR2, &before_, nullptr);
    for (const int descriptor : setup_.port_descriptors) close(descriptor);
    for (const int descriptor : {setup_.events_descriptor, setup_.bus_descriptor, client_}) close(descriptor);
    std::filesystem::remove_all(folder_);
  }

  Endpoint bound(int descriptor) {
    sockaddr_storage raw{};
    socklen_t size = sizeof(raw);
    getsockname(descriptor, reinterpret_cast<sockaddr*>(&raw), &size);
    setup_.ports.push_back({Role::Client, from_socket_address(raw)});
    setup_.port_descriptors.push_back(descriptor);
    return from_socket_address(raw);
  }

  void begin() {
    child_stop = 0;
    thread_ = std::thread([this] {
      sigset_t blocked;
      sigemptyset(&blocked);
      sigaddset(&blocked, SIGUSR2);
      pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
      Loop loop(child_stop, system_steady_clock());
      run_push_child(setup_, loop, journal_, counters_, [] { return false; });
    });
  }
  void end() {
    if (!thread_.joinable()) return;
    pthread_kill(thread_.native_handle(), SIGUSR2);
    thread_.join();
  }

  void send(std::string_view bytes) {
    sockaddr_storage raw{};
    const socklen_t size = to_socket_address(port_, raw);
    ASSERT_GE(sendto(client_, bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&raw), size), 0);
  }
  std::string receive() {
    pollfd waiting{.fd = client_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, 10'000) <= 0) return "nothing came";
    std::string buffer(2'048, '\0');
    const ssize_t got = recv(client_, buffer.data(), buffer.size(), 0);
    return got < 0 ? "an error" : buffer.substr(0, static_cast<std::size_t>(got));
  }
  static EventRecord event(std::int64_t folder) {
    return {
        .context = 1, .module = gw::push::kContact, .kind = gw::push::kUpdated, .audiences = {{folder, {3}}}};
  }
  static BusClient::Read next(BusClient& bus, EventRecord& record) {
    pollfd waiting{.fd = bus.fd(), .events = POLLIN, .revents = 0};
    for (;;) {
      poll(&waiting, 1, 10'000);
      // The child asks workers for users: this one does not answer.
      const BusClient::Read read = bus.next(record);
      if (read != BusClient::Read::Asked) return read;
    }
  }

  std::string folder_;
  struct sigaction before_ {};
  ChildSetup setup_;
  Endpoint port_;
  int client_ = -1;
  Counters counters_{};
  Journal journal_{[](Severity, const std::string&) {}};
  std::thread thread_;
};

TEST_F(PushChildTest, AnEventReachesTheClientAndTheBus) {
  BusClient bus(folder_ + "/bus");
  ASSERT_TRUE(bus.connect());  // waits in the listener's queue
  begin();
  send(gw::push::format_packet(gw::push::ClientRegister{3, 1}));
  EXPECT_EQ(receive(), "OK\x01");
  gw::push::Sender sender(folder_ + "/events");
  EXPECT_TRUE(sender.send(event(42)));
  EXPECT_EQ(receive(), "42\x01");
  EventRecord record;
  EXPECT_EQ(next(bus, record), BusClient::Read::Event);
  EXPECT_EQ(record, event(42));
}

TEST_F(PushChildTest, TheNextChildGoesOnWhereTheLastOneEnded) {
  begin();
  send(gw::push::format_packet(gw::push::ClientRegister{3, 1}));
  EXPECT_EQ(receive(), "OK\x01");
  BusClient bus(folder_ + "/bus");
  ASSERT_TRUE(bus.connect());
  end();
  gw::push::Sender sender(folder_ + "/events");
  EXPECT_TRUE(sender.send(event(43)));  // lies in the kernel
  begin();
  EXPECT_EQ(receive(), "43\x01");
  EventRecord record;
  EXPECT_EQ(next(bus, record), BusClient::Read::Closed);
  EXPECT_EQ(counters_.starts, 2u);
}

TEST_F(PushChildTest, WhatWaitsGoesOutAtTheEnd) {
  setup_.settings.delay = std::chrono::hours{1};
  begin();
  send(gw::push::format_packet(gw::push::ClientRegister{3, 1}));
  EXPECT_EQ(receive(), "OK\x01");
  BusClient bus(folder_ + "/bus");
  ASSERT_TRUE(bus.connect());
  gw::push::Sender sender(folder_ + "/events");
  EventRecord record;
  // The connection may be accepted after the first one.
  for (std::int64_t folder = 44; record.audiences.empty(); ++folder) {
    EXPECT_TRUE(sender.send(event(44)));
    pollfd waiting{.fd = bus.fd(), .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, 50) > 0) next(bus, record);
  }
  end();
  EXPECT_EQ(receive(), "44\x01");
}

TEST_F(PushChildTest, AClientThatIsGoneIsForgotten) {
  begin();
  send(gw::push::format_packet(gw::push::ClientRegister{3, 1}));
  EXPECT_EQ(receive(), "OK\x01");
  close(client_);
  gw::push::Sender sender(folder_ + "/events");
  // Each push that the network refuses brings a complaint; two end the registration.
  for (int i = 0; i < 2'000 && counters_.clients != 0; ++i) {
    sender.send(event(45));
    poll(nullptr, 0, 5);
  }
  EXPECT_EQ(counters_.clients, 0u);
  client_ = bind_udp({*parse_address("127.0.0.1"), 0});
}

TEST_F(PushChildTest, ACommandIsAnsweredInPartsAndAWorkerAnswersQuestions) {
  begin();
  send(gw::push::format_packet(gw::push::ClientRegister{3, 1}));
  EXPECT_EQ(receive(), "OK\x01");
  const std::string bus = folder_ + "/bus";
  EXPECT_NE(gw::push::run_push_command(bus, "list").find("1 3 127.0.0.1:"), std::string::npos);
  EXPECT_THROW(gw::push::run_push_command(bus, "evil"), std::runtime_error);
  EXPECT_EQ(gw::push::run_push_command(bus, "drop 1"), "1\n");
  EXPECT_EQ(counters_.clients, 0u);

  BusClient worker(bus);
  ASSERT_TRUE(worker.connect());
  // Until the child has taken the connection, nobody is asked.
  while (gw::push::run_push_command(bus, "status").find("OXPushBusConnections 2") == std::string::npos) {
  }
  send(gw::push::format_packet(gw::push::ClientRegister{4, 1}));
  EXPECT_EQ(receive(), "OK\x01");
  EventRecord record;
  pollfd waiting{.fd = worker.fd(), .events = POLLIN, .revents = 0};
  poll(&waiting, 1, 10'000);
  ASSERT_EQ(worker.next(record), BusClient::Read::Asked);
  EXPECT_EQ(worker.question(), (gw::push::UserQuestion{1, 4}));
  gw::push::Sender sender(folder_ + "/events");
  EXPECT_TRUE(sender.send(gw::push::UserAnswer{1, 4, false}));
  EXPECT_TRUE(sender.send(event(42)));
  EXPECT_EQ(next(worker, record), BusClient::Read::Event) << "the answer came before it";
  EXPECT_EQ(counters_.clients, 0u);
}

TEST_F(PushChildTest, ALongAnswerComesWhole) {
  setup_.settings.limits.registrations = setup_.settings.limits.clients_per_address = 100'000;
  begin();
  for (std::int32_t user = 1; user <= 1'000; ++user) {
    send(gw::push::format_packet(gw::push::ClientRegister{user, 1}));
    EXPECT_EQ(receive(), "OK\x01");
  }
  const std::string list = gw::push::run_push_command(folder_ + "/bus", "list");
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 1'001);
}

}  // namespace
}  // namespace oxpush
