#include "mailbox/accounts/account_rules.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/unified/unified_folders.hpp"

namespace gw::mailbox::accounts {
namespace {

constexpr std::size_t kMaxText = 255, kMaxMeta = 65'536;

struct ProtocolRow {
  std::string_view name;
  ServerKind kind;
  int port, tls_port;
};
constexpr ProtocolRow kProtocols[] = {{"imap", ServerKind::Store, 143, 993},
                                      {"pop3", ServerKind::Store, 110, 995},
                                      {"smtp", ServerKind::Transport, 587, 465}};

const ProtocolRow* find_protocol(std::string_view name) {
  const auto row = std::find_if(std::begin(kProtocols), std::end(kProtocols),
                                [&](const ProtocolRow& each) { return each.name == name; });
  return row == std::end(kProtocols) ? nullptr : row;
}

bool is_one_line(std::string_view text) {
  return is_valid_utf8(text) && !has_control_characters(text) && text.find_first_of("\t\r\n") == text.npos;
}

void require_text(const char* field, std::string_view text) {
  if (text.size() > kMaxText || !is_one_line(text))
    throw ApiError(errors::svl::kBadParameter, {field, replace_invalid_utf8(text.substr(0, kMaxText))});
}

void require_present(const char* field, bool is_there) {
  if (!is_there) throw ApiError(errors::svl::kMissing, {field});
}

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
  });
}

void require_server(const ServerRecord& server, ServerKind kind) {
  const ProtocolRow* row = find_protocol(server.protocol);
  if (row == nullptr || row->kind != kind) throw ApiError(errors::acc::kBadUri, {format_url(server)});
  if (!is_host(server.host) || !is_valid_utf8(server.host))
    throw ApiError(errors::acc::kBadHost, {replace_invalid_utf8(server.host)});
  if (server.port < 1 || server.port > 65'535) throw ApiError(errors::acc::kBadUri, {format_url(server)});
  require_text("login", server.login);
}

void require_names(const mail::FolderNames& names) {
  for (const std::string* name : {&names.drafts, &names.sent, &names.spam, &names.trash,
                                  &names.confirmed_spam, &names.confirmed_ham, &names.archive})
    require_text("folder", *name);
}

std::string address_key(std::string_view address) {
  return to_lower_ascii(mail::mime::to_ascii_domain(address));
}

bool is_same_server(const ServerRecord& a, const ServerRecord& b) {
  return a.protocol == b.protocol && a.port == b.port && a.login == b.login &&
         equal_ignoring_ascii_case(a.host, b.host);
}

void add_warnings(Warnings& warnings, const ServerRecord& server, bool is_trial) {
  if (server.host.empty()) return;
  const ProtocolRow* row = find_protocol(server.protocol);
  if (row == nullptr) return;
  if (server.tls == Tls::Offered && is_trial)
    warnings.push_back({&errors::msg::kInsecureConnection, {server.host}});
  else if (server.tls == Tls::Offered)
    warnings.push_back({&errors::msg::kInsecureAccount, {}});
  if (server.tls != Tls::Always && server.port == row->tls_port)
    warnings.push_back({&errors::acc::kPortWantsTls, {std::to_string(server.port)}});
  if (server.tls == Tls::Always && server.port == row->port)
    warnings.push_back({&errors::acc::kPortWantsNoTls, {std::to_string(server.port)}});
}

}  // namespace

void set_protocol(ServerRecord& server, ServerKind kind, std::string_view name) {
  std::string basic = to_lower_ascii(trim(name));
  const bool is_secure = basic.ends_with('s') && find_protocol(basic.substr(0, basic.size() - 1)) != nullptr;
  if (is_secure) basic.pop_back();
  const ProtocolRow* row = find_protocol(basic);
  if (row == nullptr || row->kind != kind)
    throw ApiError(kind == ServerKind::Store ? errors::msg::kNoProvider : errors::msg::kNoTransport,
                   {replace_invalid_utf8(name.substr(0, 100))});
  server.protocol = basic;
  if (is_secure) server.tls = Tls::Always;
}

