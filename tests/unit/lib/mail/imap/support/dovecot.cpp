#include "unit/lib/mail/imap/support/dovecot.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "core/json.hpp"
#include "core/random.hpp"
#include "support/source_folder.hpp"

namespace gw::mail::imap::test {
namespace {

std::string read_line(int file) {
  std::string line;
  char c = 0;
  while (read(file, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace

const Dovecot& Dovecot::shared() {
  static const Dovecot server;
  return server;
}

Dovecot::Dovecot() {
  std::array<int, 2> input{}, output{};
  if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
    problem_ = "no pipe";
    return;
  }
  const std::string script = gw::test::source_folder() / "tests/support/mail_servers.py";
  process_ = fork();
  if (process_ == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execl("/usr/bin/python3", "python3", script.c_str(), "--variants", static_cast<char*>(nullptr));
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  const std::string line = read_line(output[0]);
  close(output[0]);
  const auto told = line.starts_with("READY ") ? Json::parse(line.substr(6)) : std::nullopt;
  if (!told) {
    problem_ = "no Dovecot: " + line;
    return;
  }
  port_ = static_cast<int>(told->get("port").as_integer());
  tls_port_ = static_cast<int>(told->get("tls_port").as_integer());
  ca_file_ = told->get("ca_file").as_string();
  told->get("addresses").for_each_member([&](std::string_view name, const Json& address) {
    addresses_[std::string(name)] = address.as_string();
  });
}

Dovecot::~Dovecot() {
  if (input_ >= 0) close(input_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

std::vector<std::string> Dovecot::variants() const {
  std::vector<std::string> names;
  for (const auto& [name, address] : addresses_) names.push_back(name);
  return names;
}

Account Dovecot::account(const std::string& variant, const std::string& login) const {
  Account account;
  account.name = "Mail";
  account.store.protocol = "imap";
  account.store.host = addresses_.at(variant);
  account.store.port = port_;
  account.store.encryption = Encryption::None;
  account.store.ca_file = ca_file_;
  account.store.login = login;
  account.store.secret = "secret";
  return account;
}

std::string new_login() { return "u" + random_hex(6); }

}  // namespace gw::mail::imap::test
