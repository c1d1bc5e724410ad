// Files that a client parks here for a few minutes, to use them in a later request. Only who brought them
// sees them; they lie in the context's store and count for its quota while they live. Source: http-api.json,
// module file.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/files/file_references.hpp"
#include "model/files/incoming_file.hpp"

namespace gw::model::files {

/// Without being asked for, or kept alive, a file goes after this time.
inline constexpr std::chrono::minutes kManagedLifetime{10};
/// Most files of one user. Errors beyond it: QUOTA-0003.
inline constexpr std::int64_t kMaxManagedFiles = 100;

struct ManagedFile {
  std::string id;  ///< 32 hex digits that nobody can guess
  std::string name;
  std::string media_type;
  FileName file;
  Millis valid_until;
};

/// Bytes with their name and type.
struct NewManagedFile {
  std::string name;
  std::string media_type;
  std::unique_ptr<IncomingFile> bytes;
};

/// Keeps them, all or none, and gives their ids in order; what is too old in the context goes. Errors:
/// QUOTA-0003, FLS-0024 and others of the store.
std::vector<std::string> keep_managed_files(UnitOfWork& work, std::span<NewManagedFile> files);
/// The caller's file, which lives on. Empty: unknown, somebody else's, or too old. Cost: one query, and one
/// write when half of its time is over.
std::optional<ManagedFile> use_managed_file(UnitOfWork& work, std::string_view id);

/// For the check of the file stores.
const FileReferences& managed_file_references();

}  // namespace gw::model::files
