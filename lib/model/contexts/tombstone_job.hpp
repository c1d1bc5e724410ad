// Forgetting old tombstones. A client that was away for longer reads everything anew. Design section 3,
// point 3.
#pragma once

#include "model/jobs/job_runner.hpp"

namespace gw::model::contexts {

/// Tombstones of one transaction: writers of the context wait for it.
inline constexpr std::int64_t kTombstonesAtOnce = 2'000;

/// Removes those of all contexts that are older than `kept`, a batch at a time. Gives how many they were.
/// Errors: Unavailable, SqlError.
std::int64_t forget_tombstones(jobs::JobRun& run, Milliseconds kept);

}  // namespace gw::model::contexts
