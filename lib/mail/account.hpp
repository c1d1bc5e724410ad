// Where the mails of one account lie and how they are sent: plain data, filled from the account's row, the
// directives and the session's password. Source: spec mal sections 1-3, mail section 13.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "mail/net/network_list.hpp"

namespace gw::mail {

enum class Encryption {
  None,      ///< plain text, whatever the server offers
  StartTls,  ///< must be offered, else MSG-0092
  Prefer,    ///< STARTTLS where offered
  Tls,       ///< TLS from the first byte
};

enum class Mechanism { Password, XOAuth2, OAuthBearer, None };

/// One server of an account. The secret lives only as long as this object; copies are wiped by their owners.
struct Server {
  std::string protocol;  ///< "imap", "pop3", "smtp"
  std::string host;      ///< name or literal address
  int port = 0;
  Encryption encryption = Encryption::Prefer;
  bool verifies_certificate = true;
  std::string ca_file;  ///< empty: the system's
  Mechanism mechanism = Mechanism::Password;
  std::string login;
  std::string authorize_as;  ///< SASL authorisation identity; empty: none
  std::string secret;        ///< password or token
  /// Asked for the very address that is connected to. Null: every address may be reached.
  std::shared_ptr<const net::NetworkList> denied;
  bool is_named_by_user = false;  ///< not one of the configuration
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds read_timeout{20'000};
};

/// Names of the default folders as the account's row has them; empty: found by special use, then by name.
struct FolderNames {
  std::string drafts, sent, spam, trash, confirmed_spam, confirmed_ham, archive;
};

struct Account {
  std::int64_t id = 0;  ///< 0 = primary
  std::string name;
  std::string primary_address;
  std::string personal;
  std::string reply_to;  ///< empty: none
  /// Under which name the mail server shall tell of new mail, such as "3@1"; empty: it is not asked to.
  std::string notified_as;
  Server store;
  Server transport;
  FolderNames folders;
  bool shows_colors = true;  ///< else mails have none for clients
  /// \Flagged and colours stand for each other: a mail that has only \Flagged shows this colour. 0: they do
  /// not. Source: spec mail section 2, `flaggedImplicit`.
  int color_of_flagged = 0;
  /// The server marks mails that have attachments, and those that have none, by keywords.
  bool has_attachment_marker = false;
  /// Names below the prefix where special use tells none (directive GroupwareMailFolders).
  FolderNames fallback_names{"Drafts", "Sent", "Spam", "Trash", "confirmed-spam", "confirmed-ham", "Archive"};
};

}  // namespace gw::mail
