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
  /// Waits so many milliseconds; for the old files at the end. Empty: what has to stay is left to a later
  /// run.
  std::function<void(std::int64_t)> wait{};
  /// Asked before every file; false ends the run there. Empty: it goes on.
  std::function<bool()> has_time{};
  /// Asked for every 256 KiB of a copy; false gives that copy up. Empty: it goes on.
  std::function<bool()> goes_on{};
};
struct StoreMoveReport {
  StoreNumber number = kServerStore;
  bool is_moved = false;     ///< nothing is left in another store but what is missing there
  std::int64_t pause = 0;    ///< old files stay that long; 0: none do. Units: milliseconds
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

/// Why this process must not move files of the context, because a store that it has now belongs to another
/// account, whose server could neither read nor remove what this process leaves. Empty: it may. Gives the
/// connection back.
std::string account_problem(UnitOfWork& work);
/// The same of the store that files shall go to. Errors: std::invalid_argument, as above.
std::string target_problem(const std::string& uri);

/// Another run has chosen another store, or ended this one's work; or `goes_on` said so.
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
