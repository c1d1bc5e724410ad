// Which servers the accounts of users may use: the one place that decides. Names are judged by the address
// that is connected to (mail/net/socket.hpp), so this fills in what that judges by.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/settings.hpp"
#include "mail/account.hpp"
#include "mailbox/accounts/account_record.hpp"

namespace gw::mailbox::accounts {

/// The words of an administrator as a list ("internal" and networks); null when nothing is denied. Errors:
/// std::invalid_argument with the word that is no network.
std::shared_ptr<const mail::net::NetworkList> denied_networks(const std::vector<std::string>& words);

/// Threads: any.
class Reach {
 public:
  explicit Reach(const MailAccountSettings& settings);
  [[nodiscard]] bool allows_port(int port) const;
  /// What needs no network. Errors: ACC-0025 the port or a literal address, MSG-0111 without TLS where it is
  /// required.
  void require(const ServerRecord& server) const;
  /// As require; and the host's name is resolved. A name that has no address at the moment passes. Errors:
  /// ACC-0025. Cost: the system's resolver; hold no database connection.
  void require_resolved(const ServerRecord& server) const;
  /// Puts the rules into what is connected to. Errors: as require.
  void apply(mail::Server& server) const;
  [[nodiscard]] const std::shared_ptr<const mail::net::NetworkList>& denied() const { return denied_; }

 private:
  void require_allowed(const std::string& host, int port, bool is_encrypted) const;
  const MailAccountSettings& settings_;
  std::shared_ptr<const mail::net::NetworkList> denied_;
};

}  // namespace gw::mailbox::accounts
