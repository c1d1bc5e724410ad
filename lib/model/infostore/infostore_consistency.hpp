// Rows without files and files without rows: found and mended, for `groupwarectl check --files`.
// Source: spec infostore 13.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/unit_of_work.hpp"

namespace gw::model::infostore {

/// A file younger than this may belong to an upload that is under way.
inline constexpr std::int64_t kGraceMillis = 3'600'000;

/// A version whose file is gone.
struct MissingFile {
  ObjectId item;
  std::int64_t version = 0;
  std::string space;  ///< name space of the store
  std::string file_id;
};
/// A file that no version names.
struct OrphanFile {
  std::string space;
  std::string file_id;
  std::int64_t size = 0;
};
/// Used space that differs from the sum of the versions. Units: bytes.
struct WrongUsage {
  std::int64_t owner = 0;  ///< 0 the context, else the user
  std::int64_t recorded = 0;
  std::int64_t actual = 0;
};
struct FileFindings {
  std::vector<MissingFile> missing;
  std::vector<OrphanFile> orphans;
  std::vector<WrongUsage> usage;
};

/// The findings of the caller's context. Errors: FLS-0003, FLS-0004. Cost: lists every store of the context,
/// asks it for every file, and reads every version.
FileFindings check_files(UnitOfWork& work);

/// Removes orphans from the store, versions without file from the database (and items of which none is left),
/// and sets the used space right. A second check finds nothing.
void mend_files(UnitOfWork& work, const FileFindings& findings);

}  // namespace gw::model::infostore
