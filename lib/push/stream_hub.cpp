#include "push/stream_hub.hpp"

#include <algorithm>
#include <utility>

#include "core/json.hpp"

namespace gw::push {
namespace {

constexpr std::chrono::milliseconds kShortestRetry{1'000}, kLongestRetry{10'000};

/// True when the stream asked not to hear of this event.
bool is_own(const StreamRequest& request, const EventRecord& event) {
  return !event.source_token.empty() && event.source_token == request.connection;
}

Listener listener_of(const StreamRequest& request) { return {request.user.user, request.is_guest}; }

}  // namespace

std::size_t StreamHub::UserHash::operator()(const UserKey& key) const noexcept {
  return std::hash<std::int64_t>()(key.context * 1'000'003 + key.user);
}

StreamHub::StreamHub(HubOptions options, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      random_(options_.seed),
      log_(options_.log, random_position()) {}

std::chrono::milliseconds StreamHub::vary(std::chrono::milliseconds middle) {
  const std::int64_t fifth = middle.count() / 5;
  return middle +
         std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(-fifth, fifth)(random_));
}

Position StreamHub::random_position() { return std::uniform_int_distribution<Position>(1)(random_); }

std::optional<StreamId> StreamHub::open(StreamRequest request) {
  const std::lock_guard lock(mutex_);
  if (stops_ || streams_.size() >= options_.streams) {
    ++counters_.refused;
    return std::nullopt;
  }
  make_room(request);
  const Millis now = clock_.now();
  const StreamId id = next_id_++;
  const bool is_poll = request.transport == Transport::Poll;
  const auto life = is_poll ? request.life : vary(request.life);
  of_user_[request.user].push_back(id);
  Held& held = streams_
                   .emplace(id, Held{Stream(std::move(request), options_.epoch),
                                     {now.value + vary(options_.heartbeat).count()},
                                     {now.value + life.count()}})
                   .first->second;
  ++counters_.opened;
  ++(is_poll ? counters_.polls : counters_.streams);
  greet(held);
  note_output(id, held);
  return id;
}

void StreamHub::make_room(const StreamRequest& request) {
  const auto known = of_user_.find(request.user);
  if (known == of_user_.end()) return;
  std::vector<StreamId> running;
  for (const StreamId id : known->second) {
    Held& held = streams_.at(id);
    if (held.stream.is_ended()) continue;
    if (held.stream.request().connection == request.connection)
      end_locked(id, held, EndReason::Superseded);
    else
      running.push_back(id);
  }
  const auto most = static_cast<std::size_t>(options_.streams_per_user);
  for (std::size_t i = 0; i + most <= running.size(); ++i) {
    end_locked(running[i], streams_.at(running[i]), EndReason::Replaced);
    ++counters_.replaced;
  }
}

void StreamHub::greet(Held& held) {
  const StreamRequest& request = held.stream.request();
  const bool is_poll = request.transport == Transport::Poll;
  const auto from = parse_id(options_.epoch, request.last_id);
  const bool continues = from && log_.find_after(*from);
  held.told = continues ? *from : log_.head();
  // A poll that brings its id wants messages only.
  if (!is_poll || request.last_id.empty()) {
    if (!is_poll) held.stream.add_frame(frame_retry(options_.retry));
    Json data = Json::object();
    data.set("connection", Json::string(request.connection));
    data.set("server", Json::string(options_.server));
    data.set("heartbeat", Json::integer(options_.heartbeat.count()));
    held.stream.add_notice("ready", data.dump(), held.told);
  }
  if (request.last_id.empty()) return;
  if (continues && replay(held, *from)) return;
  held.stream.forget_waiting();
  held.told = log_.head();
  held.stream.add_notice("resync", "{}", held.told);
  ++counters_.resyncs;
}

bool StreamHub::replay(Held& held, Position from) {
  const StreamRequest& request = held.stream.request();
  const auto& entries = log_.entries();
  std::size_t count = 0;
  bool fits = true;
  for (std::size_t i = *log_.find_after(from); i < entries.size() && fits; ++i) {
    const EventLog::Entry& entry = entries[i];
    if (entry.event->context != request.user.context || is_own(request, *entry.event)) continue;
    bool concerns = false;
    for_each_message(entry.event, entry.position, listener_of(request), [&](Message&& message) {
      if (!request.interests.match(message.topic)) return;
      concerns = true;
      held.told = message.position;
      fits = held.stream.add(std::move(message)) && fits;
    });
    count += concerns ? 1 : 0;
    fits = fits && count <= options_.resumed_events;
  }
  return fits;
}

void StreamHub::publish(EventRecord&& event) {
  const std::lock_guard lock(mutex_);
  const Millis now = clock_.now();
  ++counters_.events;
  if (event.origin == Origin::Local && event.stamp != 0) counters_.lag = now.value - event.stamp;
  const EventLog::Entry entry = log_.append(std::move(event), now);
  for (const StreamId id : concerned_by(*entry.event))
    offer(id, streams_.at(id), entry.event, entry.position);
}

std::vector<StreamId> StreamHub::concerned_by(const EventRecord& event) const {
  std::vector<StreamId> concerned;
  const bool is_for_all =
      std::any_of(event.audiences.begin(), event.audiences.end(),
                  [](const FolderAudience& audience) { return is_for_everybody(audience.users); });
  if (is_for_all) {
    for (const auto& [id, held] : streams_)
      if (held.stream.request().user.context == event.context) concerned.push_back(id);
    return concerned;
  }
  for (const FolderAudience& audience : event.audiences)
    for (const std::int32_t user : audience.users)
      if (const auto known = of_user_.find({event.context, user}); known != of_user_.end())
        concerned.insert(concerned.end(), known->second.begin(), known->second.end());
  std::sort(concerned.begin(), concerned.end());
  concerned.erase(std::unique(concerned.begin(), concerned.end()), concerned.end());
  return concerned;
}

void StreamHub::offer(StreamId id, Held& held, const std::shared_ptr<const EventRecord>& event,
                      Position position) {
  Stream& stream = held.stream;
  if (stream.is_ended()) return;
  if (is_own(stream.request(), *event)) {
    ++counters_.suppressed;
    return;
  }
  bool fits = true;
  for_each_message(event, position, listener_of(stream.request()), [&](Message&& message) {
    if (!stream.request().interests.match(message.topic)) return;
    held.told = message.position;
    fits = stream.add(std::move(message)) && fits;
  });
  if (!fits) {
    ++counters_.slow;
    end_locked(id, held, EndReason::Slow);
  }
  note_output(id, held);
}

void StreamHub::lose() {
  const std::lock_guard lock(mutex_);
  log_.restart(random_position());
  for (auto& [id, held] : streams_)
    if (!held.stream.is_ended()) resync(id, held);
}

void StreamHub::resync(StreamId id, Held& held) {
  held.stream.forget_waiting();
  held.told = log_.head();
  held.stream.add_notice("resync", "{}", held.told);
  ++counters_.resyncs;
  note_output(id, held);
}

std::vector<StreamId> StreamHub::tick() {
  const std::lock_guard lock(mutex_);
  const Millis now = clock_.now();
  log_.prune(now);
  std::vector<StreamId> to_check;
  for (auto& [id, held] : streams_) {
    if (held.stream.is_ended()) continue;
    if (now >= held.ends) {
      end_locked(id, held, EndReason::Life);
      continue;
    }
    if (now < held.next_heartbeat) continue;
    held.next_heartbeat = {now.value + vary(options_.heartbeat).count()};
    to_check.push_back(id);
    if (held.stream.request().transport == Transport::Poll || !held.stream.is_quiet()) continue;
    // Events of others move the client on, too, so that it need not reload when it comes back.
    const bool moves = held.told != log_.head();
    held.told = log_.head();
    held.stream.add_frame(frame_heartbeat(moves ? format_id(options_.epoch, held.told) : std::string()));
    note_output(id, held);
  }
  return to_check;
}

std::vector<StreamId> StreamHub::take_ready() {
  const std::lock_guard lock(mutex_);
  for (const StreamId id : ready_)
    if (const auto known = streams_.find(id); known != streams_.end()) known->second.is_queued = false;
  return std::exchange(ready_, {});
}

Output StreamHub::take(StreamId id, std::size_t most) {
  const std::lock_guard lock(mutex_);
  const auto known = streams_.find(id);
  if (known == streams_.end()) return {};
  Stream& stream = known->second.stream;
  const std::uint64_t sent = stream.sent();
  Output output = stream.take(most, clock_.now());
  counters_.messages += stream.sent() - sent;
  return output;
}

bool StreamHub::has_output(StreamId id) const {
  const std::lock_guard lock(mutex_);
  const auto known = streams_.find(id);
  return known != streams_.end() && known->second.stream.has_output();
}

void StreamHub::wait(StreamId id, std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, longest, [&] {
    const auto known = streams_.find(id);
    return known == streams_.end() || known->second.stream.has_output();
  });
}

