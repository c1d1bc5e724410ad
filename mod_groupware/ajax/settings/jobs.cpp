// Module `jobs`: background work of long requests. No operation of this server takes long enough to be moved
// to the background (`allow_enqueue` is a permission, not a demand), so a user's list of jobs is empty and no
// id is known.
#include "ajax/settings/jobs.hpp"

#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

inline constexpr ErrorCode kUnknownJob{"JOB", 1, Category::UserInput,
                                       "There is no job with the id \"%1$s\"."};

Response all_jobs(Invocation&) { return Response::with_data(Json::array()); }

Response unknown(Invocation& invocation) {
  throw ApiError(kUnknownJob, {std::string(invocation.arguments.text("id"))});
}

constexpr Parameter kJob[] = {{"id", Type::Text, true}};

constexpr Action kJobsActions[] = {
    {"all", kGet, all_jobs},
    {"cancel", kGet, unknown, 0, kJob},
    {"get", kGet, unknown, 0, kJob},
    {"info", kGet, unknown, 0, kJob},
};

}  // namespace

const ApiModule kJobsModule{"jobs", kJobsActions};

}  // namespace gw::ajax
