// What an administrator configures of the mail servers of all users: a part of core/settings.hpp.
#pragma once

#include <chrono>
#include <string>

namespace gw {

using Milliseconds = std::chrono::milliseconds;

enum class MailEncryption {
  None,      ///< plain text, whatever the server offers
  StartTls,  ///< must be offered
  Prefer,    ///< STARTTLS where offered
  Tls,       ///< TLS from the first byte
};

/// What users prove themselves with at mail servers: a password, or a token (RFC 6750) in one of two forms.
enum class MailSignIn { Password, XOAuth2, OAuthBearer };

/// How \Flagged and the colours of mails belong together. Source: spec mail section 2.
enum class MailFlagging {
  ColorOnly,        ///< clients offer colours
  FlaggedOnly,      ///< clients offer \Flagged; colours are neither shown nor stored
  FlaggedAndColor,  ///< both, each on its own
  FlaggedImplicit,  ///< a colour is \Flagged, too, and \Flagged without one shows `flagged_color`
};

/// One mail server. Without a host there is none.
struct MailServerSettings {
  std::string protocol;  ///< "imap", "smtp", "sieve"
  std::string host;      ///< name or literal address
  int port = 0;
  MailEncryption encryption = MailEncryption::Prefer;
  bool verifies_certificate = true;
  std::string ca_file;  ///< PEM; empty: the system's
  bool signs_in = true;
};

struct MailSettings {
  MailServerSettings store;
  MailServerSettings transport;
  /// Login at both servers: %u the user's login (or his own IMAP login), %c the context's number, %m his mail
  /// address, %d its domain.
  std::string login = "%u";
  /// Signs in for the users, whose logins are authorisation identities then. Empty: users sign in with the
  /// password of their session.
  std::string master, master_secret;
  MailSignIn sign_in = MailSignIn::Password;
  /// Variable of a request that holds the token of its user, set by another module of the web server. A
  /// session keeps the token that its sign-in came with, for requests without one.
  std::string token_variable;
  Milliseconds connect_timeout{5'000};
  Milliseconds read_timeout{20'000};
  int connections_per_user = 3;  ///< in one process; a mail server counts them over all processes
  int connections = 100;         ///< in one process
  /// Dovecot closes connections after 30 minutes.
  Milliseconds connection_idle{300'000};
  /// Names of the default folders where the server does not mark them.
  std::string drafts = "Drafts", sent = "Sent", spam = "Spam", trash = "Trash", archive = "Archive";
  int max_recipients = 1'000;  ///< of one mail
  /// Of one session, from the begin of sending a mail to that of the next; 0: none.
  Milliseconds send_interval{0};
  MailFlagging flagging = MailFlagging::ColorOnly;
  int flagged_color = 1;  ///< of FlaggedImplicit, 1 to 10
  /// The server of the primary account marks mails with $HasAttachment or $HasNoAttachment.
  bool attachment_marker = false;
  int compositions = 20;  ///< mails that a user writes at the same time
  /// Mails in writing that nobody changed for so long are given up; 0: never.
  Milliseconds composition_idle{604'800'000};
  /// How mail servers sign in to tell of new mail. Empty: none does, and none is asked to.
  std::string notify_login, notify_secret;
  [[nodiscard]] bool is_configured() const { return !store.host.empty(); }
  [[nodiscard]] bool takes_tokens() const { return sign_in != MailSignIn::Password; }
  [[nodiscard]] bool shows_colors() const { return flagging != MailFlagging::FlaggedOnly; }
  /// What \Flagged looks like; 0: like itself.
  [[nodiscard]] int color_of_flagged() const {
    return flagging == MailFlagging::FlaggedImplicit ? flagged_color : 0;
  }
  [[nodiscard]] bool is_told_of_new_mail() const { return !notify_login.empty(); }
};

}  // namespace gw
