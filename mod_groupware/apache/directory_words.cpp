#include "apache/directory_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "apache/words.hpp"
#include "core/text.hpp"
#include "directory/dn.hpp"
#include "directory/filter.hpp"
#include "identities/mapped_user.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;
using WordList = std::span<const std::string_view>;

constexpr std::size_t kMaxDirectoryName = 20, kMaxServers = 10, kMaxMappingFile = 65'536, kMaxBookTitle = 255;
constexpr std::string_view kPlainWord = "none-for-tests";
constexpr std::string_view kDirectoryForm =
    "a name, ldaps://host or ldap://host, and base=dc=example,dc=org; then perhaps ca=/path, connect=5s, "
    "search=10s, "
    "request=15s, idle=5m, connections=10, page=500";
constexpr std::string_view kDirectoryLoginForm =
    "the name of the directory, then search=(uid=%u), template=uid=%u,ou=people,dc=example,dc=org or "
    "principal=ad.example.org; then perhaps context=login, create=on, update=off";
constexpr std::string_view kDirectoryImportForm =
    "the name of the directory and context=example; then perhaps interval=1h, purge=30d, adopt=on, "
    "stop=10%,50";

[[noreturn]] void refuse_directory_word(std::string_view directive, std::string_view word,
                                        std::string_view form) {
  throw DirectiveError(fmt::format("{} \"{}\": write {}", directive, word, form));
}

bool read_on_off(std::string_view directive, std::string_view key, std::string_view value) {
  if (equal_ignoring_ascii_case(value, "on")) return true;
  if (equal_ignoring_ascii_case(value, "off")) return false;
  throw DirectiveError(fmt::format("{}: {}= is on or off", directive, key));
}

bool is_directory_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxDirectoryName &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

DirectorySettings& directory_named(std::vector<DirectorySettings>& directories, std::string_view directive,
                                   WordList words, std::string_view form) {
  if (words.empty()) throw DirectiveError(fmt::format("{}: write {}", directive, form));
  for (DirectorySettings& each : directories)
    if (each.name == words.front()) return each;
  throw DirectiveError(fmt::format(
      "{} {}: there is no directory of this name: write GroupwareDirectory {} ldaps://host base=... above it",
      directive, words.front(), words.front()));
}

