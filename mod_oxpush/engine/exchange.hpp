// The heart of the push child: what happens to each event of a worker and to each datagram of the network.
// Knows no socket and takes its clocks, so it is tested alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client_signatures.hpp"
#include "cluster.hpp"
#include "counters.hpp"
#include "engine_settings.hpp"
#include "journal.hpp"
#include "loop.hpp"
#include "outlet.hpp"
#include "output_queue.hpp"
#include "push/control_record.hpp"
#include "push/event_record.hpp"
#include "recent_mails.hpp"
#include "registrations.hpp"
#include "user_book.hpp"

namespace oxpush {

struct Clocks {
  SteadyClock steady;
  /// ms UTC.
  std::function<std::int64_t()> wall;
};

/// Threads: one
class Exchange {
 public:
  /// Everything given must outlive it.
  Exchange(const EngineSettings& settings, const Host& host, Outlet& outlet, Journal& journal,
           Counters& counters, Clocks clocks);

  /// A record of a worker. An event goes to every worker at once, to clients and peers after its delay.
  void take_event(std::string_view record);

  /// A datagram of the network. `local`: the address of ours that it was sent to.
  void take_packet(std::size_t via, const Endpoint& source, const Address& local, std::string_view datagram);
  /// The network said that nobody listens there.
  void take_unreachable(const Endpoint& endpoint);

  /// What groupwarectl asks or wants. Returns: lines; empty when there is no such command.
  std::string run_command(std::string_view command);

  void announce();
  /// Tells the peers that nothing listens here any more. Without signatures nobody would believe it.
  void say_goodbye() { cluster_.say_goodbye(unix_seconds()); }
  /// Removes what has outlived its time.
  void sweep();
  /// Sends what is due now, a bounded part of it.
  void work();
  /// When work() is needed next.
  [[nodiscard]] std::optional<milliseconds> next_work() const;
  /// At the end: nothing that waits may be lost, so it goes out early. Stops when `deadline` has passed.
  void send_all_waiting(milliseconds deadline);

  /// Registrations and discovered peers as text for the state file, and back. Lines that do not parse are
  /// passed over.
  [[nodiscard]] std::string save() const;
  void load(std::string_view text);

  /// Somebody of the user has registered here, not at another server.
  [[nodiscard]] bool has_clients(ClientKey user);
  [[nodiscard]] const Registrations& registrations() const { return registrations_; }

 private:
  bool is_welcome(std::size_t via, const Endpoint& source);
  void refuse_client(const Endpoint& source, const char* reason);
  void take_client(const gw::push::ClientRegister& packet,
                   const std::optional<gw::push::SignatureTokens>& signature, std::size_t via,
                   const Endpoint& source, const Address& local);
  bool ask_about(ClientKey key);
  void ask_for_mailboxes();
  void take_control(gw::push::Control& control);
  void take_answer(const gw::push::UserAnswer& answer);
  void take_session_end(const gw::push::SessionEnd& end);
  [[nodiscard]] std::string list_clients(const std::function<bool(ClientKey)>& is_chosen) const;
  void take_registration(const gw::push::RegisterSync& packet);
  void take_peer_event(const gw::push::PushSync& packet);
  void take_announcement(const gw::push::HostRegister& packet, const Endpoint& source);
  void take_peer_packet(const gw::push::ParsedPacket& packet, std::size_t via, const Endpoint& source);
  void note_bad(const Endpoint& source, std::string_view datagram, gw::push::PacketError error);
  void enqueue(Change change);
  void count_waiting();
  void deliver(const Change& change);
  void push_to_clients(const Change& change);
  void put_off(const Change& change, std::int32_t user, milliseconds until);
  void continue_resync();
  void load_client(std::string_view line, milliseconds gone);
  void load_peer(std::string_view line, milliseconds gone);
  void load_end(std::string_view line);
  void count_clients() { counters_.clients = registrations_.size(); }
  [[nodiscard]] std::int64_t unix_seconds() const { return clocks_.wall() / 1'000; }

  /// Registrations that a peer must be told, a part at a time.
  struct Resync {
    Endpoint peer;
    std::vector<std::pair<ClientKey, Endpoint>> rest;
  };

  const EngineSettings& settings_;
  const Host& host_;
  Outlet& outlet_;
  Journal& journal_;
  Counters& counters_;
  Clocks clocks_;
  Cluster cluster_;
  Registrations registrations_;
  ClientSignatures signatures_;
  UserBook users_;
  RecentMails recent_mails_;
  OutputQueue queue_;
  /// For clients that had their packets of this minute.
  OutputQueue put_off_;
  NetworkList client_networks_;
  RateTable registration_rate_;
  /// Users of loaded registrations, whose INBOXes nobody has told yet.
  std::deque<ClientKey> without_mailbox_;
  std::deque<Resync> resyncs_;
  milliseconds next_resync_{0};
  bool wants_announcement_ = false;
  milliseconds next_announcement_{0};
};

}  // namespace oxpush
