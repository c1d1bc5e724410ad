// An archive in a file without a name, and what a test does with it.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "archive/backup.hpp"
#include "archive/contents.hpp"
#include "archive/restore.hpp"
#include "archive/verify.hpp"
#include "sql/schema/schema.hpp"
#include "support/memory_file_store.hpp"
#include "support/row_filler.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {

/// The tables of this program's schema.
inline const std::vector<sql::TableLayout>& head_tables() {
  static const auto tables = sql::layout_at(sql::schema_steps().back().number);
  return tables;
}

/// Bytes that can be read as a file.
class ArchiveFile {
 public:
  explicit ArchiveFile(const std::string& bytes) : descriptor_(memfd_create("archive", MFD_CLOEXEC)) {
    EXPECT_EQ(::write(descriptor_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  ~ArchiveFile() { ::close(descriptor_); }
  ArchiveFile(const ArchiveFile&) = delete;
  ArchiveFile& operator=(const ArchiveFile&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

class ArchiveTest : public AccountTest {
 protected:
  ArchiveTest() { database.environment->files = &root; }

  std::string backup(std::int64_t context, std::optional<UserId> user = {},
                     archive::Compression compression = archive::Compression::Zstd) {
    std::string bytes;
    archive::BackupRequest request;
    request.context = ContextId(context);
    request.user = user;
    request.compression = compression;
    report = archive::write_backup(*database.environment, request,
                                   [&](std::string_view piece) { bytes += piece; });
    return bytes;
  }

  archive::RestoreReport restore(const std::string& bytes, const archive::RestoreRequest& request = {}) {
    const ArchiveFile file(bytes);
    return archive::restore(*database.environment, file.descriptor(), request);
  }

  /// All rows that a backup has, but for the sequence, whose stamp a restore moves, and the names of files.
  std::vector<std::string> state(std::int64_t context) {
    const sql::Lease lease = database.pool->acquire();
    std::vector<std::string> rows;
    for (const sql::TableLayout& table : head_tables()) {
      const archive::Content* content = archive::find_content(table.name);
      if (content == nullptr || content->kept == archive::Kept::Never || table.name == "context_sequence")
        continue;
      sql::TableLayout shown = table;
      std::erase_if(shown.columns,
                    [&](const sql::ColumnLayout& column) { return column.name == content->file.column; });
      const auto found = rows_of(*lease, shown, "cid=" + std::to_string(context));
      rows.insert(rows.end(), found.begin(), found.end());
    }
    return rows;
  }

  std::size_t files_stored() const { return root.files.count(); }

  MemoryStoreRoot root;
  archive::BackupReport report;
};

}  // namespace gw::test
