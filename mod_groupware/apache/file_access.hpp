// Whether the account that serves requests may write somewhere, judged while root still reads the
// configuration. Free of httpd.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace gw::apache {

/// Whom files are judged for.
struct Account {
  uid_t user = 0;
  /// The main group first, then the others.
  std::vector<gid_t> groups;

  /// Of a user id with its main group; other groups come from the system's tables.
  static Account find(uid_t user, gid_t group);
};

/// Empty when `account` may create files in `folder`, else what is wrong and how to mend it. Every folder
/// above must be searchable. Judges mode bits; a path with an access list (ACL) counts as allowed.
/// Threads: one (getpwuid).
std::string explain_unwritable_folder(const std::string& folder, const Account& account);
/// As above for an existing file that is opened for writing; a missing file is fine.
std::string explain_unwritable_file(const std::string& file, const Account& account);

}  // namespace gw::apache
