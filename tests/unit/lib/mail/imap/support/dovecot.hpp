// A private Dovecot for the tests of one program (tests/support/mail_servers.py --variants), and an account
// of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "mail/account.hpp"
#include "support/python_service.hpp"

namespace gw::mail::imap::test {

class Dovecot {
 public:
  /// Started at the first call; ends with the program.
  static const Dovecot& shared();
  /// Why there is none; empty when it runs.
  [[nodiscard]] const std::string& problem() const { return service_.problem(); }
  /// Names of the sets of extensions that it announces.
  [[nodiscard]] std::vector<std::string> variants() const;
  /// An account of the primary kind, plain text, at the address of the variant.
  [[nodiscard]] Account account(const std::string& variant, const std::string& login) const;
  [[nodiscard]] int tls_port() const { return tls_port_; }
  [[nodiscard]] const std::string& ca_file() const { return ca_file_; }

 private:
  Dovecot();
  gw::test::PythonService service_{"mail_servers.py", {"--variants"}};
  int port_ = 0, tls_port_ = 0;
  std::string ca_file_;
  std::map<std::string, std::string> addresses_;
};

/// A login that no test used before.
std::string new_login();

}  // namespace gw::mail::imap::test
