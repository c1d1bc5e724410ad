// One use of one account: a leased connection that is made, checked and remade when needed, with names in
// Unicode and mailboxes opened on demand. The two storages share it. Threads: one at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/pool.hpp"
#include "mail/imap/refusal.hpp"

namespace gw::mail::imap {

enum class Mode { Read, Write };

class Session {
 public:
  /// Nothing is asked of the server before the first use of `connection`.
  Session(const Account& account, Pool& pool, const PoolKey& key, bool compresses);

  [[nodiscard]] const Account& account() const { return account_; }
  [[nodiscard]] FolderMemory& memory() const { return lease_->memory(); }

  /// Signed in and alive as far as can be known. Errors: as Connection.
  Connection& connection();

  /// Runs work that only reads, or may safely be done twice; once more on a new connection when the server
  /// hung up. The work must begin with what it needs of the connection (`open`). Source: spec mal
  /// section 8.3.
  template <class Work>
  auto read(const Work& work) {
    try {
      return work(connection());
    } catch (const net::ConnectionClosed&) {
      if (has_repeated_) throw;
    }
    has_repeated_ = true;
    return work(connection());
  }

  /// Selects the mailbox, or brings the selected one up to date. Errors: MSG-1002, MSG-0050, IMAP-2005,
  /// IMAP-2041.
  const Mailbox& open(std::string_view folder, Mode mode);
  /// As `open`, but a mailbox that is selected already is left as the connection knows it: message numbers
  /// hold, other clients' changes may be missing. `is_fresh` tells. For who asks for news on the way.
  const Mailbox& open_as_known(std::string_view folder, Mode mode);
  /// The selected mailbox was asked for news in this use.
  [[nodiscard]] bool is_fresh() const;
  /// Runs commands on the selected mailbox in one exchange, after NOOP unless it is fresh. NOOP has an
  /// exchange of its own: Dovecot looks for news only when it has done what came behind it in the same one.
  std::vector<Response> ask(const std::vector<Command>& commands, const OnData& on_data);
  /// The other way round, for message numbers: NOOP comes last. True when the mailbox is not as it was known,
  /// so that the numbers named others, or not all. `answers`: of the commands.
  bool ask_by_number(std::vector<Command> commands, const OnData& on_data, std::vector<Response>& answers);
  /// Leaves the mailbox if it is the one.
  void leave(std::string_view folder);
  /// Another session may have made it invalid, or this one changed it in another way.
  void expect_change(std::string_view folder);

  /// Errors: as require_ok.
  Response require(const Command& command, const Attempt& attempt, const OnData& on_data = {});

  /// Of the connection there is; empty without one. May be asked for while a command runs.
  [[nodiscard]] const Namespaces& connection_namespaces() const;
  [[nodiscard]] std::string to_wire(std::string_view folder);
  [[nodiscard]] std::string from_wire(std::string_view name) const;

 private:
  Account account_;
  bool compresses_;
  std::unique_ptr<Pool::Lease> lease_;
  bool is_checked_ = false;  ///< the connection was looked at in this use
  bool has_repeated_ = false;
  std::string fresh_folder_;  ///< wire name of the mailbox whose state was asked for in this use
};

}  // namespace gw::mail::imap
