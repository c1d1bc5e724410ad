// The private Dovecot and Exim of a test program: tests/support/mail_servers.py starts them on free ports.
#pragma once

#include <map>
#include <string>

#include "support/python_service.hpp"

namespace gw::test {

/// Users user1, user2, user3 with the password "secret".
class MailServers {
 public:
  /// One pair for the whole program, started at the first call; they end with it.
  static const MailServers& shared();
  /// Names: imap, imaps, pop3, pop3s, sieve, lmtp, smtp, smtps.
  [[nodiscard]] int port(const std::string& name) const;
  /// Names: ca and exim_ca (files of the authorities), folder, exim_folder, token_user1 (for XOAUTH2),
  /// token_over (one that expired).
  [[nodiscard]] const std::string& value(const std::string& name) const;
  /// Why there are none; empty when they run.
  [[nodiscard]] const std::string& problem() const { return service_.problem(); }

 private:
  MailServers();
  PythonService service_{"mail_servers.py"};
  std::map<std::string, std::string> values_;
};

}  // namespace gw::test
