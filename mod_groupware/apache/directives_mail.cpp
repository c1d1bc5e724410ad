// GroupwareMail… and GroupwareTransport…: where mails lie, and who takes them. Meanings: docs/directives.md.
#include <algorithm>

#include "apache/mail_server_words.hpp"
#include "apache/setter.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

void set_timeouts(MailSettings& mail, Words words) {
  words.duration("connect", mail.connect_timeout, 100ms, 5min);
  words.duration("read", mail.read_timeout, 100ms, 10min);
  words.finish();
}

void set_connections(ModuleConfig& config, Words words) {
  MailSettings& mail = config.settings.mail;
  words.number("user", mail.connections_per_user, 1, 100);
  words.number("process", mail.connections, 1, 10'000);
  words.duration("idle", mail.connection_idle, 1s, 29min);
  words.number("requests", config.mail_requests, 0, 10'000);
  words.finish();
}

void set_notify(MailSettings& mail, std::string_view directive, std::string_view login,
                std::string_view secret) {
  std::string read = read_value_or_file(directive, secret);
  if (login.empty() || login.find(':') != login.npos || read.empty())
    throw DirectiveError(
        fmt::format("{}: write a login without a colon, and a secret or file:/path", directive));
  mail.notify_login = login;
  mail.notify_secret = std::move(read);
}

void set_compositions(MailSettings& mail, Words words) {
  words.number("user", mail.compositions, 1, 1'000);
  words.duration("idle", mail.composition_idle, 0ms, 10'000h);
  words.finish();
}

void set_flagging(MailSettings& mail, std::string_view directive,
                  std::span<const std::string_view> arguments) {
  struct Row {
    std::string_view word;
    MailFlagging mode;
  };
  constexpr Row kRows[] = {{"colorOnly", MailFlagging::ColorOnly},
                           {"flaggedOnly", MailFlagging::FlaggedOnly},
                           {"flaggedAndColor", MailFlagging::FlaggedAndColor},
                           {"flaggedImplicit", MailFlagging::FlaggedImplicit}};
  const std::string_view word = arguments.empty() ? std::string_view() : arguments.front();
  const auto* const row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& each) {
    return equal_ignoring_ascii_case(each.word, word);
  });
  if (row == std::end(kRows))
    throw DirectiveError(fmt::format(
        "{} \"{}\": write colorOnly, flaggedOnly, flaggedAndColor or flaggedImplicit", directive, word));
  if (arguments.size() > 1) {
    Words words(directive, arguments.subspan(1));
    words.number("color", mail.flagged_color, 1, 10);
    words.finish();
  }
  mail.flagging = row->mode;
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

void add_authenticity_server(AuthenticitySettings& authenticity, std::string_view name,
                             std::string_view text) {
  if (text.empty() || has_control_characters(text) || text.find_first_of(" ;\"()=") != text.npos)
    throw DirectiveError(
        fmt::format("{} \"{}\": write the name of a mail server as it stands at the begin of its "
                    "Authentication-Results, such as mx.example.org",
                    name, text));
  authenticity.servers.push_back(to_lower_ascii(text));
}

void add_trusted_sender(AuthenticitySettings& authenticity, std::string_view name,
                        std::span<const std::string_view> words) {
  const bool has_fine_count = words.size() == 1 || words.size() == 2;
  const std::string_view pattern = has_fine_count ? words[0] : std::string_view();
  const std::size_t at = pattern.find('@');
  const bool is_fine = !pattern.empty() && !has_control_characters(pattern) &&
                       pattern.find_first_of(" *<>,") == pattern.npos && at != 0 &&
                       at != pattern.size() - 1 && pattern.find('.') != pattern.npos;
  if (!is_fine || (words.size() == 2 && !words[1].starts_with('/')))
    throw DirectiveError(
        fmt::format("{} \"{}\": write an address or a domain such as example.org, and perhaps the absolute "
                    "path of a picture",
                    name, pattern));
  authenticity.trusted.push_back(
      {to_lower_ascii(pattern), words.size() == 2 ? std::string(words[1]) : std::string()});
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;
using gw::apache::to_views;
using gw::apache::Words;

const char* gw_set_mail_server(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.mail.store =
        gw::apache::parse_mail_server(name, to_views(count, words), gw::apache::store_schemes());
  });
}

const char* gw_set_transport_server(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.mail.transport =
        gw::apache::parse_mail_server(name, to_views(count, words), gw::apache::transport_schemes());
  });
}

const char* gw_set_mail_login(cmd_parms* command, void*, const char* pattern) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.mail.login = gw::apache::parse_login_pattern(name, pattern);
  });
}

const char* gw_set_mail_master(cmd_parms* command, void*, const char* login, const char* secret) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.mail.master_secret = gw::apache::read_value_or_file(name, secret);
    config.settings.mail.master = login;
  });
}

const char* gw_set_mail_oauth(cmd_parms* command, void*, const char* form, const char* variable) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_mail_oauth(config.settings.mail, name, form, variable);
  });
}

const char* gw_set_mail_notify(cmd_parms* command, void*, const char* login, const char* secret) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_notify(config.settings.mail, name, login, secret);
  });
}

const char* gw_set_mail_timeouts(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_timeouts(config.settings.mail, Words(name, to_views(count, words)));
  });
}

const char* gw_set_mail_connections(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_connections(config, Words(name, to_views(count, words)));
  });
}

const char* gw_set_mail_compositions(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_compositions(config.settings.mail, Words(name, to_views(count, words)));
  });
}

const char* gw_set_mail_interval(cmd_parms* command, void*, const char* duration) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    config.settings.mail.send_interval =
        gw::apache::parse_duration(name, duration, std::chrono::milliseconds{0}, std::chrono::hours{24});
  });
}

const char* gw_set_mail_flagging(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_flagging(config.settings.mail, name, to_views(count, words));
  });
}

const char* gw_set_mail_folders(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view) {
    gw::apache::set_folders(config.settings.mail, to_views(count, words));
  });
}

const char* gw_add_authenticity_server(cmd_parms* command, void*, const char* text) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::add_authenticity_server(config.settings.authenticity, name, text);
  });
}

const char* gw_add_trusted_sender(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::add_trusted_sender(config.settings.authenticity, name, to_views(count, words));
  });
}
