#include "apache/stream_loop.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>

#include "core/random.hpp"
#include "support/database.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

/// The push child's end of the bus.
class Bus {
 public:
  Bus() : path_("/tmp/gw-bus-" + random_hex(6)) {
    listener_ = ::socket(AF_UNIX, SOCK_SEQPACKET, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 4), 0);
  }
  ~Bus() {
    hang_up();
    ::close(listener_);
    std::filesystem::remove(path_);
  }
  void accept() {
    pollfd wanted{listener_, POLLIN, 0};
    ASSERT_EQ(::poll(&wanted, 1, 20'000), 1);
    connection_ = ::accept(listener_, nullptr, nullptr);
  }
  void send(const std::string& bytes) {
    EXPECT_EQ(::send(connection_, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  }
  void tell(std::int64_t folder, std::int32_t user) {
    push::EventRecord event;
    event.context = 1;
    event.module = push::kContact;
    event.stamp = ++stamp_;
    event.audiences = {{folder, {user}}};
    for (const std::string& datagram : push::encode_event(event)) send(datagram);
  }
  void hang_up() {
    if (connection_ >= 0) ::close(connection_);
    connection_ = -1;
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  int listener_ = -1;
  int connection_ = -1;
  std::int64_t stamp_ = 0;
};

/// What a test knows of a parked client after the loop took it.
class Fate {
 public:
  void finish() { set(is_finished_); }
  void close() { set(is_closed_); }
  bool wait_until_closed() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [this] { return is_closed_; });
  }
  bool is_finished() { return get(is_finished_); }
  bool is_closed() { return get(is_closed_); }

 private:
  void set(bool& flag) {
    const std::lock_guard lock(mutex_);
    flag = true;
    changed_.notify_all();
  }
  bool get(const bool& flag) {
    const std::lock_guard lock(mutex_);
    return flag;
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_finished_ = false;
  bool is_closed_ = false;
};

class FakeParked final : public Parked {
 public:
  FakeParked(int socket, Fate& fate) : socket_(socket), fate_(fate) {}
  ~FakeParked() override {
    ::close(socket_);
    fate_.close();
  }
  [[nodiscard]] int socket() const override { return socket_; }
  [[nodiscard]] bool is_free() const override { return true; }
  bool write(std::string_view bytes, bool) noexcept override {
    return bytes.empty() || ::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
                                static_cast<ssize_t>(bytes.size());
  }
  bool finish() noexcept override {
    fate_.finish();
    return ::shutdown(socket_, SHUT_WR) == 0;
  }
  void abandon() noexcept override {}

 private:
  int socket_;
  Fate& fate_;
};

class Loop : public ::testing::Test {
 protected:
  Loop() : hub({.epoch = "e"}, system_clock()) {}

  void start() {
    loop.emplace(
        hub, bus.path(),
        StreamLoop::Callbacks{
            [](std::span<const push::StreamId>) {}, [](push::StreamId) {}, [] { return false; }, {}});
    loop->start();
    bus.accept();
  }
  /// The client's end of a new stream.
  int connect(std::int32_t user, const std::string& name, Fate& fate) {
    push::StreamRequest request;
    request.user = {1, user};
    request.connection = name;
    request.life = 15min;
    const auto id = hub.open(std::move(request));
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    // Small, so that a client that does not read is soon full.
    const int size = 4'096;
    ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    loop->park(*id, std::make_unique<FakeParked>(ends[0], fate));
    return ends[1];
  }
  /// Reads until the text has come; the empty text: until the end.
  static std::string read_until(int socket, const std::string& text) {
    std::string got;
    std::array<char, 4'096> bytes;
    while (text.empty() || got.find(text) == std::string::npos) {
      pollfd wanted{socket, POLLIN, 0};
      if (::poll(&wanted, 1, 20'000) != 1) return got + "<time-out>";
      const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
      if (count <= 0) return got + "<end>";
      got.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return got;
  }
  Bus bus;
  /// Outlive the loop, which tells them of the end.
  std::deque<Fate> fates;
  push::StreamHub hub;
  std::optional<StreamLoop> loop;
};

TEST_F(Loop, CarriesEventsFromTheBusToTheClients) {
  start();
  Fate& fate = fates.emplace_back();
  const int client = connect(3, "a", fate);
  read_until(client, "event: ready");
  bus.tell(31, 4);
  bus.tell(32, 3);
  const std::string told = read_until(client, "\"folder\":\"32\"");
  EXPECT_EQ(told.find("\"folder\":\"31\""), std::string::npos) << told;
  ::close(client);
  EXPECT_TRUE(fate.wait_until_closed());
  EXPECT_EQ(hub.size(), 0U);
}

TEST_F(Loop, AClosedBusIsTakenUpAgainAndToldAsALoss) {
  start();
  Fate& fate = fates.emplace_back();
  const int client = connect(3, "a", fate);
  read_until(client, "event: ready");
  bus.hang_up();
  bus.accept();
  read_until(client, "event: resync");
  bus.tell(31, 3);
  read_until(client, "\"folder\":\"31\"");
  bus.send(push::encode_gap());
  read_until(client, "event: resync");
  EXPECT_EQ(loop->counters().gaps, 1U);
  EXPECT_EQ(loop->counters().connects, 2U);
  ::close(client);
  EXPECT_TRUE(fate.wait_until_closed());
}

TEST_F(Loop, StoppingTellsEveryClientToComeAgainAndEndsItsConnection) {
  start();
  Fate& fate = fates.emplace_back();
  const int client = connect(3, "a", fate);
  read_until(client, "event: ready");
  loop->stop();
  const std::string last = read_until(client, "");
  EXPECT_NE(last.find("retry: "), std::string::npos) << last;
  EXPECT_NE(last.find("<end>"), std::string::npos) << last;
  EXPECT_TRUE(fate.is_finished());
  ::close(client);
  EXPECT_TRUE(fate.wait_until_closed());
}

TEST_F(Loop, AClientThatDoesNotReadHoldsUpNobodyAndIsClosed) {
  start();
  Fate& stuck_fate = fates.emplace_back();
  Fate& fate = fates.emplace_back();
  const int stuck = connect(3, "stuck", stuck_fate);
  const int client = connect(4, "a", fate);
  for (int folder = 1; folder < 1'500; ++folder) {
    bus.tell(folder, 3);
    if (folder % 100 != 0) continue;
    bus.tell(folder, 4);
    read_until(client, "\"folder\":\"" + std::to_string(folder) + "\"");
  }
  EXPECT_TRUE(stuck_fate.wait_until_closed());
  EXPECT_EQ(hub.counters().slow, 1U);
  EXPECT_FALSE(fate.is_closed());
  ::close(stuck);
  ::close(client);
  EXPECT_TRUE(fate.wait_until_closed());
}

}  // namespace
}  // namespace gw::apache
