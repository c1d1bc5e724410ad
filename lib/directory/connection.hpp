// One connection to one server of a directory, over libldap: TLS, binds, searches in pages. Options are set
// on the handle only, never for the process, which other modules share. Referrals are not followed: that
// would send credentials to strangers. Source: RFC 4511, 4513, 2696; MS-ADTS 3.1.1.3.1.3.3 (ranges).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/settings.hpp"
#include "directory/deadline.hpp"
#include "directory/entry.hpp"
#include "directory/error.hpp"

struct ldap;

namespace gw::directory {

class SocketPatience;

enum class Scope { Base, OneLevel, Subtree };

struct Search {
  std::string base;
  Scope scope = Scope::Subtree;
  std::string filter;
  std::vector<std::string> attributes;  ///< none: all of users
  int page_size = 0;                    ///< 0: without pages
  /// Entries. More are an error, unless `may_be_cut`.
  std::size_t limit = 1'000'000;
  bool may_be_cut = false;
};

/// Gets the entries page by page; false ends the search.
using EntryVisitor = std::function<bool(std::vector<Entry>&&)>;

struct ConnectionOptions {
  DirectoryServer server;
  bool is_plain = false;
  std::string ca_file;
  Milliseconds connect_timeout{5'000}, search_timeout{10'000};
};

/// Threads: one at a time.
class Connection {
 public:
  /// Connected, with TLS unless the options say plain. Errors: DirectoryError Unreachable, also for a
  /// certificate that is not good for this host.
  Connection(const ConnectionOptions& options, const Deadline& deadline);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// False: the directory does not let this name in with this password. An empty password is never sent: a
  /// server takes that for nobody and says yes (RFC 4513 section 5.1.2). Afterwards the connection speaks for
  /// that name, or for nobody. Errors: DirectoryError Unreachable, Failed.
  bool bind(const std::string& dn, const std::string& password, const Deadline& deadline);
  /// Errors: as bind.
  void bind_as_nobody(const Deadline& deadline);

  /// Each page within the search time-out and the deadline. A server that knows no pages is asked without.
  /// Values that come in ranges are completed. Errors: DirectoryError; a base that does not exist is Failed,
  /// but for scope Base, which finds nothing. Limits: 16 MiB for one answer of the server.
  void search(const Search& search, const Deadline& deadline, const EntryVisitor& visit);

  /// Whether the server still answers, asked within two seconds.
  [[nodiscard]] bool is_alive();

 private:
  struct Page;
  struct Close {
    void operator()(::ldap* handle) const;
  };
  void set_options(const ConnectionOptions& options);
  void limit_answers();
  bool simple_bind(const std::string& dn, std::string password, const Deadline& deadline);
  Page read_page(const Search& search, bool is_paged, const std::string& cookie, const Deadline& deadline);
  void complete_ranges(Page& page, const Deadline& deadline);
  [[noreturn]] void fail(int code, const char* doing) const;

  std::unique_ptr<SocketPatience> patience_;
  std::unique_ptr<::ldap, Close> handle_;  ///< ends first
  std::string name_;                       ///< of the server, for texts
  Milliseconds search_timeout_;
};

}  // namespace gw::directory
