// The private Dovecot and Exim of a test program: tests/support/mail_servers.py starts them on free ports.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace gw::test {

/// Users user1, user2, user3 with the password "secret".
class MailServers {
 public:
  /// One pair for the whole program, started at the first call; they end with it.
  static const MailServers& shared();
  ~MailServers();
  MailServers(const MailServers&) = delete;
  MailServers& operator=(const MailServers&) = delete;

  /// Names: imap, imaps, pop3, pop3s, sieve, lmtp, smtp, smtps.
  [[nodiscard]] int port(const std::string& name) const;
  /// Names: ca and exim_ca (files of the authorities), folder, exim_folder, token_user1 (for XOAUTH2),
  /// token_over (one that expired).
  [[nodiscard]] const std::string& value(const std::string& name) const;
  /// Why there are none; empty when they run.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  MailServers();
  pid_t process_ = -1;
  int input_ = -1;
  std::map<std::string, std::string> values_;
  std::string problem_;
};

}  // namespace gw::test
