#include "ajax/account/account_input.hpp"

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mailbox/accounts/account_rules.hpp"

namespace gw::ajax {
namespace {

namespace accounts = mailbox::accounts;
using accounts::AccountRecord;
using accounts::ServerKind;
using accounts::ServerRecord;
using accounts::Tls;
using accounts::TransportAuth;
using Names = mail::FolderNames;

[[noreturn]] void refuse_member(const char* name, const Json& value) {
  throw ApiError(errors::svl::kBadParameter, {name, value.dump().substr(0, 200)});
}

bool is_given(const Json& value) { return !value.is_missing() && !value.is_null(); }

void read_text(const Json& body, const char* name, std::string& into) {
  const Json value = body.get(name);
  if (!is_given(value)) return;
  const auto text = value.to_text();
  if (!text) refuse_member(name, value);
  into = trim(*text);
}

void read_flag(const Json& body, const char* name, bool& into) {
  const Json value = body.get(name);
  if (!is_given(value)) return;
  const auto flag = value.to_boolean();
  if (!flag) refuse_member(name, value);
  into = *flag;
}

/// An empty password is none that was entered: clients send the field empty when it was left alone.
void read_password(const Json& body, const char* name, ServerRecord& server) {
  const Json value = body.get(name);
  if (!is_given(value)) return;
  if (!value.is_string()) throw ApiError(errors::svl::kBadParameter, {name, ""});
  if (const std::string_view text = value.as_string(); !text.empty()) server.new_password = std::string(text);
}

struct ServerMembers {
  ServerRecord AccountRecord::*server;
  ServerKind kind;
  const char* default_protocol;
  const char *url, *host, *port, *protocol, *secure, *starttls, *login, *password;
};
constexpr ServerMembers kServers[] = {
    {&AccountRecord::store, ServerKind::Store, "imap", "mail_url", "mail_server", "mail_port",
     "mail_protocol", "mail_secure", "mail_starttls", "login", "password"},
    {&AccountRecord::transport, ServerKind::Transport, "smtp", "transport_url", "transport_server",
     "transport_port", "transport_protocol", "transport_secure", "transport_starttls", "transport_login",
     "transport_password"}};

void read_tls(const Json& body, const ServerMembers& members, ServerRecord& server) {
  bool is_secure = server.tls == Tls::Always, wants_starttls = server.tls == Tls::StartTls;
  read_flag(body, members.secure, is_secure);
  read_flag(body, members.starttls, wants_starttls);
  server.tls = is_secure ? Tls::Always : wants_starttls ? Tls::StartTls : Tls::Offered;
}

void read_server(const Json& body, const ServerMembers& members, AccountRecord& record) {
  ServerRecord& server = record.*members.server;
  if (server.protocol.empty()) server.protocol = members.default_protocol;
  std::string protocol;
  read_text(body, members.protocol, protocol);
  if (!protocol.empty()) accounts::set_protocol(server, members.kind, protocol);
  read_tls(body, members, server);
  read_text(body, members.host, server.host);
  if (const Json port = body.get(members.port); is_given(port)) {
    const auto number = port.to_integer();
    if (!number || *number < 0 || *number > 65'535) refuse_member(members.port, port);
    server.port = static_cast<int>(*number);
  }
  std::string url;
  read_text(body, members.url, url);
  if (!url.empty()) accounts::set_url(server, members.kind, url);
  if (server.port == 0 && !server.host.empty())
    server.port = accounts::default_port(server.protocol, server.tls);
  read_text(body, members.login, server.login);
  read_password(body, members.password, server);
}

void read_auth(const Json& body, AccountRecord& record) {
  std::string word;
  read_text(body, "transport_auth", word);
  if (word == "mail")
    record.auth = TransportAuth::AsStore;
  else if (word == "custom")
    record.auth = TransportAuth::Own;
  else if (word == "none")
    record.auth = TransportAuth::None;
  else if (!word.empty())
    refuse_member("transport_auth", body.get("transport_auth"));
  else if (record.transport.new_password && !record.transport.login.empty())
    record.auth = TransportAuth::Own;  // clients from before the field
}

struct FolderMembers {
  const char *name, *fullname;
  std::string Names::*member;
};
constexpr FolderMembers kFolderMembers[] = {
    {"trash", "trash_fullname", &Names::trash},
    {"sent", "sent_fullname", &Names::sent},
    {"drafts", "drafts_fullname", &Names::drafts},
    {"spam", "spam_fullname", &Names::spam},
    {"confirmed_spam", "confirmed_spam_fullname", &Names::confirmed_spam},
    {"confirmed_ham", "confirmed_ham_fullname", &Names::confirmed_ham},
    {"archive", "archive_fullname", &Names::archive}};

void read_folders(const Json& body, AccountRecord& record) {
  for (const FolderMembers& members : kFolderMembers) {
    read_text(body, members.name, record.names.*members.member);
    std::string path;
    read_text(body, members.fullname, path);
    if (!path.empty())
      record.fullnames.*members.member =
          mailbox::is_mail_folder(path) ? mailbox::parse_folder_path(path).fullname : path;
  }
}

void read_pop3(const Json& body, accounts::Pop3Options& pop3) {
  if (const Json rate = body.get("pop3_refresh_rate"); is_given(rate)) {
    const auto minutes = rate.to_integer();
    constexpr std::int64_t kWeek = 7 * 24 * 60;
    if (!minutes || *minutes < 0 || *minutes > kWeek) refuse_member("pop3_refresh_rate", rate);
    pop3.refresh_rate = *minutes;
  }
  read_flag(body, "pop3_expunge_on_quit", pop3.expunges_on_quit);
  read_flag(body, "pop3_delete_write_through", pop3.deletes_write_through);
  read_text(body, "pop3_storage", pop3.storage);
  read_text(body, "pop3_path", pop3.path);
}

void read_names(const Json& body, AccountRecord& record) {
  read_text(body, "name", record.name);
  read_text(body, "personal", record.personal);
  read_text(body, "reply_to", record.reply_to);
  read_flag(body, "unified_inbox_enabled", record.is_unified);
  if (const Json meta = body.get("meta"); is_given(meta)) record.meta = meta.dump();
}

void refuse_unoffered(const Json& body) {
  for (const char* member : {"mail_oauth", "transport_oauth"})
    if (body.get(member).to_integer().value_or(0) > 0)
      throw ApiError(errors::msg::kAuthTypeUnsupported, {"", "OAuth"});
}

void require_object(const Json& body) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
}

}  // namespace

void apply_account(AccountRecord& record, const Json& body) {
  require_object(body);
  refuse_unoffered(body);
  for (const ServerMembers& members : kServers) read_server(body, members, record);
  read_auth(body, record);
  read_names(body, record);
  read_text(body, "primary_address", record.address);
  read_folders(body, record);
  read_pop3(body, record.pop3);
}

void apply_primary_account(AccountRecord& record, const Json& body, const AccountView& view) {
  require_object(body);
  refuse_unoffered(body);
  for (const AccountColumn& column : account_columns()) {
    const Json value = body.get(column.name);
    if (column.is_open_in_primary || !is_given(value)) continue;
    const bool is_empty_text = value.is_string() && value.as_string().empty();
    if (!is_empty_text && !value.equals(column.write(view)))
      throw ApiError(errors::acc::kPrimaryUpdate, {column.name});
  }
  if (record.name.empty()) {
    record.name = view.record.name;
    record.personal = view.record.personal;
  }
  read_names(body, record);
}

}  // namespace gw::ajax