void StreamHub::end(StreamId id, EndReason reason) {
  const std::lock_guard lock(mutex_);
  const auto known = streams_.find(id);
  if (known == streams_.end() || known->second.stream.is_ended()) return;
  if (reason == EndReason::SessionInvalid) ++counters_.invalid;
  if (reason == EndReason::Replaced) ++counters_.replaced;
  end_locked(id, known->second, reason);
}

std::optional<EndReason> StreamHub::end_of(StreamId id) const {
  const std::lock_guard lock(mutex_);
  const auto known = streams_.find(id);
  return known == streams_.end() ? std::nullopt : known->second.stream.end_reason();
}

void StreamHub::end_locked(StreamId id, Held& held, EndReason reason) {
  const auto jitter =
      std::uniform_int_distribution<std::int64_t>(kShortestRetry.count(), kLongestRetry.count())(random_);
  held.stream.end(reason, std::chrono::milliseconds(jitter));
  note_output(id, held);
}

void StreamHub::stop() {
  const std::lock_guard lock(mutex_);
  stops_ = true;
  for (auto& [id, held] : streams_)
    if (!held.stream.is_ended()) end_locked(id, held, EndReason::Stopping);
}

void StreamHub::close(StreamId id) {
  const std::lock_guard lock(mutex_);
  const auto known = streams_.find(id);
  if (known == streams_.end()) return;
  const StreamRequest& request = known->second.stream.request();
  const auto of_user = of_user_.find(request.user);
  std::erase(of_user->second, id);
  if (of_user->second.empty()) of_user_.erase(of_user);
  counters_.merged += known->second.stream.merged();
  --(request.transport == Transport::Poll ? counters_.polls : counters_.streams);
  streams_.erase(known);
}

std::size_t StreamHub::size() const {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

HubCounters StreamHub::counters() const {
  const std::lock_guard lock(mutex_);
  HubCounters counters = counters_;
  for (const auto& [id, held] : streams_) counters.merged += held.stream.merged();
  return counters;
}

void StreamHub::note_output(StreamId id, Held& held) {
  if (held.is_queued || !held.stream.has_output()) return;
  held.is_queued = true;
  ready_.push_back(id);
  changed_.notify_all();
}

}  // namespace gw::push
