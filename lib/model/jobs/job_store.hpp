// The table of jobs: whose a job is, until when, and when it is due again. What jobs do is elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "sql/scope.hpp"

namespace gw::model::jobs::store {

struct JobRow {
  std::string name;
  std::string owner;  ///< empty: nobody is at it
  Millis lease_until, next_run;
  std::string progress;  ///< at most 100 bytes, for the job's next run
};

std::optional<JobRow> find(sql::Connection& connection, std::string_view name);
/// Ascending by name; without those that are done once (single_jobs.hpp).
std::vector<JobRow> list(sql::Connection& connection);

/// Makes `owner` the one who has the job until `until`, unless somebody else has it at `now` or it is due
/// later than `due`. Gives whether he got it. Of several who ask at once, on several nodes too, one gets it:
/// the row is the lock. Cost: a write transaction.
struct Claim {
  std::string_view name, owner;
  Millis now, due, until;
};
bool take(sql::Scope& database, const Claim& claim);
/// Errors: false when the job is somebody else's by now.
bool renew(sql::Scope& database, std::string_view name, std::string_view owner, Millis until);
/// Nobody has it any more. Does nothing when it is somebody else's.
void give_back(sql::Scope& database, const JobRow& row);

}  // namespace gw::model::jobs::store
