// Writes a backup of one user or of a whole context: a tar file that tools of every system open, with rows as
// JSON, files as they are, folders as vCard and iCalendar beside, and mails. What is in it: archive/contents.
// Its form: docs/backup.md. Source: users p13 and p17.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "archive/tar_writer.hpp"
#include "model/unit_of_work.hpp"

namespace gw::archive {

struct BackupRequest {
  ContextId context;
  std::optional<UserId> user;
  Compression compression = Compression::Zstd;
  /// Adds the mails of a user behind everything else; gives how many. Empty: none are taken.
  std::function<std::int64_t(TarWriter& into, UserId user)> mails;
};

struct BackupReport {
  std::int64_t rows = 0;
  std::int64_t files = 0;
  std::int64_t bytes = 0;  ///< of the files
  std::int64_t mails = 0;
  /// What is not in it although it should be, for people: files that the store does not have, mails of users
  /// whose mailbox did not open, folders that could not be written as text.
  std::vector<std::string> missing;
};

/// All rows are of one state of the database. Errors: ApiError CTX-0002, USR-0010; ApiError FLS-0004 when
/// there are files and no store is configured; those of the output. Cost: one snapshot; the rows go through a
/// file without a name in /tmp.
BackupReport write_backup(model::Environment& environment, const BackupRequest& request,
                          const TarWriter::Output& output);

}  // namespace gw::archive