void set_url(ServerRecord& server, ServerKind kind, std::string_view url) {
  const auto refuse = [&] {
    throw ApiError(errors::acc::kBadUri, {replace_invalid_utf8(url.substr(0, kMaxText))});
  };
  std::string_view rest = trim(url);
  if (const std::size_t mark = rest.find("://"); mark != rest.npos) {
    const bool was_secure = server.tls == Tls::Always;
    set_protocol(server, kind, rest.substr(0, mark));
    if (was_secure && !rest.substr(0, mark).ends_with('s')) server.tls = Tls::Offered;
    rest.remove_prefix(mark + 3);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
  if (bracket == rest.npos) return refuse();
  server.port = default_port(server.protocol, server.tls);
  if (const std::size_t colon = rest.find(':', bracket); colon != rest.npos) {
    const auto port = parse_integer(rest.substr(colon + 1));
    if (!port || *port < 1 || *port > 65'535) return refuse();
    server.port = static_cast<int>(*port);
    rest = rest.substr(0, colon);
  }
  if (rest.starts_with('[') && rest.ends_with(']')) rest = rest.substr(1, rest.size() - 2);
  if (!is_host(rest)) return refuse();
  server.host = rest;
}

std::string format_url(const ServerRecord& server) {
  if (server.host.empty()) return {};
  const bool is_address = server.host.find(':') != std::string::npos;
  return server.protocol + (server.tls == Tls::Always ? "s://" : "://") +
         (is_address ? "[" + server.host + "]" : server.host) + ":" + std::to_string(server.port);
}

int default_port(std::string_view protocol, Tls tls) {
  const ProtocolRow* row = find_protocol(protocol);
  if (row == nullptr) return 0;
  return tls == Tls::Always ? row->tls_port : row->port;
}

void check_names(const AccountRecord& record) {
  if (record.name.size() > kMaxText || trim(record.name).empty() || !is_one_line(record.name))
    throw ApiError(errors::acc::kBadName, {replace_invalid_utf8(record.name.substr(0, kMaxText))});
  require_text("personal", record.personal);
  if (!record.reply_to.empty() && !mail::mime::is_plausible_address(record.reply_to))
    throw ApiError(errors::msg::kBadAddress, {replace_invalid_utf8(record.reply_to.substr(0, kMaxText))});
  require_text("reply_to", record.reply_to);
  if (record.meta.size() > kMaxMeta) throw ApiError(errors::svl::kBodyIllegal, {"meta has over 65536 bytes"});
}

void check_record(const AccountRecord& record) {
  check_names(record);
  require_names(record.names);
  require_names(record.fullnames);
  require_present("primary_address", !record.address.empty());
  if (address_key(record.address).ends_with("@" + std::string(unified::kReservedDomain)))
    throw ApiError(errors::acc::kReservedAddress, {record.address});
  if (record.address.size() > kMaxText || !mail::mime::is_plausible_address(record.address))
    throw ApiError(errors::msg::kBadAddress, {replace_invalid_utf8(record.address.substr(0, kMaxText))});
  require_present("mail_url", !record.store.host.empty());
  require_server(record.store, ServerKind::Store);
  require_present("login", !record.store.login.empty());
  require_present("password", record.store.new_password.has_value() ||
                                  !record.store.sealed_password.empty() || record.is_at_primary);
  if (!record.transport.host.empty()) require_server(record.transport, ServerKind::Transport);
  require_text("pop3_storage", record.pop3.storage);
  require_text("pop3_path", record.pop3.path);
}

void check_unique(const AccountRecord& record, std::span<const AccountRecord> others,
                  std::span<const std::string> own) {
  const std::string key = address_key(record.address);
  for (const std::string& address : own)
    if (address_key(address) == key) throw ApiError(errors::acc::kAddressTwice, {record.address});
  for (const AccountRecord& other : others) {
    if (other.id == record.id || other.id == 0) continue;
    if (is_same_server(record.store, other.store))
      throw ApiError(errors::acc::kDuplicate, {record.store.login, record.store.host});
    if (address_key(other.address) == key) throw ApiError(errors::acc::kAddressTwice, {record.address});
  }
}

Warnings find_warnings(const AccountRecord& record, bool is_trial) {
  Warnings warnings;
  add_warnings(warnings, record.store, is_trial);
  add_warnings(warnings, record.transport, is_trial);
  return warnings;
}

}  // namespace gw::mailbox::accounts
