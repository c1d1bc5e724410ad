// A mail account as a user entered it: plain data, as its row has it. Source: spec columns section 10.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/time.hpp"
#include "mail/account.hpp"

namespace gw::mailbox::accounts {

/// Stored values: never renumber.
enum class Tls {
  Offered = 0,   ///< STARTTLS where the server has it
  StartTls = 1,  ///< must be offered
  Always = 2,    ///< from the first byte
};
enum class TransportAuth { AsStore = 0, Own = 1, None = 2 };

struct ServerRecord {
  std::string protocol;  ///< "imap", "pop3", "smtp"
  std::string host;      ///< name or literal address; empty: there is none
  int port = 0;
  Tls tls = Tls::Offered;
  std::string login;
  std::string sealed_password;                ///< base64; empty: none
  std::optional<std::string> new_password{};  ///< to be sealed with the next change
};

struct Pop3Options {
  std::int64_t refresh_rate = 10;  ///< minutes
  bool expunges_on_quit = false, deletes_write_through = false;
  std::string storage = "mailaccount", path;
};

struct AccountRecord {
  std::int64_t id = 0;
  std::string name, address, personal, reply_to;
  ServerRecord store, transport;
  TransportAuth auth = TransportAuth::AsStore;
  mail::FolderNames names;      ///< last part only
  mail::FolderNames fullnames;  ///< with the server's separator; they win
  Pop3Options pop3;
  std::string meta;  ///< JSON text of the client's own; empty: none
  Millis last_modified;
  bool is_unified = false;  ///< its default folders are part of unified mail
  /// By an administrator: he alone changes server, login, password and address, and takes it away.
  bool is_given = false;
  /// Of a given one: at the servers of the configuration; without a password of its own with the user's.
  bool is_at_primary = false;
};

}  // namespace gw::mailbox::accounts
