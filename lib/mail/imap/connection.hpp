// One signed-in connection to an IMAP server: sends commands, reads answers, knows the selected mailbox. Not
// for what commands mean; that is in the storages. Source: RFC 9051, spec mal sections 8 and 9.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors/mail.hpp"
#include "core/metric.hpp"
#include "mail/account.hpp"
#include "mail/imap/capabilities.hpp"
#include "mail/imap/command.hpp"
#include "mail/imap/mailbox_data.hpp"
#include "mail/imap/response.hpp"
#include "mail/net/stream.hpp"

namespace gw::mail::imap {

/// The selected mailbox as the server last told it.
struct Mailbox {
  std::string wire_name;
  bool is_read_only = true;
  bool keeps_keywords = false;                  ///< PERMANENTFLAGS has \*
  std::optional<std::string> permanent_flags;   ///< its list in lower case; empty: not told
  std::set<std::string, std::less<>> keywords;  ///< of FLAGS: those some mail has or had
  std::uint32_t exists = 0, uid_validity = 0, uid_next = 0;
  std::uint64_t highest_modseq = 0;
  std::chrono::steady_clock::time_point selected_at;
};

/// Untagged data that came while a command ran. It may take the response's text away.
using OnData = std::function<void(Response&)>;

struct ConnectionOptions {
  bool is_primary = true;  ///< of the user's own mailbox: chooses MSG-1000 before MSG-1001
  bool compresses = false;
};

/// After an exception that is no refusal the connection is broken and only good for destruction.
/// Threads: one at a time.
class Connection {
 public:
  /// Connects, encrypts, signs in and asks what every connection needs to know.
  /// Errors: MSG-1000 / -1001, -1016, -1018, -1022, -0092, -0108, -0111, -1027.
  Connection(const Server& server, const ConnectionOptions& options);
  /// Says LOGOUT when nothing is amiss; waits for nothing.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends one command and reads up to its tagged answer, which is given whatever it says.
  /// Errors: ConnectionClosed for BYE and the end, MSG-1014 time-out, MSG-1027 for answers that cannot be
  /// read.
  Response run(const Command& command, const OnData& on_data = {}, const LiteralSink& sink = {});
  /// The same for several at once; after one with a literal that the server must be asked for, one after the
  /// other.
  std::vector<Response> run_all(std::span<const Command> commands, const OnData& on_data = {});

  [[nodiscard]] bool has(std::string_view capability) const { return capabilities_.has(capability); }
  [[nodiscard]] bool uses_utf8_names() const { return uses_utf8_names_; }
  [[nodiscard]] const Namespaces& namespaces() const { return namespaces_; }
  [[nodiscard]] const std::string& host() const { return stream_.host(); }
  [[nodiscard]] bool is_encrypted() const { return stream_.is_encrypted(); }
  [[nodiscard]] bool is_broken() const { return is_broken_; }

  /// Null when none is selected.
  [[nodiscard]] const Mailbox* selected() const { return selected_ ? &*selected_ : nullptr; }
  /// EXAMINE, or SELECT for writing. Gives the answer; the mailbox is selected only after OK.
  Response select(const std::string& wire_name, bool for_writing);
  /// Leaves the mailbox without removing anything.
  void unselect();

  enum class Health { Gone, Assumed, Asked };
  /// Asks (NOOP) only after some seconds without use; then what is selected is up to date, too.
  Health check_health();
  [[nodiscard]] std::chrono::steady_clock::time_point last_use() const { return last_use_; }

 private:
  void greet(const Server& server);
  void encrypt(const Server& server);
  void sign_in(const Server& server);
  Response authenticate(const Server& server);
  void settle();
  void compress();
  std::string next_tag();
  /// The tagged answer, when the server refused a literal.
  std::optional<Response> send(const Command& command, const std::string& tag);
  std::optional<Response> send_literal(const Command::Piece& piece, const std::string& tag);
  Response read_answer(const std::string& tag, const OnData& on_data, const LiteralSink& sink);
  Response read_response(const LiteralSink& sink);
  void note(const Response& response);
  void note_status_code(const Response& response);
  void ask_capabilities();
  /// Runs one exchange; whatever leaves it by an exception breaks the connection.
  template <class Work>
  auto guarded(const Work& work);

  /// Runs one exchange, and tells how long it took or how it failed.
  template <class Work>
  auto measured(std::string_view command, const Work& work);

  ConnectionOptions options_;
  std::string metric_server_;
  Stopwatch connecting_;
  net::Stream stream_;
  CapabilityList capabilities_;
  Namespaces namespaces_;
  std::optional<Mailbox> selected_;
  std::optional<Mailbox> selecting_;  ///< while SELECT runs
  std::chrono::steady_clock::time_point last_use_ = std::chrono::steady_clock::now();
  unsigned tags_ = 0;
  bool is_broken_ = false, is_signed_in_ = false, uses_utf8_names_ = false;
};

template <class Work>
auto Connection::guarded(const Work& work) {
  if (is_broken_) throw net::ConnectionClosed(errors::msg::kConnectionLost, {host(), "it was given up"});
  // Stays set when an exception leaves: half a command or half an answer is in the line.
  is_broken_ = true;
  try {
    auto result = work();
    is_broken_ = false;
    last_use_ = std::chrono::steady_clock::now();
    return result;
  } catch (const BadResponse& bad) {
    throw ApiError(errors::msg::kProtocol, {host(), bad.what()});
  }
}

}  // namespace gw::mail::imap
