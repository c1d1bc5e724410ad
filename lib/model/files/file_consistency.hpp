// Rows without files and files without rows: found and mended, for `groupwarectl check --files`.
// Source: spec infostore 13.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "model/files/file_references.hpp"

namespace gw::model::files {

/// A file younger than this may belong to an upload that is under way.
inline constexpr std::int64_t kGraceMillis = 3'600'000;
/// Temporary files and unfinished multipart uploads older than this belong to nobody.
inline constexpr std::chrono::hours kStaleUpload{24};

/// A row whose file is gone.
struct MissingFile {
  FileReference reference;
  std::string row;    ///< for people
  std::string space;  ///< name space of the store
  const FileReferences* source = nullptr;
};
/// A file that no row names.
struct OrphanFile {
  std::string space;
  std::string file_id;
  std::int64_t size = 0;
};
/// Used space that differs from the sum of the rows. Units: bytes.
struct WrongUsage {
  FileOwner owner = kContextFiles;
  std::int64_t recorded = 0;
  std::int64_t actual = 0;
};
struct FileFindings {
  std::vector<MissingFile> missing;
  std::vector<OrphanFile> orphans;
  std::vector<WrongUsage> usage;
};

/// The findings of the caller's context. Errors: FLS-0003, FLS-0004. Cost: lists every store of the context,
/// asks it for every file, and reads every row that names one.
FileFindings check_files(UnitOfWork& work);

/// Removes what broken uploads left in all stores of one context. Gives how many. Errors: ApiError of the
/// stores. Cost: lists the stores.
std::int64_t remove_stale_uploads(UnitOfWork& work);

/// Removes orphans and what broken uploads left from the store, rows without file from the database, and sets
/// the used space right. A second check finds nothing.
void mend_files(UnitOfWork& work, const FileFindings& findings);

}  // namespace gw::model::files
