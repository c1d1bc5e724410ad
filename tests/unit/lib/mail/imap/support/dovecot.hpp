// A private Dovecot for the tests of one program (tests/support/mail_servers.py --variants), and an account
// of it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "mail/account.hpp"

namespace gw::mail::imap::test {

class Dovecot {
 public:
  /// Started at the first call; ends with the program.
  static const Dovecot& shared();
  ~Dovecot();
  Dovecot(const Dovecot&) = delete;
  Dovecot& operator=(const Dovecot&) = delete;

  /// Why there is none; empty when it runs.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// Names of the sets of extensions that it announces.
  [[nodiscard]] std::vector<std::string> variants() const;
  /// An account of the primary kind, plain text, at the address of the variant.
  [[nodiscard]] Account account(const std::string& variant, const std::string& login) const;
  [[nodiscard]] int tls_port() const { return tls_port_; }
  [[nodiscard]] const std::string& ca_file() const { return ca_file_; }

 private:
  Dovecot();
  pid_t process_ = -1;
  int input_ = -1, port_ = 0, tls_port_ = 0;
  std::string problem_, ca_file_;
  std::map<std::string, std::string> addresses_;
};

/// A login that no test used before.
std::string new_login();

}  // namespace gw::mail::imap::test
