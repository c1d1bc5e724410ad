// Registrations and peers as text, so that a restart does not silence clients until they register again.
// A client: context user endpoint local-address via-endpoint remote(0/1) milliseconds-left [key-id master-id]
// A session that ended: ended handle seconds-UTC-when-its-keys-run-out
// A discovered peer: peer endpoint instance(or -) milliseconds-since-heard
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/text.hpp"
#include "exchange.hpp"

namespace oxpush {
namespace {

constexpr std::string_view kHeader = "oxpush-registrations 1 ";
constexpr std::size_t kFields = 7;
constexpr std::size_t kSignedFields = 9;
constexpr std::string_view kEnded = "ended";
constexpr std::size_t kEndedFields = 3;
constexpr std::string_view kPeer = "peer";
constexpr std::size_t kPeerFields = 4;

std::optional<std::int64_t> number(std::string_view text) {
  return gw::push::parse_number(text, std::numeric_limits<std::int64_t>::max());
}

struct StateLine {
  ClientKey key;
  Client client;
  std::string_view via;
};

/// `client.expires` holds what is left.
std::optional<StateLine> parse_line(std::string_view line) {
  const std::vector<std::string_view> words = gw::split(line, ' ');
  if (words.size() != kFields && words.size() != kSignedFields) return std::nullopt;
  constexpr std::int64_t kLargest = std::numeric_limits<std::int32_t>::max();
  const auto context = gw::push::parse_number(words[0], kLargest);
  const auto user = gw::push::parse_number(words[1], kLargest);
  const auto endpoint = parse_endpoint(words[2]);
  const auto local = words[3] == "none" ? std::optional(Address{}) : parse_address(words[3]);
  const auto left = number(words[6]);
  if (!context || !user || !endpoint || !local || !left) return std::nullopt;
  KeyRef key;
  if (words.size() == kSignedFields) key = {std::string(words[7]), std::string(words[8])};
  return StateLine{.key = {static_cast<std::int32_t>(*context), static_cast<std::int32_t>(*user)},
                   .client = {.endpoint = *endpoint,
                              .local = *local,
                              .key = std::move(key),
                              .expires = milliseconds{*left},
                              .is_remote = words[5] == "1"},
                   .via = words[4]};
}

/// The port that the client registered at, or one of its family when that is bound no more.
std::optional<std::size_t> find_port(const std::vector<Port>& ports, std::string_view bound, int family) {
  for (std::size_t i = 0; i < ports.size(); ++i)
    if (ports[i].role == Role::Client && to_text(ports[i].bound) == bound) return i;
  return client_port(ports, family);
}

}  // namespace

std::string Exchange::save() const {
  std::string text = fmt::format("{}{}\n", kHeader, clocks_.wall());
  const milliseconds now = clocks_.steady();
  registrations_.for_each([&](ClientKey key, const Client& client) {
    if (client.expires <= now) return;
    fmt::format_to(std::back_inserter(text), "{} {} {} {} {} {} {}", key.context, key.user,
                   to_text(client.endpoint), to_text(client.local), to_text(host_.ports[client.via].bound),
                   client.is_remote ? 1 : 0, (client.expires - now).count());
    if (!client.key.is_none())
      fmt::format_to(std::back_inserter(text), " {} {}", client.key.id, client.key.master);
    text += '\n';
  });
  signatures_.for_each_end([&](const std::string& handle, std::int64_t until) {
    fmt::format_to(std::back_inserter(text), "{} {} {}\n", kEnded, handle, until);
  });
  cluster_.peers().for_each([&](const Endpoint& peer, const std::string& instance, milliseconds heard) {
    fmt::format_to(std::back_inserter(text), "{} {} {} {}\n", kPeer, to_text(peer),
                   instance.empty() ? "-" : instance, (now - heard).count());
  });
  return text;
}

void Exchange::load_client(std::string_view text, milliseconds gone) {
  auto line = parse_line(text);
  if (!line || (line->client.is_remote && !settings_.distributes_registrations)) return;
  const milliseconds left = std::min(line->client.expires - gone, settings_.register_timeout);
  const auto via = find_port(host_.ports, line->via, line->client.endpoint.address.family);
  if (!via || left.count() <= 0) return;
  const bool is_same_port = to_text(host_.ports[*via].bound) == line->via;
  if (!is_same_port) line->client.local = {};
  line->client.via = static_cast<std::uint8_t>(*via);
  line->client.expires = clocks_.steady() + left;
  if (registrations_.add(line->key, line->client) && settings_.mail_listeners > 0 && !line->client.is_remote)
    without_mailbox_.push_back(line->key);
}

/// Without it, servers would refuse each other's packets after a restart, until the next announcements.
void Exchange::load_peer(std::string_view text, milliseconds gone) {
  const std::vector<std::string_view> words = gw::split(text, ' ');
  if (words.size() != kPeerFields) return;
  const auto endpoint = parse_endpoint(words[1]);
  const auto silent = number(words[3]);
  if (!endpoint || !silent || milliseconds{*silent} + gone >= settings_.peer_life) return;
  cluster_.restore_peer(*endpoint, words[2] == "-" ? "" : std::string(words[2]),
                        clocks_.steady() - milliseconds{*silent} - gone);
}

/// Without it, a key would open again what its session's end had closed.
void Exchange::load_end(std::string_view text) {
  const std::vector<std::string_view> words = gw::split(text, ' ');
  const auto until = words.size() == kEndedFields ? number(words[2]) : std::nullopt;
  if (until) signatures_.restore_end(words[1], *until, unix_seconds());
}

void Exchange::load(std::string_view text) {
  const std::vector<std::string_view> lines = gw::split(text, '\n');
  if (!settings_.is_udp_on || !lines[0].starts_with(kHeader)) return;
  const auto saved_at = number(lines[0].substr(kHeader.size()));
  if (!saved_at) return;
  // A clock that was set back must not lengthen a life.
  const milliseconds gone{std::max<std::int64_t>(clocks_.wall() - *saved_at, 0)};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].starts_with(kPeer)) {
      load_peer(lines[i], gone);
    } else if (lines[i].starts_with(kEnded)) {
      load_end(lines[i]);
    } else {
      load_client(lines[i], gone);
    }
  }
  count_clients();
}

}  // namespace oxpush
