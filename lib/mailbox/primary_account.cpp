#include "mailbox/primary_account.hpp"

#include <algorithm>

#include "session/mail_password.hpp"

namespace gw::mailbox {
namespace {

ServerAccess access_of(const MailSettings& settings) {
  return {settings.master, settings.master_secret, settings.connect_timeout, settings.read_timeout,
          to_mechanism(settings.sign_in)};
}

}  // namespace

mail::Encryption to_encryption(MailEncryption encryption) {
  switch (encryption) {
    case MailEncryption::None:
      return mail::Encryption::None;
    case MailEncryption::StartTls:
      return mail::Encryption::StartTls;
    case MailEncryption::Tls:
      return mail::Encryption::Tls;
    case MailEncryption::Prefer:
      break;
  }
  return mail::Encryption::Prefer;
}

mail::Mechanism to_mechanism(MailSignIn sign_in) {
  switch (sign_in) {
    case MailSignIn::XOAuth2:
      return mail::Mechanism::XOAuth2;
    case MailSignIn::OAuthBearer:
      return mail::Mechanism::OAuthBearer;
    case MailSignIn::Password:
      break;
  }
  return mail::Mechanism::Password;
}

std::string find_mail_secret(const MailSettings& settings, const session::Session& session,
                             const MailKeys& keys) {
  if (settings.takes_tokens() && !keys.token.empty()) return std::string(keys.token);
  return session::open_mail_password(session, keys.cookie).value_or("");
}

mail::Server make_server(const MailServerSettings& from, const ServerAccess& access, const std::string& login,
                         std::string_view secret) {
  mail::Server server;
  server.protocol = from.protocol;
  server.host = from.host;
  server.port = from.port;
  server.encryption = to_encryption(from.encryption);
  server.verifies_certificate = from.verifies_certificate;
  server.ca_file = from.ca_file;
  server.connect_timeout = access.connect_timeout;
  server.read_timeout = access.read_timeout;
  if (!from.signs_in) {
    server.mechanism = mail::Mechanism::None;
  } else if (access.master.empty()) {
    server.mechanism = access.mechanism;
    server.login = login;
    server.secret = secret;
  } else {
    server.login = access.master;
    server.secret = access.master_secret;
    server.authorize_as = login;
  }
  return server;
}

std::string fill_login(std::string_view pattern, const model::users::MailUser& user, ContextId context) {
  std::string login;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      login += pattern[i];
      continue;
    }
    switch (pattern[++i]) {
      case 'u':
        login += user.imap_login && !user.imap_login->empty() ? *user.imap_login : user.login;
        break;
      case 'c':
        login += std::to_string(context.value);
        break;
      case 'm':
        login += user.mail;
        break;
      case 'd':
        login += user.mail.substr(std::min(user.mail.find('@'), user.mail.size() - 1) + 1);
        break;
      default:
        login += pattern[i];
    }
  }
  return login;
}

void set_primary_servers(const MailSettings& settings, mail::Account& account, const std::string& login,
                         std::string_view secret, bool is_own) {
  ServerAccess access = access_of(settings);
  access.master = {};
  access.master_secret = {};
  if (is_own) access.mechanism = mail::Mechanism::Password;
  account.store = make_server(settings.store, access, login, secret);
  account.transport = make_server(settings.transport, access, login, secret);
}

mail::Account make_primary_account(const MailSettings& settings, const model::users::MailUser& user,
                                   ContextId context, std::string_view secret) {
  const std::string login = fill_login(settings.login, user, context);
  mail::Account account;
  account.name = "E-Mail";
  account.primary_address = user.mail;
  account.personal = user.display_name;
  if (settings.is_told_of_new_mail())
    account.notified_as = std::to_string(user.id.value) + "@" + std::to_string(context.value);
  account.store = make_server(settings.store, access_of(settings), login, secret);
  account.transport = make_server(settings.transport, access_of(settings), login, secret);
  account.shows_colors = settings.shows_colors();
  account.color_of_flagged = settings.color_of_flagged();
  account.has_attachment_marker = settings.attachment_marker;
  account.fallback_names.drafts = settings.drafts;
  account.fallback_names.sent = settings.sent;
  account.fallback_names.spam = settings.spam;
  account.fallback_names.trash = settings.trash;
  account.fallback_names.archive = settings.archive;
  return account;
}

}  // namespace gw::mailbox
