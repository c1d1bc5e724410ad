#include "sql/sqlite/sqlite_driver.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "sql/sqlite/sqlite_error.hpp"

namespace gw::sql::sqlite {

std::unique_ptr<Connection> SqliteDriver::connect() {
  {
    // Closing any descriptor of a file drops all locks this process has on it, so nobody may open it
    // meanwhile.
    const std::lock_guard lock(creating_);
    create_file();
  }
  return std::make_unique<SqliteConnection>(path_, settings_, writers_);
}

// Made by us because SQLite would make it readable for everyone; -wal and -shm get the same mode from SQLite.
void SqliteDriver::create_file() {
  const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (file < 0) {
    if (errno == EEXIST) return;
    throw make_error(nullptr, errno == ENOSPC ? SQLITE_FULL : SQLITE_CANTOPEN, path_,
                     "creating the database");
  }
  // groupwarectl often runs as root: the file then belongs to whom the folder was given, or the server could
  // not write.
  if (geteuid() == 0) {
    struct stat folder {};
    const std::string parent = std::filesystem::path(path_).parent_path().string();
    if (stat(parent.c_str(), &folder) == 0 && folder.st_uid != 0) {
      [[maybe_unused]] const int ignored = fchown(file, folder.st_uid, folder.st_gid);
    }
  }
  ::close(file);
}

}  // namespace gw::sql::sqlite
