// Work that an administrator asked for once, such as moving a context's files: asked for by one process, done
// by any, told to everybody who asks for it. A row each in the table of jobs, which holds a number of them,
// what is done and how it ended. Who does it: provisioning/single_job_runner. Source: spec provisioning
// sections 2 and 3 (job ids).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "sql/scope.hpp"

namespace gw::model::jobs {

/// What there is to do. `target` is what it needs beside the context.
enum class SingleJobKind {
  MoveFilestore,  ///< target: number of a registered file store, 0 the server's own
};
enum class SingleJobState {
  Waiting,
  Running,  ///< begun; nobody may be at it at the moment
  Tidying,  ///< done but for what stays a while, such as old files that somebody may read
  Done,
  Failed,
};

struct SingleJob {
  std::int64_t number = 0;
  SingleJobKind kind = SingleJobKind::MoveFilestore;
  ContextId context;
  std::int64_t target = 0;
  SingleJobState state = SingleJobState::Waiting;
  std::int64_t count = 0;  ///< files, over all runs
  std::string problem{};   ///< of Failed: a word without blanks, at most 20 bytes; the log tells more
  Millis created{};
  Millis due{};  ///< not before

  [[nodiscard]] bool is_ended() const {
    return state == SingleJobState::Done || state == SingleJobState::Failed;
  }
};

/// The name that administrators know the operation by, and the word for a state.
std::string_view operation_name(SingleJobKind kind);
std::string_view state_name(SingleJobState state);

/// Most rows at a time; the oldest ended one makes room for a new one.
inline constexpr std::size_t kMostSingleJobs = 1'000;

/// Gives it a number, which is never used again. Errors: ProvisioningError AlreadyExists when the context has
/// one of that kind that has not ended; Protected when kMostSingleJobs have not ended.
SingleJob add_single_job(sql::Scope& database, SingleJob job);
/// Ascending by number. Cost: one query, at most kMostSingleJobs rows.
std::vector<SingleJob> list_single_jobs(sql::Connection& connection);
std::optional<SingleJob> find_single_job(sql::Connection& connection, std::int64_t number);
/// Keeps state, count, problem and due. Does nothing when the job was removed meanwhile.
void store_progress(sql::Scope& database, const SingleJob& job);
/// Also one that has not ended: then nobody goes on with it. False when there was none.
bool remove_single_job(sql::Scope& database, std::int64_t number);
/// Those that have ended, of one context or of all.
void remove_ended_jobs(sql::Scope& database, std::optional<ContextId> context);

}  // namespace gw::model::jobs
