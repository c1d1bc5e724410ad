#include "sql/sqlite/sqlite_error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace gw::sql::sqlite {
namespace {

std::string account() {
  char buffer[1024];
  passwd entry{};
  passwd* found = nullptr;
  const uid_t user = geteuid();
  if (getpwuid_r(user, &entry, buffer, sizeof buffer, &found) == 0 && found != nullptr) {
    return fmt::format("account \"{}\" (uid {})", entry.pw_name, user);
  }
  return fmt::format("uid {}", user);
}

bool may_access(const std::string& path, int mode) {
  return faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0;
}

/// Why the file cannot be used, as far as the file system tells. Empty when nothing looks wrong.
std::string file_trouble(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  struct stat status {};
  if (stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return fmt::format("the folder {} does not exist or cannot be reached by {}", folder, account());
  }
  if (!may_access(folder, W_OK | X_OK)) {
    return fmt::format(
        "the folder {} is not writable for {}; the database and its -wal and -shm files live there", folder,
        account());
  }
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string file = path + suffix;
    if (stat(file.c_str(), &status) != 0) continue;
    if (!S_ISREG(status.st_mode)) return fmt::format("{} is no regular file", file);
    if (!may_access(file, R_OK | W_OK))
      return fmt::format("{} is not readable and writable for {}", file, account());
  }
  return {};
}

std::string cause(sqlite3* database, int code, const std::string& path) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return fmt::format("disk full: {} cannot grow", path);
    case SQLITE_NOTADB:
      return fmt::format("{} is not an SQLite database", path);
    case SQLITE_CORRUPT:
      return fmt::format("{} is damaged; restore it from a backup", path);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_IOERR:
      if (const std::string trouble = file_trouble(path); !trouble.empty()) return trouble;
      [[fallthrough]];
    default:
      return database != nullptr && sqlite3_extended_errcode(database) == code ? sqlite3_errmsg(database)
                                                                               : sqlite3_errstr(code);
  }
}

}  // namespace

ErrorKind error_kind(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return ErrorKind::Duplicate;
    default:
      break;
  }
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorKind::Conflict;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOLFS:
    case SQLITE_FULL:
    case SQLITE_PROTOCOL:
      return ErrorKind::Unavailable;
    case SQLITE_TOOBIG:
      return ErrorKind::TooLong;
    case SQLITE_INTERRUPT:
      return ErrorKind::Timeout;
    default:
      return ErrorKind::Other;
  }
}

bool breaks_connection(int code) {
  switch (code & 0xFF) {
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_READONLY:
      return true;
    default:
      return false;
  }
}

SqlError make_error(sqlite3* database, int code, const std::string& path, const char* action) {
  return {error_kind(code), code,
          fmt::format("SQLite, {}: {} (code {})", action, cause(database, code, path), code)};
}

}  // namespace gw::sql::sqlite
