// The job that makes the index of times anew after an update of tzdata, context by context.
// Source: users p4.
#pragma once

#include <cstdint>

#include "model/jobs/job_runner.hpp"

namespace gw::model::calendar {

/// Goes through all contexts once for each version of tzdata that this process has loaded; an older version
/// than the one of the last round does nothing, so nodes that are not updated yet change nothing back. Gives
/// how many events got a new index. What is left when the run ends is done at the next one.
std::int64_t renew_zones(jobs::JobRun& run);

}  // namespace gw::model::calendar
