// The INBOXes that the child listens to with IDLE, for users who have somebody to tell and whose mail server
// tells nobody by itself. One connection for each user; workers say how to get at his INBOX, as the child
// asks neither database nor name server. Holds passwords while it needs them. Source: spec push-modern
// section 5, RFC 2177.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "counters.hpp"
#include "journal.hpp"
#include "loop.hpp"
#include "mail/account.hpp"
#include "mail/imap/inbox_watch.hpp"
#include "mail/net/polled_stream.hpp"
#include "mail/news.hpp"
#include "push/control_record.hpp"
#include "registrations.hpp"

namespace oxpush {

/// Threads: one
class MailListeners {
 public:
  /// Who may want one user's mails at the same time; further ones are refused.
  static constexpr std::size_t kMostHolders = 64;
  /// Connections that are being made, so that a mail server that was restarted is not run over.
  static constexpr int kMostConnecting = 32;
  /// After the last of a user's listeners is gone: browsers come again.
  static constexpr std::chrono::seconds kLinger{60};
  /// From the first packet to the login, and for one answer.
  static constexpr std::chrono::seconds kSignInPatience{60}, kAnswerPatience{30};
  /// Life of one IDLE, and how much it varies by user. Servers may end one after 29 minutes.
  static constexpr std::chrono::minutes kRenewal{24}, kRenewalSpread{4};
  /// Before a connection that was lost is tried again, doubled with each failure up to the longest. A
  /// connection that lasted for kSettled begins anew.
  static constexpr std::chrono::seconds kFirstPause{5}, kLongestPause{600}, kSettled{60};

  struct Calls {
    SteadyClock clock;
    /// Whether clients of the user have registered over UDP.
    std::function<bool(ClientKey)> has_clients;
    std::function<void(ClientKey, const gw::mail::News&)> tell;
  };

  /// Everything given must outlive it.
  MailListeners(Loop& loop, std::uint32_t most, const Journal& journal, Counters& counters, Calls calls);
  ~MailListeners();
  MailListeners(const MailListeners&) = delete;
  MailListeners& operator=(const MailListeners&) = delete;

  void take(const gw::push::MailWatch& watch);
  void take(const gw::push::MailRelease& release);
  /// The user has signed out everywhere: what his sessions wanted is over, his password forgotten.
  void end(ClientKey user);
  /// Begins and ends connections, renews them, and gives up those that do not answer. Call it once a second.
  /// Cost: looks at all
  void tick();

 private:
  struct Listener {
    gw::mail::Server server;
    std::vector<std::string> addresses;
    std::size_t next_address = 0;
    /// By listener, until when; without a name: the clients of UDP.
    std::map<std::string, milliseconds, std::less<>> holders;
    std::optional<milliseconds> lonely_since;
    std::unique_ptr<gw::mail::net::PolledStream> stream;
    std::optional<gw::mail::imap::InboxWatch> watch;
    gw::mail::imap::InboxWatch::Position seen;
    std::uint32_t polled = 0;  ///< EPOLL… bits
    std::optional<milliseconds> idle_since;
    milliseconds deadline{0};
    milliseconds next_try{0};
    milliseconds pause{kFirstPause};
    /// Trying again with what there is would not help.
    bool is_given_up = false;
  };
  using Listeners = std::unordered_map<ClientKey, Listener>;

  bool is_over(ClientKey user, Listener& listener, milliseconds now) const;
  void open(ClientKey user, Listener& listener);
  void drive(ClientKey user, Listener& listener);
  void exchange_bytes(Listener& listener);
  void set_idle(Listener& listener, std::optional<milliseconds> since);
  void note_progress(ClientKey user, Listener& listener);
  void poll_for(Listener& listener);
  void renew_or_fail(ClientKey user, Listener& listener);
  void fail(ClientKey user, Listener& listener, gw::mail::imap::InboxWatch::End end,
            const std::string& reason);
  void close(Listener& listener);
  void remove(Listeners::iterator place);
  static void forget_secret(Listener& listener);

  Loop& loop_;
  const std::uint32_t most_;
  const Journal& journal_;
  Counters& counters_;
  const Calls calls_;
  Listeners listeners_;
};

}  // namespace oxpush
