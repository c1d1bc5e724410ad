#include "sql/url.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "core/text.hpp"

namespace gw::sql {
namespace {

constexpr std::string_view kSqliteForm = "sqlite:";
constexpr std::string_view kMysqlBegin = "mysql://";
constexpr std::string_view kMysqlForm = "mysql://user:password@host:port/name";

[[noreturn]] void refuse(const std::string& text) { throw std::invalid_argument(text); }

std::string decode(std::string_view text, std::string_view part) {
  const auto decoded = percent_decode(text, false);
  if (!decoded || decoded->find('\0') != std::string::npos) {
    refuse(fmt::format("the {} in the database URL has a broken percent escape; write a percent sign as %25",
                       part));
  }
  return *decoded;
}

/// Takes what stands before `separator` off `rest`; all of it when there is none.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return taken;
}

void parse_account(MysqlUrl& url, std::string_view account) {
  url.user = decode(take_until(account, ':'), "user");
  url.password = decode(account, "password");
}

void parse_host(MysqlUrl& url, std::string_view text) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos)
      refuse("the IPv6 address in the database URL lacks its closing bracket");
    url.host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && port.front() != ':')
      refuse("after the IPv6 address in the database URL only :port may follow");
    if (!port.empty()) port.remove_prefix(1);
  } else {
    url.host = decode(take_until(text, ':'), "host");
    port = text;
  }
  if (port.empty()) return;
  const auto number = parse_integer(port);
  if (!number || *number < 1 || *number > 65'535)
    refuse("the port in the database URL must be a number from 1 to 65535");
  url.port = static_cast<unsigned>(*number);
}

Encryption parse_encryption(const std::string& value) {
  if (value == "off") return Encryption::Off;
  if (value == "required") return Encryption::Required;
  if (value == "verify") return Encryption::Verified;
  refuse(fmt::format("ssl={} in the database URL is unknown; use off, required or verify", value));
}

void parse_option(MysqlUrl& url, std::string_view option) {
  const std::string_view name = take_until(option, '=');
  const std::string value = decode(option, name);
  if (name == "socket") {
    if (!value.starts_with('/')) refuse("socket= in the database URL must be an absolute path");
    url.socket = value;
  } else if (name == "ssl") {
    url.encryption = parse_encryption(value);
  } else if (name == "ssl_ca") {
    if (!value.starts_with('/')) refuse("ssl_ca= in the database URL must be an absolute path");
    url.ca_file = value;
  } else {
    refuse(fmt::format("the option \"{}\" in the database URL is unknown; known are socket, ssl and ssl_ca",
                       name));
  }
}

}  // namespace

MysqlUrl parse_mysql_url(std::string_view text) {
  if (!text.starts_with(kMysqlBegin)) refuse(fmt::format("a MySQL URL has the form {}", kMysqlForm));
  std::string_view options = text.substr(kMysqlBegin.size());
  std::string_view path = take_until(options, '?');
  std::string_view authority = take_until(path, '/');
  MysqlUrl url;
  // The last @ ends the account, so a password may hold one without an escape.
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    parse_account(url, authority.substr(0, at));
    authority.remove_prefix(at + 1);
  }
  parse_host(url, authority);
  url.database = decode(path, "database name");
  while (!options.empty()) parse_option(url, take_until(options, '&'));
  if (url.user.empty()) refuse(fmt::format("the database URL has no user: {}", kMysqlForm));
  if (url.host.empty() && url.socket.empty())
    refuse(fmt::format("the database URL has no host: {}", kMysqlForm));
  if (url.database.empty()) refuse(fmt::format("the database URL has no database name: {}", kMysqlForm));
  if (url.database.find('/') != std::string::npos) {
    refuse("the database name in the database URL holds a slash; a socket is given as ?socket=/path");
  }
  return url;
}

std::string parse_sqlite_url(std::string_view text) {
  if (!text.starts_with(kSqliteForm)) refuse("an SQLite URL has the form sqlite:/path/to/file.db");
  const std::string_view path = text.substr(kSqliteForm.size());
  if (!path.starts_with('/') || path.starts_with("//")) {
    refuse("the path of the SQLite file must be absolute: sqlite:/path/to/file.db");
  }
  if (path.ends_with('/')) refuse("the SQLite URL names a folder; add a file name: sqlite:/path/to/file.db");
  if (path.find('\0') != std::string_view::npos) refuse("the path of the SQLite file holds a zero byte");
  return std::string(path);
}

}  // namespace gw::sql
