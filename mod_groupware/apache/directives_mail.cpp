// GroupwareMail… and GroupwareTransport…: where mails lie, and who takes them. Meanings: docs/directives.md.
#include <algorithm>
#include <limits>

#include "apache/setter.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

struct Scheme {
  std::string_view name;  ///< of the URL
  std::string_view protocol;
  int port;
  MailEncryption encryption;
};
constexpr Scheme kStores[] = {{"imap", "imap", 143, MailEncryption::Prefer},
                              {"imaps", "imap", 993, MailEncryption::Tls}};
constexpr Scheme kTransports[] = {{"smtp", "smtp", 25, MailEncryption::Prefer},
                                  {"submission", "smtp", 587, MailEncryption::StartTls},
                                  {"smtps", "smtp", 465, MailEncryption::Tls}};

struct EncryptionWord {
  std::string_view word;
  MailEncryption value;
};
constexpr EncryptionWord kEncryptions[] = {{"none", MailEncryption::None},
                                           {"prefer", MailEncryption::Prefer},
                                           {"starttls", MailEncryption::StartTls},
                                           {"tls", MailEncryption::Tls}};

bool parse_switch(std::string_view directive, std::string_view value) {
  if (equal_ignoring_ascii_case(value, "on")) return true;
  if (equal_ignoring_ascii_case(value, "off")) return false;
  throw DirectiveError(fmt::format("{}: \"{}\" is neither on nor off", directive, value));
}

/// `imap://host:port`; the host may be an IPv6 address in brackets.
MailServerSettings parse_server_url(std::string_view directive, std::string_view url,
                                    std::span<const Scheme> schemes) {
  const auto fail = [&]() -> MailServerSettings {
    throw DirectiveError(fmt::format("{} \"{}\": write {}://host or {}://host:port", directive, url,
                                     schemes.front().name, schemes.front().name));
  };
  const std::size_t mark = url.find("://");
  const auto scheme = std::find_if(schemes.begin(), schemes.end(), [&](const Scheme& each) {
    return mark != url.npos && equal_ignoring_ascii_case(each.name, url.substr(0, mark));
  });
  if (scheme == schemes.end()) return fail();
  std::string_view host = url.substr(mark + 3);
  MailServerSettings server{std::string(scheme->protocol), {}, scheme->port, scheme->encryption};
  if (host.ends_with('/')) host.remove_suffix(1);
  const std::size_t bracket = host.find(']');
  const std::size_t colon = host.find(':', bracket == host.npos ? 0 : bracket);
  if (colon != host.npos) {
    server.port = static_cast<int>(parse_number(directive, host.substr(colon + 1), 1, 65'535));
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || host.find_first_of("/@?#[] \t") != host.npos) return fail();
  server.host = host;
  return server;
}

/// Words behind the URL: tls, verify, ca, auth.
void set_server(MailServerSettings& target, std::string_view name,
                std::span<const std::string_view> arguments, std::span<const Scheme> schemes) {
  if (arguments.empty()) throw DirectiveError(fmt::format("{}: write the URL of the server first", name));
  MailServerSettings server = parse_server_url(name, arguments.front(), schemes);
  for (const std::string_view word : arguments.subspan(1)) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view key = word.substr(0, equals);
    const std::string_view value = word.substr(std::min(equals + 1, word.size()));
    if (key == "tls") {
      const auto row = std::find_if(
          std::begin(kEncryptions), std::end(kEncryptions),
          [&](const EncryptionWord& each) { return equal_ignoring_ascii_case(each.word, value); });
      if (row == std::end(kEncryptions))
        throw DirectiveError(fmt::format("{}: tls is none, prefer, starttls or tls", name));
      server.encryption = row->value;
    } else if (key == "verify") {
      server.verifies_certificate = parse_switch(name, value);
    } else if (key == "auth") {
      server.signs_in = parse_switch(name, value);
    } else if (key == "ca" && value.starts_with('/')) {
      server.ca_file = value;
    } else {
      throw DirectiveError(
          fmt::format("{}: unknown word \"{}\"; known are: tls=, verify=, auth=, ca=/path", name, word));
    }
  }
  target = std::move(server);
}

void set_login(MailSettings& mail, std::string_view pattern) {
  for (std::size_t at = pattern.find('%'); at != pattern.npos; at = pattern.find('%', at + 2))
    if (at + 1 >= pattern.size() || std::string_view("ucmd%").find(pattern[at + 1]) == std::string_view::npos)
      throw DirectiveError(fmt::format(
          "GroupwareMailLogin \"{}\": %u, %c, %m and %d stand for the user; write %% for a percent sign",
          pattern));
  if (pattern.empty() || has_control_characters(pattern))
    throw DirectiveError("GroupwareMailLogin: write a pattern such as %u or %u@example.org");
  mail.login = pattern;
}

void set_timeouts(MailSettings& mail, Words words) {
  words.duration("connect", mail.connect_timeout, 100ms, 5min);
  words.duration("read", mail.read_timeout, 100ms, 10min);
  words.finish();
}

void set_connections(MailSettings& mail, Words words) {
  words.number("user", mail.connections_per_user, 1, 100);
  words.number("process", mail.connections, 1, 10'000);
  words.duration("idle", mail.connection_idle, 1s, 29min);
  words.finish();
}

void set_folders(MailSettings& mail, std::span<const std::string_view> arguments) {
  struct Row {
    std::string_view key;
    std::string MailSettings::*name;
  };
  constexpr Row kRows[] = {{"drafts", &MailSettings::drafts},
                           {"sent", &MailSettings::sent},
                           {"spam", &MailSettings::spam},
                           {"trash", &MailSettings::trash},
                           {"archive", &MailSettings::archive}};
  for (const std::string_view word : arguments) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                  [&](const Row& each) { return each.key == word.substr(0, equals); });
    if (row == std::end(kRows) || equals + 1 >= word.size())
      throw DirectiveError(fmt::format(
          "GroupwareMailFolders \"{}\": write drafts=, sent=, spam=, trash= or archive= and a name", word));
    mail.*row->name = word.substr(equals + 1);
  }
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;
using gw::apache::to_views;
using gw::apache::Words;

const char* gw_set_mail_server(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_server(config.settings.mail.store, name, to_views(count, words), gw::apache::kStores);
  });
}

const char* gw_set_transport_server(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_server(config.settings.mail.transport, name, to_views(count, words),
                           gw::apache::kTransports);
  });
}

const char* gw_set_mail_login(cmd_parms* command, void*, const char* pattern) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view) {
    gw::apache::set_login(config.settings.mail, pattern);
  });
}

const char* gw_set_mail_master(cmd_parms* command, void*, const char* login, const char* secret) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.mail.master_secret = gw::apache::read_value_or_file(name, secret);
    config.settings.mail.master = login;
  });
}

const char* gw_set_mail_timeouts(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_timeouts(config.settings.mail, Words(name, to_views(count, words)));
  });
}

const char* gw_set_mail_connections(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_connections(config.settings.mail, Words(name, to_views(count, words)));
  });
}

const char* gw_set_mail_folders(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view) {
    gw::apache::set_folders(config.settings.mail, to_views(count, words));
  });
}
