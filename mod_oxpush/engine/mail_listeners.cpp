#include "mail_listeners.hpp"

#include <fmt/format.h>
#include <sys/epoll.h>

#include <algorithm>
#include <utility>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace oxpush {
namespace {

using gw::mail::Encryption;
using gw::mail::Mechanism;
using gw::mail::imap::InboxWatch;
using gw::mail::net::PolledAddress;
using gw::mail::net::PolledStream;
using gw::push::MailRelease;
using gw::push::MailWatch;

constexpr std::size_t kMostAddresses = 8;
constexpr milliseconds kForEver = milliseconds::max();

Encryption encryption_of(std::string_view word) {
  if (word == "none") return Encryption::None;
  if (word == "starttls") return Encryption::StartTls;
  return word == "tls" ? Encryption::Tls : Encryption::Prefer;
}

Mechanism mechanism_of(std::string_view word) {
  if (word == "XOAUTH2") return Mechanism::XOAuth2;
  return word == "OAUTHBEARER" ? Mechanism::OAuthBearer : Mechanism::Password;
}

gw::mail::Server server_of(const MailWatch& watch) {
  gw::mail::Server server;
  server.protocol = "imap";
  server.host = watch.host;
  server.port = watch.port;
  server.encryption = encryption_of(watch.encryption);
  server.verifies_certificate = watch.verifies_certificate;
  server.ca_file = watch.ca_file;
  server.mechanism = mechanism_of(watch.mechanism);
  server.login = watch.login;
  server.authorize_as = watch.authorize_as;
  server.secret = watch.secret;
  return server;
}

std::vector<std::string> addresses_of(const MailWatch& watch) {
  std::vector<std::string> addresses;
  for (const std::string_view address : gw::split(watch.addresses, ','))
    if (!address.empty() && addresses.size() < kMostAddresses) addresses.emplace_back(address);
  return addresses;
}

bool has_same_login(const gw::mail::Server& server, const MailWatch& watch) {
  return server.host == watch.host && server.login == watch.login &&
         server.authorize_as == watch.authorize_as && gw::equal_constant_time(server.secret, watch.secret);
}

/// Spread over the users, and the same for one.
milliseconds spread(ClientKey user, milliseconds most) {
  return most * static_cast<std::int64_t>(std::hash<ClientKey>{}(user) % 1'000) / 1'000;
}

}  // namespace

MailListeners::MailListeners(Loop& loop, std::uint32_t most, const Journal& journal, Counters& counters,
                             Calls calls)
    : loop_(loop), most_(most), journal_(journal), counters_(counters), calls_(std::move(calls)) {
  counters_.mail_listeners = 0;
  counters_.mail_idle = 0;
}

MailListeners::~MailListeners() {
  while (!listeners_.empty()) remove(listeners_.begin());
}

void MailListeners::take(const MailWatch& watch) {
  const ClientKey user{watch.context, watch.user};
  std::vector<std::string> addresses = addresses_of(watch);
  auto place = listeners_.find(user);
  const bool has_room = place == listeners_.end() ? listeners_.size() < most_
                                                  : place->second.holders.size() < kMostHolders ||
                                                        place->second.holders.contains(watch.listener);
  if (addresses.empty() || !has_room) {
    ++counters_.mail_listeners_refused;
    return;
  }
  if (place == listeners_.end()) place = listeners_.try_emplace(user).first;
  Listener& listener = place->second;
  const milliseconds now = calls_.clock();
  listener.holders[watch.listener] =
      watch.listener.empty() ? kForEver : now + std::chrono::seconds{watch.life};
  listener.lonely_since.reset();
  listener.addresses = std::move(addresses);
  counters_.mail_listeners = listeners_.size();
  if (listener.stream) return;  // what works is left alone
  const bool is_same = has_same_login(listener.server, watch);
  if (listener.is_given_up && is_same) return;
  if (!is_same) listener.seen = {};
  forget_secret(listener);
  listener.server = server_of(watch);
  listener.is_given_up = false;
}

void MailListeners::take(const MailRelease& release) {
  const auto place = listeners_.find({release.context, release.user});
  if (place != listeners_.end()) place->second.holders.erase(release.listener);
}

void MailListeners::end(ClientKey user) {
  const auto place = listeners_.find(user);
  if (place == listeners_.end()) return;
  // Whoever registered over UDP is listened for by a master of the mail server, not with his password.
  std::erase_if(place->second.holders, [](const auto& holder) { return !holder.first.empty(); });
  if (place->second.holders.empty()) remove(place);
}

bool MailListeners::is_over(ClientKey user, Listener& listener, milliseconds now) const {
  std::erase_if(listener.holders, [&](const auto& holder) {
    return holder.first.empty() ? !calls_.has_clients(user) : holder.second <= now;
  });
  if (!listener.holders.empty()) {
    listener.lonely_since.reset();
    return false;
  }
  if (!listener.lonely_since) listener.lonely_since = now;
  return now - *listener.lonely_since >= kLinger;
}

void MailListeners::tick() {
  const milliseconds now = calls_.clock();
  int connecting = 0;
  for (auto place = listeners_.begin(); place != listeners_.end();) {
    const auto here = place++;
    if (is_over(here->first, here->second, now)) remove(here);
  }
  for (const auto& [user, listener] : listeners_)
    connecting += listener.stream && !listener.idle_since ? 1 : 0;
  for (auto& [user, listener] : listeners_) {
    if (listener.stream) {
      if (now >= listener.deadline) renew_or_fail(user, listener);
    } else if (!listener.is_given_up && now >= listener.next_try && connecting < kMostConnecting) {
      ++connecting;
      open(user, listener);
    }
  }
}

void MailListeners::open(ClientKey user, Listener& listener) {
  const gw::mail::Server& server = listener.server;
  const bool is_tls = server.encryption == Encryption::Tls;
  ++counters_.mail_connects;
  listener.stream = std::make_unique<PolledStream>(
      PolledAddress{.address = listener.addresses[listener.next_address++ % listener.addresses.size()],
                    .port = server.port,
                    .host = server.host,
                    .policy = {server.verifies_certificate, server.ca_file},
                    .begins_encrypted = is_tls});
  listener.watch.emplace(server, listener.seen);
  if (is_tls) listener.watch->note_encryption();
  listener.deadline = calls_.clock() + kSignInPatience;
  if (!listener.stream->problem().empty())
    return fail(user, listener, InboxWatch::End::Broken, listener.stream->problem());
  listener.polled = EPOLLOUT;
  loop_.watch(listener.stream->descriptor(), listener.polled, [this, user](std::uint32_t) {
    if (const auto place = listeners_.find(user); place != listeners_.end() && place->second.stream)
      drive(user, place->second);
  });
}

void MailListeners::exchange_bytes(Listener& listener) {
  PolledStream& stream = *listener.stream;
  InboxWatch& watch = *listener.watch;
  stream.advance();
  watch.feed(stream.take_input());
  std::string out = watch.take_output();
  stream.write(out);
  gw::wipe(out);
  if (!watch.wants_tls()) return;
  stream.start_tls();
  watch.tls_started();
  out = watch.take_output();
  stream.write(out);
}

void MailListeners::drive(ClientKey user, Listener& listener) {
  exchange_bytes(listener);
  for (const gw::mail::News& news : listener.watch->take_news()) {
    ++counters_.mails_heard;
    calls_.tell(user, news);
  }
  if (const auto end = listener.watch->end()) return fail(user, listener, *end, listener.watch->reason());
  if (!listener.stream->problem().empty())
    return fail(user, listener, InboxWatch::End::Broken, listener.stream->problem());
  note_progress(user, listener);
  poll_for(listener);
}

void MailListeners::set_idle(Listener& listener, std::optional<milliseconds> since) {
  if (since && !listener.idle_since) ++counters_.mail_idle;
  if (!since && listener.idle_since) --counters_.mail_idle;
  listener.idle_since = since;
}

void MailListeners::note_progress(ClientKey user, Listener& listener) {
  const bool is_idle = listener.watch->is_idle();
  const milliseconds now = calls_.clock();
  if (is_idle && !listener.idle_since) {
    set_idle(listener, now);
    listener.deadline = now + kRenewal + spread(user, kRenewalSpread);
  } else if (!is_idle && listener.idle_since) {
    listener.deadline = now + kAnswerPatience;
    if (now - *listener.idle_since >= kSettled) listener.pause = kFirstPause;
    set_idle(listener, std::nullopt);
  }
}

void MailListeners::poll_for(Listener& listener) {
  const std::uint32_t wanted = (listener.stream->wants_read() ? static_cast<std::uint32_t>(EPOLLIN) : 0U) |
                               (listener.stream->wants_write() ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  if (wanted == listener.polled) return;
  listener.polled = wanted;
  loop_.change(listener.stream->descriptor(), wanted);
}

void MailListeners::renew_or_fail(ClientKey user, Listener& listener) {
  if (!listener.watch->is_idle()) return fail(user, listener, InboxWatch::End::Broken, "it does not answer");
  listener.watch->renew();
  drive(user, listener);
}

void MailListeners::fail(ClientKey user, Listener& listener, InboxWatch::End end, const std::string& reason) {
  const milliseconds now = calls_.clock();
  ++counters_.mail_failures;
  const bool was_settled = listener.idle_since && now - *listener.idle_since >= kSettled;
  if (was_settled) listener.pause = kFirstPause;
  listener.is_given_up = end != InboxWatch::End::Broken;
  if (listener.is_given_up)
    journal_.write(Severity::Info,
                   fmt::format("OXP0021: the INBOX of user {} of context {} is not listened to: {}: {}",
                               user.user, user.context, listener.server.host, reason));
  listener.next_try = now + listener.pause + spread(user, listener.pause);
  listener.pause = std::min<milliseconds>(listener.pause * 2, kLongestPause);
  close(listener);
}

void MailListeners::close(Listener& listener) {
  if (listener.watch) listener.seen = listener.watch->position();
  if (listener.stream && listener.polled != 0) loop_.forget(listener.stream->descriptor());
  listener.polled = 0;
  set_idle(listener, std::nullopt);
  listener.watch.reset();
  listener.stream.reset();
}

void MailListeners::remove(Listeners::iterator place) {
  close(place->second);
  forget_secret(place->second);
  listeners_.erase(place);
  counters_.mail_listeners = listeners_.size();
}

void MailListeners::forget_secret(Listener& listener) { gw::wipe(listener.server.secret); }

}  // namespace oxpush
