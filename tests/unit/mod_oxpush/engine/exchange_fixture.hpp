// The exchange with recorded ways out and a clock of the test's own.
#pragma once

#include "mod_oxpush/engine/exchange.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "push/client_key.hpp"
#include "push/packet.hpp"

namespace oxpush {

using gw::push::EventRecord;
using gw::push::Packet;
using gw::push::PushSync;

inline const Address kOwn = *parse_address("10.0.0.1");
inline const Endpoint kClient = *parse_endpoint("10.9.9.9:5000");
inline const Endpoint kPeer = *parse_endpoint("10.0.0.2:44335");
inline const Endpoint kStranger = *parse_endpoint("10.0.0.77:44335");
inline const gw::push::SignKey kKey{"k", "0123456789012345678901234567890123456789"};

inline constexpr std::size_t kClientPort = 0;
inline constexpr std::size_t kMulticastPort = 1;

struct Sent {
  Endpoint to;
  std::string bytes;
  bool operator==(const Sent&) const = default;
};

class Recorder : public Outlet {
 public:
  void send(std::size_t, const Endpoint& to, const Address&, std::string_view bytes) override {
    sent.push_back({to, std::string(bytes)});
  }
  void send_multicast(std::size_t, const Route& route, std::string_view bytes) override {
    announced.push_back({route.group, std::string(bytes)});
  }
  void publish(std::string_view record) override { published.emplace_back(record); }
  bool ask(std::string_view record) override {
    asked.emplace_back(record);
    return has_worker;
  }

  void watch_mail(const gw::push::MailWatch& watch) override { watched.push_back(watch); }
  void release_mail(const gw::push::MailRelease& release) override { released.push_back(release); }
  void end_mail(ClientKey user) override { ended.push_back(user); }

  std::vector<Sent> take() { return std::exchange(sent, {}); }

  std::vector<Sent> sent;
  std::vector<Sent> announced;
  std::vector<std::string> published;
  std::vector<std::string> asked;
  std::vector<gw::push::MailWatch> watched;
  std::vector<gw::push::MailRelease> released;
  std::vector<ClientKey> ended;
  bool has_worker = true;
};

class ExchangeTest : public ::testing::Test {
 protected:
  ExchangeTest() {
    settings_.is_udp_on = true;
    settings_.delay = milliseconds{100};
    host_.ports = {{Role::Client, *parse_endpoint("0.0.0.0:44335")},
                   {Role::Multicast, *parse_endpoint("224.0.0.1:9982")}};
    host_.routes = {{*parse_endpoint("224.0.0.1:9982"), 0, kOwn}};
    host_.own_addresses = {kOwn};
    host_.instance = "00112233445566ff";
  }

  Exchange& exchange() {
    if (!exchange_) {
      exchange_ = std::make_unique<Exchange>(settings_, host_, outlet_, journal_, counters_,
                                             Clocks{[this] { return now_; }, [this] { return wall_; }});
    }
    return *exchange_;
  }

  void pass(std::int64_t ms) {
    now_ += milliseconds{ms};
    wall_ += ms;
    exchange().work();
  }

  void packet(const Endpoint& source, const Packet& packet, std::size_t via = kClientPort) {
    exchange().take_packet(via, source, {}, gw::push::format_packet(packet));
  }
  void signed_packet(const Endpoint& source, const Packet& packet, const char* nonce) {
    exchange().take_packet(kClientPort, source, {},
                           gw::push::frame_payload(gw::push::sign_payload(gw::push::format_payload(packet),
                                                                          kKey, wall_ / 1'000, nonce)));
  }
  void hear(const Endpoint& peer) {
    packet(peer, gw::push::HostRegister{to_text(peer.address), peer.port, ""}, kMulticastPort);
  }
  void event(std::int32_t module, std::int64_t folder, std::vector<std::int32_t> users,
             std::uint8_t kind = 1) {
    EventRecord record{
        .context = 1, .module = module, .kind = kind, .stamp = 77, .audiences = {{folder, users}}};
    for (const std::string& bytes : gw::push::encode_event(record)) exchange().take_event(bytes);
  }

  EngineSettings settings_;
  Host host_;
  Recorder outlet_;
  std::vector<std::string> lines_;
  Journal journal_{[this](Severity, const std::string& line) { lines_.push_back(line); }};
  Counters counters_{};
  milliseconds now_{1'000'000};
  std::int64_t wall_ = 1'800'000'000'000;
  std::unique_ptr<Exchange> exchange_;
};

}  // namespace oxpush
