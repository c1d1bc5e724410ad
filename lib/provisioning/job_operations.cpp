// OXTaskMgmtService: what became of work that outlives the call that asked for it.
#include <fmt/format.h>

#include "core/time.hpp"
#include "model/jobs/single_jobs.hpp"
#include "provisioning/call.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"

namespace gw::provisioning {
namespace {

namespace jobs = model::jobs;

Json write_job(const jobs::SingleJob& job) {
  Json out = Json::object();
  out.set("id", Json::integer(job.number));
  out.set("operation", Json::string(jobs::operation_name(job.kind)));
  out.set("contextId", Json::integer(job.context.value));
  out.set("targetId", Json::integer(job.target));
  out.set("state", Json::string(jobs::state_name(job.state)));
  out.set("count", Json::integer(job.count));
  if (!job.problem.empty()) out.set("problem", Json::string(job.problem));
  out.set("created", Json::string(format_utc(job.created)));
  return out;
}

/// `ctx` is there to choose by; without it jobs of all contexts are meant.
std::optional<ContextId> chosen_context(Call& call) {
  const Json named = call.argument("ctx");
  if (named.is_missing() || named.is_null()) return std::nullopt;
  call.open_context(named);
  return call.context().id;
}

[[noreturn]] void refuse_missing(std::int64_t number) {
  throw Fault(FaultKind::InvalidData, fmt::format("Job {} does not exist", number), "id");
}

jobs::SingleJob load_job(Call& call) {
  const std::int64_t number = call.needed_number("id");
  const auto only = chosen_context(call);
  const auto job = jobs::find_single_job(call.database().connection(), number);
  call.database().release();
  if (!job || (only && job->context != *only)) refuse_missing(number);
  return *job;
}

Json list_jobs(Call& call) {
  const auto only = chosen_context(call);
  Json list = Json::array();
  for (const jobs::SingleJob& job : jobs::list_single_jobs(call.database().connection()))
    if (!only || job.context == *only) list.append(write_job(job));
  return list;
}

Json get_job(Call& call) { return write_job(load_job(call)); }

Json delete_job(Call& call) {
  const std::int64_t number = load_job(call).number;
  if (!jobs::remove_single_job(call.database(), number)) refuse_missing(number);
  return {};
}

Json flush(Call& call) {
  jobs::remove_ended_jobs(call.database(), chosen_context(call));
  return {};
}

constexpr Operation kJobOperations[] = {
    {"getJobList", Who::Master, kReads, parse_signature("ctx:Context? auth >Job*"), list_jobs},
    {"getTaskResults", Who::Master, kReads, parse_signature("ctx:Context? auth id:int >Job"), get_job},
    {"deleteJob", Who::Master, kChanges, parse_signature("ctx:Context? auth id:int"), delete_job},
    {"flush", Who::Master, kChanges, parse_signature("ctx:Context? auth"), flush},
};

}  // namespace

std::span<const Operation> job_operations() { return kJobOperations; }

}  // namespace gw::provisioning
