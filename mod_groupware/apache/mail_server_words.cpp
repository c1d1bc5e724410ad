#include "apache/mail_server_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "apache/words.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

struct EncryptionWord {
  std::string_view word;
  MailEncryption value;
};
constexpr EncryptionWord kEncryptions[] = {{"none", MailEncryption::None},
                                           {"prefer", MailEncryption::Prefer},
                                           {"starttls", MailEncryption::StartTls},
                                           {"tls", MailEncryption::Tls}};

constexpr MailScheme kStores[] = {{"imap", "imap", 143, MailEncryption::Prefer},
                                  {"imaps", "imap", 993, MailEncryption::Tls}};
constexpr MailScheme kTransports[] = {{"smtp", "smtp", 25, MailEncryption::Prefer},
                                      {"submission", "smtp", 587, MailEncryption::StartTls},
                                      {"smtps", "smtp", 465, MailEncryption::Tls}};

bool parse_switch(std::string_view directive, std::string_view value) {
  if (equal_ignoring_ascii_case(value, "on")) return true;
  if (equal_ignoring_ascii_case(value, "off")) return false;
  throw DirectiveError(fmt::format("{}: \"{}\" is neither on nor off", directive, value));
}

/// `imap://host:port`; the host may be an IPv6 address in brackets.
MailServerSettings parse_server_url(std::string_view directive, std::string_view url,
                                    std::span<const MailScheme> schemes) {
  const auto fail = [&]() -> MailServerSettings {
    throw DirectiveError(fmt::format("{} \"{}\": write {}://host or {}://host:port", directive, url,
                                     schemes.front().name, schemes.front().name));
  };
  const std::size_t mark = url.find("://");
  const auto scheme = std::find_if(schemes.begin(), schemes.end(), [&](const MailScheme& each) {
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

}  // namespace

std::span<const MailScheme> store_schemes() { return kStores; }

std::span<const MailScheme> transport_schemes() { return kTransports; }

MailServerSettings parse_mail_server(std::string_view name, std::span<const std::string_view> arguments,
                                     std::span<const MailScheme> schemes) {
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
  return server;
}

void set_mail_oauth(MailSettings& mail, std::string_view name, std::string_view form,
                    std::string_view variable) {
  const bool is_name =
      !variable.empty() && std::all_of(variable.begin(), variable.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-';
      });
  if (equal_ignoring_ascii_case(form, "xoauth2") && is_name)
    mail.sign_in = MailSignIn::XOAuth2;
  else if (equal_ignoring_ascii_case(form, "oauthbearer") && is_name)
    mail.sign_in = MailSignIn::OAuthBearer;
  else
    throw DirectiveError(
        fmt::format("{} \"{} {}\": write xoauth2 or oauthbearer, and the variable with the token, such as "
                    "OIDC_access_token",
                    name, form, variable));
  mail.token_variable = variable;
}

std::string parse_login_pattern(std::string_view name, std::string_view pattern) {
  for (std::size_t at = pattern.find('%'); at != pattern.npos; at = pattern.find('%', at + 2))
    if (at + 1 >= pattern.size() || std::string_view("ucmd%").find(pattern[at + 1]) == std::string_view::npos)
      throw DirectiveError(fmt::format(
          "{} \"{}\": %u, %c, %m and %d stand for the user; write %% for a percent sign", name, pattern));
  if (pattern.empty() || has_control_characters(pattern) || pattern.find_first_of("\t\r\n") != pattern.npos)
    throw DirectiveError(fmt::format("{}: write a pattern such as %u or %u@example.org", name));
  return std::string(pattern);
}

}  // namespace gw::apache
