// The checks of `groupwarectl check`: each looks at one thing from outside and gives what is not as it should
// be, with its remedy. Nothing is changed. Source: users T12, issue of provisioning and monitoring.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "core/time.hpp"
#include "diagnosis/finding.hpp"
#include "diagnosis/resolver.hpp"
#include "filestore/file_store.hpp"
#include "mail/account.hpp"
#include "sql/connection.hpp"

namespace gw::diagnosis {

/// This machine's clock against the database's, and its time zones. Cost: one query.
Findings check_clock(sql::Connection& connection, const Clock& clock);

/// Settings of the database server that decide whether data is safe. Cost: two queries.
Findings check_database(sql::Connection& connection);
/// The same of what was read (sql/server_facts.hpp).
Findings judge_mysql(const std::map<std::string, std::string>& variables,
                     const std::map<std::string, std::string>& galera);
Findings judge_sqlite(const std::map<std::string, std::string>& pragmas);

/// Writes a file, reads it and removes it.
Findings check_file_store(const filestore::StoreRoot& store);

/// Records by which clients find the services of a domain. Cost: about a dozen questions, each of which waits
/// at most for the time-out of the resolver.
Findings check_dns(const Resolver& resolver, const std::string& domain);

struct WebCheck {
  std::string url;      ///< `https://host[:port]`
  std::string ca_file;  ///< PEM; empty: the system's
  std::chrono::milliseconds timeout{10'000};
};
/// TLS, the HTTP API, and what clients look for below /.well-known. Cost: about ten requests.
Findings check_web(const WebCheck& wanted, const Clock& clock);

/// Whether the mail server can be reached and encrypted, and what it can do; without a login only what it
/// tells everybody. Cost: one connection.
Findings check_mail_server(const mail::Server& server);

}  // namespace gw::diagnosis
