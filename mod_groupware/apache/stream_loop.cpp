#include "apache/stream_loop.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "apache/blocked_signals.hpp"
#include "core/log.hpp"

namespace gw::apache {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{1'000};
constexpr milliseconds kShortPause{50};
constexpr milliseconds kFirstConnectPause{100}, kLongestConnectPause{3'000};
/// Between the server's last word about a connection and its end. The server's thread may still be on its way
/// out of the function that told us; mod_dialup's timer waits as long.
constexpr milliseconds kSettle{1'000};
/// For the client's own end of the connection: closing at once could take the last bytes from it.
constexpr milliseconds kLinger{2'000};
/// For a client to take the last words.
constexpr milliseconds kPatience{5'000};
constexpr int kRecordsPerTurn = 256;
constexpr std::size_t kEventsPerTurn = 256;
/// Not ids of streams.
constexpr std::uint64_t kWakeup = 0, kBus = UINT64_MAX;

void add_descriptor(int poller, int descriptor, std::uint64_t what, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = what;
  epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
}

/// Gives true at the end of the client's bytes, which nobody wants.
bool discard_input(int socket) {
  std::array<char, 4'096> bytes;
  for (int turn = 0; turn < 16; ++turn) {
    const ssize_t got = recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0) continue;
    return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
  }
  return false;
}

}  // namespace

StreamLoop::StreamLoop(push::StreamHub& hub, std::string bus_path, Callbacks callbacks)
    : hub_(hub),
      bus_(std::move(bus_path)),
      callbacks_(std::move(callbacks)),
      connect_pause_(kFirstConnectPause) {}

void StreamLoop::shut_down() {
  ends_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
}

StreamLoop::~StreamLoop() {
  shut_down();
  if (poller_ >= 0) ::close(poller_);
  if (wakeup_ >= 0) ::close(wakeup_);
  for (auto& [id, client] : clients_) client.parked->abandon();
  for (auto& [id, parked] : inbox_) parked->abandon();
}

void StreamLoop::start() {
  poller_ = epoll_create1(EPOLL_CLOEXEC);
  wakeup_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (poller_ < 0 || wakeup_ < 0) throw std::system_error(errno, std::generic_category(), "event streams");
  add_descriptor(poller_, wakeup_, kWakeup, EPOLLIN);
  const BlockedSignals blocked;
  thread_ = std::thread([this] { run(); });
}

void StreamLoop::stop() noexcept {
  stops_ = true;
  wake();
}

void StreamLoop::wake() noexcept {
  const std::uint64_t one = 1;
  if (wakeup_ >= 0) static_cast<void>(::write(wakeup_, &one, sizeof one) == 0);
}

void StreamLoop::park(push::StreamId stream, std::unique_ptr<Parked> parked) {
  {
    const std::lock_guard lock(mutex_);
    inbox_.emplace_back(stream, std::move(parked));
  }
  wake();
}

int StreamLoop::pause() const {
  return static_cast<int>((has_backlog_ || !unsettled_.empty() ? kShortPause : kTick).count());
}

void StreamLoop::run() {
  bool is_stopped = false;
  std::array<epoll_event, kEventsPerTurn> events;
  while (!ends_) {
    if (bus_.fd() < 0 && Clock::now() >= next_connect_) connect_bus();
    const int count = epoll_wait(poller_, events.data(), static_cast<int>(events.size()), pause());
    for (int i = 0; i < count; ++i)
      handle(events[static_cast<std::size_t>(i)].data.u64, events[static_cast<std::size_t>(i)].events);
    take_inbox();
    if (stops_ && !std::exchange(is_stopped, true)) hub_.stop();
    const auto now = Clock::now();
    if (now >= next_tick_) {
      next_tick_ = now + kTick;
      callbacks_.tick(hub_.tick());
    }
    send_ready();
    advance(now);
    has_backlog_ = callbacks_.flush();
  }
}

void StreamLoop::handle(std::uint64_t what, std::uint32_t happened) {
  if (what == kBus) {
    read_bus();
  } else if (what == kWakeup) {
    std::uint64_t times = 0;
    static_cast<void>(::read(wakeup_, &times, sizeof times) == 0);
  } else {
    serve(what, happened);
  }
}

void StreamLoop::take_inbox() {
  std::vector<std::pair<push::StreamId, std::unique_ptr<Parked>>> arrived;
  {
    const std::lock_guard lock(mutex_);
    arrived.swap(inbox_);
  }
  for (auto& [id, parked] : arrived) {
    clients_[id].parked = std::move(parked);
    unsettled_.push_back(id);
  }
}

void StreamLoop::connect_bus() {
  if (!bus_.connect()) {
    next_connect_ = Clock::now() + connect_pause_;
    connect_pause_ = std::min(connect_pause_ * 2, kLongestConnectPause);
    return;
  }
  connect_pause_ = kFirstConnectPause;
  counters_.connects.fetch_add(1, std::memory_order_relaxed);
  counters_.connected = true;
  add_descriptor(poller_, bus_.fd(), kBus, EPOLLIN | EPOLLRDHUP);
  // What happened before is unknown.
  hub_.lose();
}

void StreamLoop::lose_bus() {
  counters_.connected = false;
  next_connect_ = Clock::now() + connect_pause_;
  log(LogLevel::Info, "GW0340", "the push child closed its bus; event streams wait for its successor");
}

void StreamLoop::read_bus() {
  for (int turn = 0; turn < kRecordsPerTurn; ++turn) {
    push::EventRecord event;
    switch (bus_.next(event)) {
      case push::BusClient::Read::Event:
        hub_.publish(std::move(event));
        break;
      case push::BusClient::Read::Gap:
        counters_.gaps.fetch_add(1, std::memory_order_relaxed);
        hub_.lose();
        break;
      case push::BusClient::Read::Asked:
        if (callbacks_.asked) callbacks_.asked(bus_.question());
        break;
      case push::BusClient::Read::Empty:
        return;
      case push::BusClient::Read::Closed:
        lose_bus();
        return;
    }
  }
}

void StreamLoop::watch(push::StreamId id, Client& client, std::uint32_t wanted) {
  if (client.watched == wanted) return;
  epoll_event event{};
  event.events = wanted;
  event.data.u64 = id;
  epoll_ctl(poller_, client.watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, client.parked->socket(), &event);
  client.watched = wanted;
}

void StreamLoop::send_ready() {
  for (const push::StreamId id : hub_.take_ready()) {
    const auto known = clients_.find(id);
    // Without a client yet it is looked at when it arrives; a thread of its own may serve it.
    if (known == clients_.end() || known->second.watched == 0 || known->second.state != State::Open) continue;
    watch(id, known->second, EPOLLOUT | EPOLLRDHUP);
    if (hub_.end_of(id)) unsettled_.push_back(id);
  }
}

void StreamLoop::serve(push::StreamId id, std::uint32_t happened) {
  const auto known = clients_.find(id);
  if (known == clients_.end()) return;
  Client& client = known->second;
  if (client.state == State::Lingering) {
    if ((happened & (EPOLLERR | EPOLLHUP)) != 0 || discard_input(client.parked->socket()))
      client.gives_up = Clock::now();
    return;
  }
  if (client.state == State::Open && (happened & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0)
    end(id, client);
  else if (client.state == State::Open && (happened & EPOLLOUT) != 0)
    write(id, client);
}

void StreamLoop::write(push::StreamId id, Client& client) {
  const push::Output output = hub_.take(id, kSlice);
  const bool is_empty = output.bytes.empty() && !output.is_last;
  if (!is_empty && !client.parked->write(output.bytes, output.is_last)) {
    counters_.failed_writes.fetch_add(1, std::memory_order_relaxed);
    end(id, client);
  } else if (output.is_last) {
    end(id, client);
  } else if (!hub_.has_output(id)) {
    watch(id, client, EPOLLRDHUP);
  }
}

/// The hub forgets it now; the connection is finished as soon as that is allowed.
void StreamLoop::end(push::StreamId id, Client& client) {
  client.state = State::Ended;
  // A closed socket would report itself over and over.
  epoll_ctl(poller_, EPOLL_CTL_DEL, client.parked->socket(), nullptr);
  client.watched = 0;
  hub_.close(id);
  callbacks_.closed(id);
  unsettled_.push_back(id);
}

void StreamLoop::advance(Clock::time_point now) {
  std::vector<push::StreamId> left;
  for (const push::StreamId id : std::exchange(unsettled_, {})) {
    const auto known = clients_.find(id);
    if (known == clients_.end()) continue;
    if (advance_one(id, known->second, now))
      clients_.erase(known);
    else if (is_unsettled(known->second))
      left.push_back(id);
  }
  unsettled_.insert(unsettled_.end(), left.begin(), left.end());
  std::sort(unsettled_.begin(), unsettled_.end());
  unsettled_.erase(std::unique(unsettled_.begin(), unsettled_.end()), unsettled_.end());
}

bool StreamLoop::is_unsettled(const Client& client) {
  return client.free_since == Clock::time_point{} || client.state != State::Open ||
         client.gives_up != Clock::time_point{};
}

bool StreamLoop::advance_one(push::StreamId id, Client& client, Clock::time_point now) {
  if (client.free_since == Clock::time_point{}) {
    if (!client.parked->is_free()) return false;
    client.free_since = now;
    watch(id, client, EPOLLOUT | EPOLLRDHUP);
  }
  if (client.state == State::Open) {
    // A client that does not read cannot be told that this is the end.
    const auto reason = hub_.end_of(id);
    if (!reason) return false;
    if (client.gives_up == Clock::time_point{}) client.gives_up = now + kPatience;
    if (*reason == push::EndReason::Slow || now >= client.gives_up) end(id, client);
  }
  if (client.state == State::Ended && now >= client.free_since + kSettle) {
    if (!client.parked->finish()) return true;
    client.state = State::Lingering;
    client.gives_up = now + kLinger;
    watch(id, client, EPOLLIN | EPOLLRDHUP);
  }
  return client.state == State::Lingering && now >= client.gives_up;
}

}  // namespace gw::apache
