#include "model/contexts/tombstone_job.hpp"

#include "model/contexts/context_walk.hpp"
#include "sql/scope.hpp"

namespace gw::model::contexts {

std::int64_t forget_tombstones(jobs::JobRun& run, Milliseconds kept) {
  const Millis limit{run.now().value - kept.count()};
  sql::Scope database(run.environment().pool);
  std::int64_t forgotten = 0;
  ContextId last;
  while (const auto context = next_context(database.connection(), last)) {
    for (std::int64_t batch = 1; batch > 0; forgotten += batch) {
      if (!run.goes_on()) return forgotten;
      database.write([&](sql::Connection& connection) {
        batch = prune_oldest_tombstones(connection, *context, limit, kTombstonesAtOnce);
      });
    }
    last = *context;
  }
  return forgotten;
}

}  // namespace gw::model::contexts