DirectoryServer parse_directory_server(std::string_view directive, std::string_view url) {
  DirectoryServer server;
  std::string_view host = url;
  if (host.starts_with("ldaps://")) {
    server.is_tls = true;
    server.port = 636;
  } else if (!host.starts_with("ldap://")) {
    refuse_directory_word(directive, url, kDirectoryForm);
  }
  host.remove_prefix(host.find("://") + 3);
  if (host.ends_with('/')) host.remove_suffix(1);
  const std::size_t bracket = host.find(']');
  const std::size_t colon = host.find(':', bracket == host.npos ? 0 : bracket);
  if (colon != host.npos) {
    server.port = static_cast<int>(parse_number(directive, host.substr(colon + 1), 1, 65'535));
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || host.find_first_of("/@?#[] \t,") != host.npos)
    refuse_directory_word(directive, url, kDirectoryForm);
  server.host = host;
  return server;
}

bool is_loopback(const DirectoryServer& server) {
  return server.host.starts_with("127.") || server.host == "::1" || server.host == "localhost";
}

void take_directory_word(DirectorySettings& directory, std::string_view directive, std::string_view word) {
  const auto [key, value] = split_word(word);
  if (key == "base" && directory::is_dn(value))
    directory.base = value;
  else if (key == "ca" && value.starts_with('/'))
    directory.ca_file = value;
  else if (key == "connect")
    directory.connect_timeout = parse_duration(directive, value, 100ms, 1min);
  else if (key == "search")
    directory.search_timeout = parse_duration(directive, value, 100ms, 5min);
  else if (key == "request")
    directory.request_timeout = parse_duration(directive, value, 100ms, 5min);
  else if (key == "idle")
    directory.idle = parse_duration(directive, value, 1s, 1h);
  else if (key == "connections")
    directory.connections = static_cast<int>(parse_number(directive, value, 1, 100));
  else if (key == "page")
    directory.page_size = static_cast<int>(parse_number(directive, value, 0, 10'000));
  else if (key == "tls" && value == kPlainWord)
    directory.is_plain = true;
  else
    refuse_directory_word(directive, word, kDirectoryForm);
}

/// Errors: DirectiveError; a file that is read once more at each start.
std::string read_mapping_file(std::string_view directive, std::string_view path) {
  if (!path.starts_with('/'))
    throw DirectiveError(
        fmt::format("{} \"{}\": write the absolute path of a mapping file", directive, path));
  std::ifstream file{std::string(path), std::ios::binary};
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file || text.empty() || text.size() > kMaxMappingFile)
    throw DirectiveError(fmt::format(
        "{}: cannot read {}: it must exist, be readable, and have at most 64 KiB", directive, path));
  return text;
}

void take_context_source(DirectoryLoginSettings& login, std::string_view directive, std::string_view value) {
  constexpr std::string_view kAttribute = "attribute:";
  if (value == "login") {
    login.context = DirectoryContext::Login;
  } else if (value == "mail") {
    login.context = DirectoryContext::MailDomain;
  } else if (value.starts_with(kAttribute) && value.size() > kAttribute.size() &&
             value.find_first_of(" ;,=()") == value.npos) {
    login.context = DirectoryContext::Attribute;
    login.context_attribute = value.substr(kAttribute.size());
  } else {
    throw DirectiveError(fmt::format("{}: context= is login, mail or attribute:NAME", directive));
  }
}

/// False: the word says nothing of how somebody binds.
bool take_bind(DirectoryLoginSettings& login, std::string_view directive, std::string_view key,
               std::string_view value) {
  const directory::LoginName sample{"x", "x", "x@x"};
  bool is_fine = directory::is_pattern(value);
  if (key == "search") {
    login.bind = DirectoryBind::Search;
    is_fine = is_fine && directory::is_filter(directory::fill_filter(value, sample)) &&
              directory::fill_filter(value, sample) != value;
  } else if (key == "template") {
    login.bind = DirectoryBind::Template;
    is_fine = is_fine && directory::is_dn(directory::fill_dn(value, sample)) &&
              directory::fill_dn(value, sample) != value;
  } else if (key == "principal") {
    login.bind = DirectoryBind::Principal;
    is_fine = !value.empty() && value.find_first_of(" @%/\\") == value.npos;
  } else {
    return false;
  }
  if (!is_fine)
    refuse_directory_word(directive, value,
                          key == "principal"
                              ? "a domain such as ad.example.org"
                              : "a filter or a name with %u for the login, %d for what stands behind "
                                "its @, %l for both, and %% for a percent sign");
  login.pattern = value;
  return true;
}

/// `10%,50`: a part of the users, and a number of them.
void take_limits(DirectoryImportSettings& import, std::string_view directive, std::string_view value) {
  const auto parts = split(value, ',');
  if (parts.size() != 2 || !parts[0].ends_with('%'))
    throw DirectiveError(fmt::format("{}: stop= is a percentage and a number, such as 10%,50", directive));
  import.stop_percent =
      static_cast<int>(parse_number(directive, parts[0].substr(0, parts[0].size() - 1), 0, 100));
  import.stop_count = static_cast<int>(parse_number(directive, parts[1], 0, 1'000'000));
}

}  // namespace

void add_directory(std::vector<DirectorySettings>& directories, std::string_view directive, WordList words) {
  if (words.empty() || !is_directory_name(words.front()))
    throw DirectiveError(
        fmt::format("{}: write {}; the name has at most 20 of a-z 0-9 - _", directive, kDirectoryForm));
  DirectorySettings wanted;
  wanted.name = words.front();
  wanted.import.job = "directory-" + wanted.name;
  for (const std::string_view word : words.subspan(1)) {
    if (word.find("://") == word.npos || word.find('=') < word.find("://"))
      take_directory_word(wanted, directive, word);
    else
      wanted.servers.push_back(parse_directory_server(directive, word));
  }
  if (wanted.servers.empty() || wanted.servers.size() > kMaxServers || wanted.base.empty())
    throw DirectiveError(fmt::format("{} {}: write {}", directive, wanted.name, kDirectoryForm));
  if (wanted.is_plain && !std::all_of(wanted.servers.begin(), wanted.servers.end(), is_loopback))
    throw DirectiveError(
        fmt::format("{} {}: tls={} is for servers on this machine only: passwords go over TLS, so "
                    "remove it",
                    directive, wanted.name, kPlainWord));
  for (const DirectorySettings& each : directories)
    if (each.name == wanted.name)
      throw DirectiveError(fmt::format("{} {}: another directory has this name", directive, wanted.name));
  directories.push_back(std::move(wanted));
}

void set_directory_account(std::vector<DirectorySettings>& directories, std::string_view directive,
                           WordList words) {
  constexpr std::string_view kForm =
      "the name of the directory, a distinguished name, and a secret or file:/path";
  DirectorySettings& directory = directory_named(directories, directive, words, kForm);
  // Active Directory takes user@domain as a name, too.
  const bool is_name =
      words.size() == 3 && (directory::is_dn(words[1]) || words[1].find('@') != words[1].npos);
  if (!is_name) throw DirectiveError(fmt::format("{} {}: write {}", directive, directory.name, kForm));
  directory.secret = read_value_or_file(directive, words[2]);
  if (directory.secret.empty())
    throw DirectiveError(
        fmt::format("{} {}: the secret is empty: write one, or file:/path", directive, directory.name));
  directory.account = words[1];
}

void set_directory_mapping(std::vector<DirectorySettings>& directories, std::string_view directive,
                           WordList words) {
  constexpr std::string_view kForm = "the name of the directory and the path of a mapping file";
  DirectorySettings& directory = directory_named(directories, directive, words, kForm);
  if (words.size() != 2)
    throw DirectiveError(fmt::format("{} {}: write {}", directive, directory.name, kForm));
  std::string text = read_mapping_file(directive, words[1]);
  try {
    identities::check_mapping(directory::parse_mapping(text));
  } catch (const directory::MappingError& error) {
    throw DirectiveError(fmt::format("{}: {}: {}", directive, words[1], error.what()));
  }
  directory.mapping_file = words[1];
  directory.mapping = std::move(text);
}

void set_directory_login(std::vector<DirectorySettings>& directories, std::string_view directive,
                         WordList words) {
  DirectorySettings& directory = directory_named(directories, directive, words, kDirectoryLoginForm);
  DirectoryLoginSettings wanted;
  for (const std::string_view word : words.subspan(1)) {
    const auto [key, value] = split_word(word);
    if (key == "context") {
      take_context_source(wanted, directive, value);
    } else if (key == "create") {
      wanted.creates = read_on_off(directive, key, value);
    } else if (key == "update") {
      wanted.updates = read_on_off(directive, key, value);
    } else {
      if (wanted.enabled || !take_bind(wanted, directive, key, value))
        refuse_directory_word(directive, word, kDirectoryLoginForm);
      wanted.enabled = true;
    }
  }
  if (!wanted.enabled)
    throw DirectiveError(fmt::format("{} {}: write {}", directive, directory.name, kDirectoryLoginForm));
  directory.login = std::move(wanted);
}

void set_directory_import(std::vector<DirectorySettings>& directories, std::string_view directive,
                          WordList words) {
  DirectorySettings& directory = directory_named(directories, directive, words, kDirectoryImportForm);
  DirectoryImportSettings wanted;
  wanted.job = directory.import.job;
  wanted.purge_after = 30 * 24h;
  for (const std::string_view word : words.subspan(1)) {
    const auto [key, value] = split_word(word);
    if (key == "context" && !value.empty())
      wanted.context = value;
    else if (key == "interval")
      wanted.interval = value == "off" ? 0ms : parse_duration(directive, value, 1min, 7 * 24h);
    else if (key == "purge")
      wanted.purge_after = value == "never" ? -1ms : parse_duration(directive, value, 0ms, 3'650 * 24h);
    else if (key == "adopt")
      wanted.adopts = read_on_off(directive, key, value);
    else if (key == "stop")
      take_limits(wanted, directive, value);
    else
      refuse_directory_word(directive, word, kDirectoryImportForm);
  }
  if (wanted.context.empty())
    throw DirectiveError(fmt::format("{} {}: write {}", directive, directory.name, kDirectoryImportForm));
  directory.import = std::move(wanted);
}

void add_directory_book(std::vector<DirectorySettings>& directories, std::string_view directive,
                        WordList words) {
  constexpr std::string_view kForm =
      "the name of the directory and a title; then perhaps filter=(o=partner), base=ou=partners,dc=example, "
      "scope=one, folders=ou or folders=ou:Sales,Support";
  DirectorySettings& directory = directory_named(directories, directive, words, kForm);
  DirectoryBookSettings book;
  if (words.size() > 1) book.title = trim(words[1]);
  if (book.title.empty() || book.title.size() > kMaxBookTitle || !is_valid_utf8(book.title) ||
      has_control_characters(book.title) || book.title.find_first_of("/\t\r\n") != book.title.npos)
    throw DirectiveError(fmt::format("{} {}: write {}", directive, directory.name, kForm));
  for (const std::string_view word : words.subspan(2)) {
    const auto [key, value] = split_word(word);
    if (key == "filter" && directory::is_filter(value)) {
      book.filter = value;
    } else if (key == "base" && !value.empty()) {
      book.base = value;
    } else if (key == "scope" && (value == "one" || value == "sub")) {
      book.is_one_level = value == "one";
    } else if (key == "folders" && !value.empty()) {
      const std::size_t colon = std::min(value.find(':'), value.size());
      book.attribute = value.substr(0, colon);
      if (colon < value.size())
        for (const std::string_view folder : split(value.substr(colon + 1), ','))
          book.values.emplace_back(folder);
    } else {
      refuse_directory_word(directive, word, kForm);
    }
  }
  for (const DirectoryBookSettings& each : directory.books)
    if (each.title == book.title)
      throw DirectiveError(
          fmt::format("{} {}: another book has the title \"{}\"", directive, directory.name, book.title));
  directory.books.push_back(std::move(book));
}

bool apply_directory_directive(std::vector<DirectorySettings>& directories, std::string_view directive,
                               WordList words) {
  struct Setter {
    std::string_view name;
    void (*set)(std::vector<DirectorySettings>&, std::string_view, WordList);
  };
  constexpr Setter kSetters[] = {{"GroupwareDirectory", add_directory},
                                 {"GroupwareDirectoryAccount", set_directory_account},
                                 {"GroupwareDirectoryMapping", set_directory_mapping},
                                 {"GroupwareDirectoryLogin", set_directory_login},
                                 {"GroupwareDirectoryBook", add_directory_book},
                                 {"GroupwareDirectoryImport", set_directory_import}};
  for (const Setter& setter : kSetters)
    if (equal_ignoring_ascii_case(setter.name, directive)) {
      setter.set(directories, directive, words);
      return true;
    }
  return false;
}

}  // namespace gw::apache
