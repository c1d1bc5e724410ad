// What an administrator configures of directories (docs/directory.md), as plain data. Part of settings.hpp.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace gw {

using Milliseconds = std::chrono::milliseconds;

/// One server of a directory. `is_tls`: from the first byte; else STARTTLS, which must be offered.
struct DirectoryServer {
  std::string host;  ///< name or literal address
  int port = 389;
  bool is_tls = false;
};

/// How those whom a directory knows prove their passwords.
enum class DirectoryBind {
  Search,     ///< the service account finds the entry, then it binds as that entry
  Template,   ///< the name of the entry is made of the login
  Principal,  ///< the login with a domain behind it: Active Directory takes that for a name
};

/// What tells the context of somebody whom a directory let in.
enum class DirectoryContext { Login, MailDomain, Attribute };

struct DirectoryLoginSettings {
  bool enabled = false;
  DirectoryBind bind = DirectoryBind::Search;
  /// A filter, a distinguished name (%u the login, %d what stands behind its `@`, %l both), or a domain.
  std::string pattern;
  DirectoryContext context = DirectoryContext::Login;
  std::string context_attribute;  ///< its value is an id, a name or a mapping of a context
  bool creates = false;           ///< users who are in no context yet
  bool updates = true;            ///< users bound to the directory, at each sign-in
};

struct DirectoryImportSettings {
  std::string context;           ///< id, name or mapping; empty: nothing is imported
  std::string job;               ///< of model/jobs
  Milliseconds interval{0};      ///< 0: only groupwarectl does it
  Milliseconds purge_after{-1};  ///< from the suspension on; negative: never
  bool adopts = false;           ///< users, groups and resources of the same name that were made here
  int stop_count = 50;           ///< users that one run may suspend
  int stop_percent = 10;         ///< of those that are bound and not suspended
};

/// An address book that is a copy of a part of a directory.
struct DirectoryBookSettings {
  std::string title;
  std::string filter;               ///< besides that of the mapping; may be empty
  std::string base;                 ///< below which its entries are; empty: as the mapping says
  bool is_one_level = false;        ///< right below it only
  std::string attribute;            ///< whose values are the folders; empty: one folder
  std::vector<std::string> values;  ///< empty: all that there are
};

/// A directory of users over LDAP.
struct DirectorySettings {
  std::string name;
  std::vector<DirectoryServer> servers;  ///< the next one is asked when one does not answer
  std::string base;                      ///< of every search
  std::string ca_file;                   ///< PEM; empty: the system's
  /// Without TLS, for tests on this machine: the servers are loopback addresses.
  bool is_plain = false;
  std::string account, secret;  ///< of the service; empty: searches are anonymous
  std::string mapping_file;
  std::string mapping;  ///< the text of that file (directory/mapping.hpp)
  Milliseconds connect_timeout{5'000}, search_timeout{10'000}, request_timeout{15'000};
  int connections = 10;        ///< of one process
  Milliseconds idle{300'000};  ///< older connections are closed
  int page_size = 500;         ///< 0: without pages
  DirectoryLoginSettings login;
  DirectoryImportSettings import;
  std::vector<DirectoryBookSettings> books;  ///< go with the import
};

struct DirectoriesSettings {
  std::vector<DirectorySettings> list;
  bool local_passwords = true;  ///< whom none of them lets in may prove the password that is stored here
};

}  // namespace gw
