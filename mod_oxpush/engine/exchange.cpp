// Events: from workers and peers to clients, peers and workers. Datagrams: exchange_packets.cpp; state:
// exchange_state.cpp.
#include "exchange.hpp"

#include <algorithm>
#include <limits>

namespace oxpush {
namespace {

using gw::push::EventRecord;
using gw::push::Origin;

/// The folder that mail events carry: the user's INBOX. Source: spec udp-push section 3.
constexpr std::int32_t kInbox = 1;
constexpr std::chrono::minutes kClientWindow{1};
/// Changes that one turn of the loop delivers, so that it stays awake for the sockets.
constexpr int kMostPerTurn = 256;
/// New peers are answered by announcements not closer than this.
constexpr std::chrono::seconds kAnnouncementPause{1};
constexpr std::size_t kResyncPart = 200;
constexpr milliseconds kResyncPause{20};

bool fits_protocol(std::int64_t number) {
  return number >= 0 && number <= std::numeric_limits<std::int32_t>::max();
}

/// Only new mail in the INBOX is of interest to clients of the UDP protocol; all else of mail is for
/// browsers.
bool is_for_udp(const EventRecord& event, std::int64_t folder) {
  if (event.module != gw::push::kMail) return true;
  return folder == kInbox && (event.kind == gw::push::kCreated || event.kind == gw::push::kUnknownKind);
}

}  // namespace

Exchange::Exchange(const EngineSettings& settings, const Host& host, Outlet& outlet, Journal& journal,
                   Counters& counters, Clocks clocks)
    : settings_(settings),
      host_(host),
      outlet_(outlet),
      journal_(journal),
      counters_(counters),
      clocks_(std::move(clocks)),
      cluster_(settings, host, outlet, counters),
      registrations_(settings.limits),
      signatures_(settings.client_sign_mode, settings.keys),
      queue_(settings.limits.queue),
      put_off_(settings.limits.queue),
      client_networks_(networks_of(settings.client_networks)),
      registration_rate_(settings.limits.registrations, std::chrono::minutes{1}) {
  counters_.clients = 0;
  counters_.events_waiting = 0;
  counters_.events_waiting_since = 0;
}

void Exchange::take_event(std::string_view record) {
  if (auto control = gw::push::decode_control(record)) return take_control(*control);
  auto event = gw::push::decode_event(record);
  if (!event || event->origin != Origin::Local) {
    ++counters_.events_bad;
    return;
  }
  ++counters_.events_received;
  if (recent_mails_.is_repeated(*event, clocks_.steady())) {
    ++counters_.events_repeated;
    return;
  }
  outlet_.publish(record);
  if (!settings_.is_udp_on || !fits_protocol(event->context) || !fits_protocol(event->module)) return;
  for (gw::push::FolderAudience& audience : event->audiences) {
    if (audience.users.empty() || !fits_protocol(audience.folder) || !is_for_udp(*event, audience.folder))
      continue;
    enqueue({.context = static_cast<std::int32_t>(event->context),
             .folder = static_cast<std::int32_t>(audience.folder),
             .module = event->module,
             .origin = Origin::Local,
             .users = std::move(audience.users),
             .stamp = event->module == gw::push::kMail ? 0 : std::max<std::int64_t>(event->stamp, 0)});
  }
}

/// Mail does not wait and is not merged. Source: spec udp-push section 4.
void Exchange::enqueue(Change change) {
  if (change.module == gw::push::kMail || settings_.delay.count() == 0) {
    deliver(change);
    return;
  }
  switch (queue_.add(std::move(change), settings_.delay, clocks_.steady())) {
    case OutputQueue::Outcome::Merged:
      ++counters_.events_merged;
      break;
    case OutputQueue::Outcome::Overflowed:
      ++counters_.events_overflowed;
      break;
    case OutputQueue::Outcome::Added:
      break;
  }
  count_waiting();
}

/// By the clock of the wall: whoever reads it is another process.
void Exchange::count_waiting() {
  counters_.events_waiting = queue_.size();
  const auto oldest = queue_.oldest();
  const auto age = oldest ? (clocks_.steady() - *oldest).count() : 0;
  counters_.events_waiting_since =
      oldest ? static_cast<std::uint64_t>(std::max<std::int64_t>(clocks_.wall() - age, 0) / 1'000) : 0;
}

void Exchange::deliver(const Change& change) {
  // Files have no UDP clients (spec push-modern 7.4); other servers still want to know.
  if (change.module != gw::push::kInfostore) push_to_clients(change);
  if (change.origin == Origin::Local && settings_.distributes_events) {
    cluster_.send_event({.folder = change.folder,
                         .module = change.module,
                         .context = change.context,
                         .users = change.users,
                         .stamp = change.stamp},
                        unix_seconds());
  }
}

void Exchange::push_to_clients(const Change& change) {
  const std::string packet = gw::push::format_push(change.folder);
  const milliseconds now = clocks_.steady();
  // Guests are not among those who registered: workers do not know them as users of this protocol.
  const std::vector<std::int32_t> all =
      gw::push::is_for_everybody(change.users) ? registrations_.users_of(change.context) : change.users;
  for (const std::int32_t user : all) {
    std::vector<Client>* clients = registrations_.find({change.context, user});
    if (clients == nullptr) continue;
    for (Client& client : *clients) {
      if (client.expires <= now) continue;
      if (now >= client.window_ends) {
        client.window_ends = now + kClientWindow;
        client.sent = 0;
      }
      if (client.sent >= settings_.limits.packets) {
        put_off(change, user, client.window_ends);
        continue;
      }
      ++client.sent;
      outlet_.send(client.via, client.endpoint, client.local,
                   client.key.is_none() ? packet
                                        : signatures_.sign_push(change.folder, {change.context, user},
                                                                client.key, unix_seconds()));
      ++counters_.pushes_sent;
    }
  }
}

/// The client has had its packets of this minute: it gets this folder's once more when the minute is over,
/// however many changes there were. So it never misses the last one.
void Exchange::put_off(const Change& change, std::int32_t user, milliseconds until) {
  ++counters_.pushes_limited;
  put_off_.add({.context = change.context,
                .folder = change.folder,
                .module = change.module,
                .origin = Origin::Remote,
                .users = {user}},
               until - clocks_.steady(), clocks_.steady());
}

void Exchange::work() {
  const milliseconds now = clocks_.steady();
  for (int i = 0; i < kMostPerTurn; ++i) {
    const auto change = queue_.pop_due(now);
    if (!change) break;
    deliver(*change);
  }
  for (int i = 0; i < kMostPerTurn; ++i) {
    const auto change = put_off_.pop_due(now);
    if (!change) break;
    push_to_clients(*change);
  }
  continue_resync();
  if (wants_announcement_ && now >= next_announcement_) announce();
  count_waiting();
}

std::optional<milliseconds> Exchange::next_work() const {
  std::optional<milliseconds> next = queue_.next_due();
  if (const auto due = put_off_.next_due()) next = std::min(next.value_or(*due), *due);
  if (wants_announcement_) next = std::min(next.value_or(next_announcement_), next_announcement_);
  if (!resyncs_.empty()) next = std::min(next.value_or(next_resync_), next_resync_);
  return next;
}

void Exchange::send_all_waiting(milliseconds deadline) {
  while (clocks_.steady() < deadline) {
    const auto change = queue_.pop();
    if (!change) break;
    deliver(*change);
  }
  while (clocks_.steady() < deadline) {
    const auto change = put_off_.pop();
    if (!change) break;
    push_to_clients(*change);
  }
  count_waiting();
}

/// Paced, so that a peer that came back is not drowned.
void Exchange::continue_resync() {
  if (resyncs_.empty() || clocks_.steady() < next_resync_) return;
  Resync& resync = resyncs_.front();
  for (std::size_t i = 0; i < kResyncPart && !resync.rest.empty(); ++i) {
    const auto& [key, client] = resync.rest.back();
    cluster_.send_registration_to(resync.peer, key, client, unix_seconds());
    resync.rest.pop_back();
  }
  if (resync.rest.empty()) resyncs_.pop_front();
  next_resync_ = clocks_.steady() + kResyncPause;
}

void Exchange::announce() {
  cluster_.announce(unix_seconds());
  wants_announcement_ = false;
  next_announcement_ = clocks_.steady() + kAnnouncementPause;
}

void Exchange::sweep() {
  registrations_.sweep(clocks_.steady());
  users_.sweep(clocks_.steady());
  cluster_.sweep(clocks_.steady());
  ask_for_mailboxes();
  count_clients();
}

}  // namespace oxpush
