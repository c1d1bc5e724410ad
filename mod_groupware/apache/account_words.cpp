#include "apache/account_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "apache/mail_server_words.hpp"
#include "apache/words.hpp"
#include "core/text.hpp"
#include "mailbox/accounts/reach.hpp"

namespace gw::apache {
namespace {

constexpr MailScheme kStoreSchemes[] = {{"imap", "imap", 143, MailEncryption::StartTls},
                                        {"imaps", "imap", 993, MailEncryption::Tls},
                                        {"pop3", "pop3", 110, MailEncryption::StartTls},
                                        {"pop3s", "pop3", 995, MailEncryption::Tls}};
constexpr MailScheme kTransportSchemes[] = {{"submission", "smtp", 587, MailEncryption::StartTls},
                                            {"smtps", "smtp", 465, MailEncryption::Tls}};

bool parse_on_off(std::string_view name, std::string_view key, std::string_view value) {
  if (equal_ignoring_ascii_case(value, "on")) return true;
  if (equal_ignoring_ascii_case(value, "off")) return false;
  throw DirectiveError(fmt::format("{}: {}= is on or off", name, key));
}

void require_words(std::string_view name, AccountWords words, std::string_view form) {
  if (words.empty()) throw DirectiveError(fmt::format("{}: write {}", name, form));
}

[[noreturn]] void refuse_key(std::string_view name, std::string_view word, std::string_view known) {
  throw DirectiveError(fmt::format("{}: unknown word \"{}\"; known are: {}", name, word, known));
}

bool is_mail_domain(std::string_view domain) {
  return domain.find('.') != domain.npos && !domain.starts_with('.') && !domain.ends_with('.') &&
         std::all_of(domain.begin(), domain.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-'; });
}

}  // namespace

void set_denied_networks(MailAccountSettings& accounts, std::string_view name, AccountWords words) {
  constexpr std::string_view kForm = "networks such as 10.0.0.0/8, internal, or none";
  require_words(name, words, kForm);
  MailAccountSettings wanted;
  wanted.denied_networks.clear();
  if (words.size() > 1 || words.front() != "none") wanted.denied_networks.assign(words.begin(), words.end());
  try {
    mailbox::accounts::denied_networks(wanted.denied_networks);
  } catch (const std::invalid_argument& word) {
    throw DirectiveError(fmt::format("{} \"{}\": write {}", name, word.what(), kForm));
  }
  accounts.denied_networks = std::move(wanted.denied_networks);
}

void set_account_ports(MailAccountSettings& accounts, std::string_view name, AccountWords words) {
  require_words(name, words, "ports such as 993 465, or any");
  accounts.ports.clear();
  if (words.size() == 1 && words.front() == "any") return;
  for (const std::string_view word : words)
    accounts.ports.push_back(static_cast<int>(parse_number(name, word, 1, 65'535)));
}

void set_account_tls(MailAccountSettings& accounts, std::string_view name, AccountWords words) {
  require_words(name, words, "required=on, verify=off or ca=/path");
  for (const std::string_view word : words) {
    const auto [key, value] = split_word(word);
    if (key == "required")
      accounts.requires_tls = parse_on_off(name, key, value);
    else if (key == "verify")
      accounts.verifies_certificate = parse_on_off(name, key, value);
    else if (key == "ca" && value.starts_with('/'))
      accounts.ca_file = value;
    else
      refuse_key(name, word, "required=, verify=, ca=/path");
  }
}

void set_autoconfig(AutoconfigSettings& autoconfig, std::string_view name, AccountWords words) {
  require_words(name, words, "domain=on, guess=on or directory=https://host/path/");
  for (const std::string_view word : words) {
    const auto [key, value] = split_word(word);
    if (key == "domain")
      autoconfig.asks_domain = parse_on_off(name, key, value);
    else if (key == "guess")
      autoconfig.guesses = parse_on_off(name, key, value);
    else if (key == "directory" && (value.starts_with("https://") || value.starts_with("http://")))
      autoconfig.directory = value;
    else
      refuse_key(name, word, "domain=, guess=, directory=https://host/path/");
  }
}

KnownProvider parse_provider(std::string_view name, AccountWords words) {
  constexpr std::string_view kForm =
      "a domain, imaps://host or pop3s://host, and submission:// or smtps://host";
  if (words.size() < 3 || words.size() > 4) throw DirectiveError(fmt::format("{}: write {}", name, kForm));
  KnownProvider provider;
  provider.domain = to_lower_ascii(words[0]);
  if (!is_mail_domain(provider.domain))
    throw DirectiveError(fmt::format("{} \"{}\": write {}", name, words[0], kForm));
  provider.store = parse_mail_server(name, words.subspan(1, 1), kStoreSchemes);
  provider.transport = parse_mail_server(name, words.subspan(2, 1), kTransportSchemes);
  if (words.size() == 3) return provider;
  const auto [key, value] = split_word(words[3]);
  if (key != "login") refuse_key(name, words[3], "login=");
  provider.login = parse_login_pattern(name, value);
  return provider;
}

}  // namespace gw::apache
