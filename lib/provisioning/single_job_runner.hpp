// Does what administrators asked for once (model/jobs/single_jobs), a piece at a time, so that the process's
// other jobs wait a minute at most for its next look.
#pragma once

#include "model/jobs/job_runner.hpp"

namespace gw::provisioning {

/// `single-jobs`. A job that fails says so in its row; what the process may not do (files of another account)
/// and a database that is away fail the run, and the job stays. `interval`: how often a process asks.
model::jobs::Job single_job_runner(Milliseconds interval);

}  // namespace gw::provisioning
