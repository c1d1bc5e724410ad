// One connection that listens to an INBOX: signs in, waits with IDLE, and fetches what arrives. A machine of
// bytes in and bytes out, which neither waits nor knows a socket or a clock: mod_oxpush drives thousands with
// one thread. Not by NOTIFY (RFC 5465): there the server sends every new mail unasked, and nothing bounds how
// many. Source: RFC 2177, RFC 9051 sections 6.2 and 6.3.13.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/account.hpp"
#include "mail/imap/capabilities.hpp"
#include "mail/imap/response.hpp"
#include "mail/imap/response_reader.hpp"
#include "mail/news.hpp"

namespace gw::mail::imap {

/// Threads: one at a time.
class InboxWatch {
 public:
  /// Of one response; a longer one ends the connection.
  static constexpr std::size_t kLongestResponse = 64 * 1024;
  /// Mails that come together are told one by one up to this many, the newest.
  static constexpr std::uint32_t kMostAtOnce = 20;
  /// Of the two header lines that are fetched.
  static constexpr int kLongestHeaders = 4'096;

  /// Up to where a mailbox was seen. A uid_next of 0: not at all.
  struct Position {
    std::uint32_t uid_validity = 0, uid_next = 0;
  };
  enum class End {
    Broken,   ///< the connection, or what the server said: come again later
    Refused,  ///< the login: it will not be accepted the next time either
    Unable,   ///< the server has not what is needed
  };

  /// `server` must outlive it; host, port, addresses and time-outs are the caller's business. What came after
  /// `seen`, by a connection before this one, is told at the beginning.
  InboxWatch(const Server& server, Position seen);

  /// What the server said. Errors: none thrown; see end().
  void feed(std::string_view bytes);
  /// What the server shall get. Owns: may be a secret; wipe it.
  std::string take_output();
  /// The connection must be encrypted now; then call tls_started(). Everything told before is void.
  [[nodiscard]] bool wants_tls() const { return wants_tls_; }
  void tls_started();
  /// For a connection that was encrypted from the first byte. Call it before anything is fed.
  void note_encryption() { is_encrypted_ = true; }

  /// Mails that came, unseen ones only.
  std::vector<News> take_news();
  /// Nothing is expected of the server until a mail comes.
  [[nodiscard]] bool is_idle() const { return state_ == State::Idle; }
  /// IDLE anew: servers end one that takes half an hour. Nothing happens while it is not idle.
  void renew();

  [[nodiscard]] std::optional<End> end() const { return end_; }
  /// Why it ended, for people; holds no secret.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  /// For the connection after this one.
  [[nodiscard]] Position position() const { return seen_; }

 private:
  enum class State {
    Greeting,
    Capabilities,
    StartingTls,
    SigningIn,
    Opening,
    GoingIdle,
    Idle,
    Leaving,
    Fetching
  };

  void take(const Response& response);
  void greet(const Response& greeting);
  void note(const Response& response);
  void note_code(const Response& response);
  void note_fetched(const Response& response);
  void answered(const Response& response);
  void go_on_without_tls(const Response& refusal);
  void proceed();
  void sign_in();
  void continue_sign_in();
  void signed_in(const Response& answer);
  void opened();
  void go_idle();
  void leave_idle();
  /// The newest mails; whether they are news, their uids tell.
  void fetch(std::uint32_t count);
  void fetched();
  void command(State state, std::string_view text);
  void stop(End end, std::string reason);

  const Server& server_;
  ResponseReader reader_;
  CapabilityList capabilities_;
  State state_ = State::Greeting;
  std::string out_, tag_, reason_;
  int tags_ = 0, challenges_ = 0;
  bool is_encrypted_ = false, wants_tls_ = false, gave_up_tls_ = false, is_signed_in_ = false,
       is_secret_sent_ = false;
  std::optional<End> end_;
  Position seen_, opened_at_;
  std::uint32_t exists_ = 0;
  std::uint32_t looked_at_ = 0;  ///< of them, those that were there before or were fetched
  std::vector<News> news_;
};

}  // namespace gw::mail::imap
