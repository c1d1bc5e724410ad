// Clients: their registrations, whose they are, and when they end. Source: spec udp-push sections 7 and 11.
#include <fmt/format.h>

#include <algorithm>

#include "exchange.hpp"
#include "push/client_key.hpp"

namespace oxpush {

using gw::push::ClientRegister;
using gw::push::SessionEnd;
using gw::push::UserAnswer;
using gw::push::Verdict;

/// Whether someone at this place may register at all.
bool Exchange::is_welcome(std::size_t via, const Endpoint& source) {
  return host_.ports[via].role == Role::Client && source.port != 0 && source.address.is_unicast() &&
         client_networks_.contains(source.address) &&
         registration_rate_.allow(source.address, clocks_.steady());
}

void Exchange::refuse_client(const Endpoint& source, const char* reason) {
  ++counters_.registrations_refused;
  if (journal_.may_write(source.address, clocks_.steady()))
    journal_.write(Severity::Warning,
                   fmt::format("OXP0011: registration from {} refused: {}", to_text(source), reason));
}

/// Every user is answered, known or not, so that the answer tells nothing. What a limit or a signature
/// refuses is not answered: the client tries again later.
void Exchange::take_client(const ClientRegister& packet,
                           const std::optional<gw::push::SignatureTokens>& signature, std::size_t via,
                           const Endpoint& source, const Address& local) {
  constexpr const char* kLimits = "OXPushClientNetworks or OXPushLimits";
  if (!is_welcome(via, source)) return refuse_client(source, kLimits);
  const ClientSignatures::Judgement judgement = signatures_.judge(packet, signature, unix_seconds());
  if (!signatures_.accepts(judgement.verdict)) {
    ++counters_.signatures_refused;
    return refuse_client(source, judgement.verdict == Verdict::Absent
                                     ? "it is not signed (OXPushClientSignatures)"
                                     : "its signature does not count: wrong, old, repeated, or its session "
                                       "ended");
  }
  const milliseconds now = clocks_.steady();
  const ClientKey key{packet.context, packet.user};
  // A signature proves that there is such a user.
  const bool is_signed = judgement.verdict == Verdict::Good;
  const bool may_exist = packet.user != 0 && packet.context != 0 &&
                         (is_signed || users_.find(key, now) != UserBook::State::Unknown);
  const Client client{.endpoint = source,
                      .local = local,
                      .key = judgement.key,
                      .expires = now + settings_.register_timeout,
                      .via = static_cast<std::uint8_t>(via)};
  if (may_exist && !registrations_.add(key, client)) return refuse_client(source, kLimits);
  ++counters_.registrations;
  count_clients();
  outlet_.send(via, source, local, gw::push::kRegisterAnswer);
  if (!may_exist) return;
  // A worker that knows how to get at the user's INBOX says so with its answer.
  if (!is_signed || settings_.mail_listeners > 0) ask_about(key);
  if (settings_.distributes_registrations) cluster_.send_registration(key, source, unix_seconds());
}

/// Without a worker that could answer, the registration stays. Returns: false when it must be asked later.
bool Exchange::ask_about(ClientKey key) {
  const milliseconds now = clocks_.steady();
  if (users_.find(key, now) != UserBook::State::Unasked) return true;
  if (!users_.may_ask(now) ||
      !outlet_.ask(gw::push::encode_control(gw::push::UserQuestion{key.context, key.user})))
    return false;
  users_.note(key, UserBook::State::Asked, now);
  ++counters_.users_asked;
  return true;
}

/// After a restart clients need not register for half an hour.
void Exchange::ask_for_mailboxes() {
  while (!without_mailbox_.empty() && ask_about(without_mailbox_.front())) without_mailbox_.pop_front();
}

bool Exchange::has_clients(ClientKey user) {
  const std::vector<Client>* clients = registrations_.find(user);
  const milliseconds now = clocks_.steady();
  return clients != nullptr && std::any_of(clients->begin(), clients->end(), [&](const Client& client) {
           return !client.is_remote && client.expires > now;
         });
}

void Exchange::take_answer(const UserAnswer& answer) {
  const ClientKey key{answer.context, answer.user};
  users_.note(key, answer.is_known ? UserBook::State::Known : UserBook::State::Unknown, clocks_.steady());
  if (answer.is_known) return;
  counters_.clients_unknown += registrations_.remove(key);
  count_clients();
}

/// What was signed in the session's name ends with it; the rest of the user's where that is wanted.
void Exchange::take_session_end(const SessionEnd& end) {
  signatures_.end(end.handle, unix_seconds());
  const ClientKey key{end.context, end.user};
  counters_.clients_ended += end.was_last && settings_.ends_with_session
                                 ? registrations_.remove(key)
                                 : registrations_.remove_signed(key, end.handle);
  count_clients();
  if (end.was_last) outlet_.end_mail(key);
}

void Exchange::take_control(gw::push::Control& control) {
  if (const auto* answer = std::get_if<UserAnswer>(&control)) {
    take_answer(*answer);
  } else if (const auto* end = std::get_if<SessionEnd>(&control)) {
    take_session_end(*end);
  } else if (auto* watch = std::get_if<gw::push::MailWatch>(&control)) {
    outlet_.watch_mail(*watch);
    gw::push::wipe(*watch);
  } else if (const auto* release = std::get_if<gw::push::MailRelease>(&control)) {
    outlet_.release_mail(*release);
  } else {
    ++counters_.events_bad;
  }
}

}  // namespace oxpush
