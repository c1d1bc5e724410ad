// Moves the files of a context to another store while everybody works: new files go there at once, then each
// old one is copied, compared, and its row changed in one transaction; what it was before stays as long as
// somebody may still read it. Killed at any point, it leaves every file readable, and the next run goes on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/files/file_references.hpp"

namespace gw::model::files {

struct StoreMove {
  /// `file:/path` or `s3:bucket?...`; empty: the server's own store.
  std::string uri;
  /// How long old files stay, for those who read them. Units: milliseconds.
  std::int64_t keep = 300'000;
  /// Waits so many milliseconds; for the old files at the end.
  std::function<void(std::int64_t)> wait;
};
struct StoreMoveReport {
  StoreNumber number = kServerStore;
  std::int64_t files = 0;    ///< moved by this run
  std::int64_t bytes = 0;    ///< of these
  std::int64_t removed = 0;  ///< old files, also those of an earlier run
  /// For people: rows whose file is not in the old store.
  std::vector<std::string> missing;
};

/// The caller's context. Errors: std::invalid_argument when the address cannot be used; ApiError FLS-0003,
/// -0004, -0011 of either store; MoveInterrupted. Whatever it says, run it again. Cost: reads every row that
/// names a file, twice at least; each file is read once and its copy once; two transactions for each.
StoreMoveReport move_files(UnitOfWork& work, const StoreMove& move);

/// Another run has chosen another store, or ended this one's work.
class MoveInterrupted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A store of the context and what it keeps.
struct StoreUse {
  StoreNumber number = kServerStore;
  std::string uri;  ///< empty: the server's own
  bool takes_new = false;
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  std::int64_t leftovers = 0;  ///< old files of a move that still lie there
};
/// The server's own first. Cost: reads every row that names a file.
std::vector<StoreUse> list_store_use(UnitOfWork& work);

}  // namespace gw::model::files
